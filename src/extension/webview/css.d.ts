/** esbuild turns imported style sheets into one beside the bundle. */
declare module '*.css' {}
