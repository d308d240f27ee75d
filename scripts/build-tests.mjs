/** Bundles the mocha suites that run inside the extension host, and the extension that carries them. */
import { build } from 'esbuild';

await build({
  entryPoints: {
    'suite/index': 'test/vscode/suite/index.ts',
    'suite/virtual': 'test/vscode/suite/virtual.ts',
    'suite/untrusted': 'test/vscode/suite/untrusted.ts',
    'driver/main': 'test/vscode/memory-files.ts',
  },
  outdir: 'out-test',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  external: ['vscode', 'mocha'],
  logLevel: 'warning',
});
