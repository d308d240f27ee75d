/** The suite in a virtual workspace: the examples in memory, behind a `FileSystemProvider`. */
import { runSuites } from './mocha.js';

export const run = (): Promise<void> => runSuites(() => import('./virtual.test.js'));
