/** The suite over a copy of `examples/`: every file named here. */
import { runSuites } from './mocha.js';

export const run = (): Promise<void> =>
  runSuites(async () => {
    await import('./client.test.js');
    await import('./diagnostics.test.js');
    await import('./quick-fixes.test.js');
    await import('./completion.test.js');
    await import('./hover.test.js');
    await import('./language.test.js');
    await import('./editing.test.js');
    await import('./tasks.test.js');
    await import('./study.test.js');
    await import('./responsive.test.js');
    await import('./workbench.test.js');
  });
