/** Bundles everything that runs: `dist/` needs nothing from node_modules. */
import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { bundles } from './bundles.mjs';

rmSync('dist', { recursive: true, force: true });
await Promise.all(bundles.map((options) => build(options)));
