/** Bundles everything that runs: `dist/` needs nothing from node_modules. */
import { copyFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundles } from './bundles.mjs';

rmSync('dist', { recursive: true, force: true });
await Promise.all(bundles.map((options) => build(options)));
copyFileSync(fileURLToPath(import.meta.resolve('highs/runtime')), 'dist/highs.wasm');
