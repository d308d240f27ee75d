/** What is bundled, and how. */
import { readFileSync } from 'node:fs';

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
 * HiGHS' wrapper makes a name for every number of every array before it looks at it, and a signature for every call: a
 * third of what it takes to set up a small programme again. With these the names are made when there is an error to name.
 */
const cheaperChecks = [
  [
    'validateFiniteOrInfinity(value[index],label+"["+index+"]")',
    '(typeof value[index]==="number"&&value[index]===value[index])||$&',
  ],
  ['requireInteger(item,label+"["+index+"]",0)', '(Number.isInteger(item)&&item>=0&&item<=2147483647)||$&'],
  [
    'return nativeFunction(name,returnType,new Array(argumentCount).fill("number"))',
    'return numericFunction[name]??=nativeFunction(name,returnType,new Array(argumentCount).fill("number"))',
  ],
];

/** @type {import('esbuild').Plugin} */
const highsWithCheaperChecks = {
  name: 'highs-with-cheaper-checks',
  setup({ onLoad }) {
    onLoad({ filter: /highs[/\\]build[/\\]highs\.mjs$/ }, ({ path }) => {
      let contents = readFileSync(path, 'utf8');
      for (const [slow, quick] of cheaperChecks) {
        // Another version of the package needs another look.
        if (contents.split(slow).length !== 2) throw new Error(`highs.mjs has no single "${slow}"`);
        contents = contents.replace(slow, quick);
      }
      return { contents };
    });
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
  plugins: [zodInEnglish, highsWithCheaperChecks],
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
