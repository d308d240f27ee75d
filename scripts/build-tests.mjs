/** Bundles the mocha suite that runs inside the extension host. */
import { build } from 'esbuild';

await build({
  entryPoints: ['test/vscode/suite/index.ts'],
  outdir: 'out-test/suite',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  external: ['vscode', 'mocha'],
  logLevel: 'warning',
});
