/** What is bundled, and how. */
/**
 * zod carries its messages in fifty languages and names them all in one object, which no bundler takes apart:
 * 260 kB in each bundle. Ours are in English.
 * @type {import('esbuild').Plugin}
 */
const zodInEnglish = {
  name: 'zod-in-english',
  setup({ onLoad }) {
    onLoad({ filter: /zod[/\\]v4[/\\]locales[/\\]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  sourcemap: 'linked',
  logLevel: 'warning',
  plugins: [zodInEnglish],
};

/**
 * The panel's page; its style sheet comes out beside it. Alone, because tests of the panel build nothing else.
 * @type {import('esbuild').BuildOptions}
 */
export const webview = {
  entryPoints: { webview: 'src/extension/webview/main.tsx' },
  outdir: 'dist',
  bundle: true,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [zodInEnglish],
};

/**
 * The command line, the editor's thread for studies, and the threads that both start. ES modules: HiGHS finds `highs.wasm` beside the file that
 * holds it, and both find `worker.js` beside themselves. What is CommonJS inside still wants a `require`.
 * @type {import('esbuild').BuildOptions}
 */
const commandLine = {
  ...node,
  entryPoints: {
    cli: 'src/cli/main.ts',
    'study-runner': 'src/extension/region/study-runner.ts',
    worker: 'src/solver/engine/worker.ts',
  },
  outdir: 'dist',
  format: 'esm',
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
};

/** @type {import('esbuild').BuildOptions[]} */
export const bundles = [
  commandLine,
  {
    ...node,
    entryPoints: { extension: 'src/extension/main.ts' },
    outdir: 'dist',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
  },
  {
    ...node,
    entryPoints: { server: 'src/language/server.ts' },
    outdir: 'dist',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    banner: { js: '#!/usr/bin/env node' },
  },
  webview,
];
