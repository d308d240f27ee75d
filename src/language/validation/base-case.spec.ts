import { describe, expect, it } from 'vitest';
import { expectMarks, FEEDER, load, scenario } from './fixture.js';

// 10 MW over 0.1 + 0.1i ohm at 12.66 kV: a drop of about 0.6 %. With 2 ohm it is 14 %.
const weak = FEEDER.replace('load 100 kW, 60 kvar', 'load 10 MW, 0 kvar').replace('r 0.1 ohm', 'r 2 ohm');

describe('the base case', () => {
  it('keeps its limits', async () => {
    await expectMarks(FEEDER);
  });

  it('is warned of where a voltage leaves the band', async () => {
    const [message] = await expectMarks(
      weak.replace('bus b2 { load 10 MW, 0 kvar }', '«base-case-voltage:bus b2 { load 10 MW, 0 kvar }»'),
    );
    expect(message).toMatch(/bus b2: 0\.8\d+ pu, band 0\.9–1\.1/);
  });

  it('is warned of where a current exceeds its limit', async () => {
    const limited = FEEDER.replace(
      'line b1 -- b2 { r 0.1 ohm, x 0.1 ohm }',
      '«base-case-current:line b1 -- b2 { r 0.1 ohm, x 0.1 ohm, limit 4 A }»',
    );
    await expectMarks(limited);
  });

  it('names the time in a scenario', async () => {
    const shape = 'shape Evening { 17:00 0.1, 17:30 1 } bus b1';
    const feeder = weak.replace('0 kvar }', '0 kvar, shape Evening }').replace('bus b1', shape);
    const { diagnostics } = await load(scenario({ feeder, couple: 'couple CS { node b, bus b2 }' }));
    expect(diagnostics).toMatchObject([{ code: 'base-case-voltage', severity: 'warning' }]);
    expect(diagnostics[0].message).toContain('at 17:30');
  });

  it('is left alone while the feeder is not one tree', async () => {
    await expectMarks(weak.replace('bus b1', 'bus «bus-no-line:b3» bus b1'));
  });
});
