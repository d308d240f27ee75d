/** Bundles everything that runs: `dist/` needs nothing from node_modules. */
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

/** @type {import('esbuild').BuildOptions} */
const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  sourcemap: 'linked',
  logLevel: 'warning',
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
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
];

rmSync('dist', { recursive: true, force: true });
await Promise.all(bundles.map((options) => build(options)));
