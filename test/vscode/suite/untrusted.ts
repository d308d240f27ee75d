/** The suite in a workspace that is not trusted. */
import { runSuites } from './mocha.js';

export const run = (): Promise<void> => runSuites(() => import('./untrusted.test.js'));
