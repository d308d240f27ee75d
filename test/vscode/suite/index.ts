/** Entry of the suite inside the extension host: runs every file named here with mocha. */
import Mocha from 'mocha';

const TEST_TIMEOUT_MS = 30_000;
/** A machine that also runs a browser and a server answers slowly now and then; that is no news. */
const SLOW_MS = 2_000;

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: TEST_TIMEOUT_MS, slow: SLOW_MS, color: false });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./client.test.js');
  await import('./language.test.js');
  await import('./workbench.test.js');
  const failures = await new Promise<number>((done) => mocha.run(done));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
