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
 * What runs on Node: extension, language server, command line, and the threads of studies. ES modules that share what
 * they have in common; HiGHS finds `highs.wasm`, and a study its `worker.js`, beside the file that asks for it, so all
 * of them stay in one folder. What is CommonJS inside still wants a `require`.
 * @type {import('esbuild').BuildOptions}
 */
const programs = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  sourcemap: 'linked',
  logLevel: 'warning',
  plugins: [zodInEnglish],
  entryPoints: {
    cli: 'src/cli/main.ts',
    extension: 'src/extension/main.ts',
    server: 'src/language/server.ts',
    'study-runner': 'src/extension/region/study-runner.ts',
    worker: 'src/solver/engine/worker.ts',
  },
  outdir: 'dist',
  format: 'esm',
  splitting: true,
  external: ['vscode'],
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
};

/** @type {import('esbuild').BuildOptions[]} */
export const bundles = [programs, webview];
