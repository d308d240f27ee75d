import Mocha from 'mocha';

const TEST_TIMEOUT_MS = 30_000;
/** A machine that also runs a browser and a server answers slowly now and then; that is no news. */
const SLOW_MS = 2_000;

/** Runs the suites that `load` imports, inside the extension host. */
export async function runSuites(load: () => Promise<unknown>): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: TEST_TIMEOUT_MS, slow: SLOW_MS, color: false });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await load();
  const failures = await new Promise<number>((done) => mocha.run(done));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
