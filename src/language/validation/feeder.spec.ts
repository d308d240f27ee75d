import { describe, it } from 'vitest';
import { expectMarks, FEEDER } from './fixture.js';

const line = '{ r 0.1 ohm, x 0.1 ohm }';
const more = (members: string) => `${FEEDER} feeder F { ${members} }`;
const power = '{ up to 1 MW }';

describe('a feeder', () => {
  it('has a base, a band and a source', async () => {
    await expectMarks(FEEDER.replace('base 12.66 kV', '').replace('feeder F', 'feeder «property-missing:F»'));
    await expectMarks(
      FEEDER.replace('voltage 0.9 to 1.1 pu', '').replace('feeder F', 'feeder «property-missing:F»'),
    );
    await expectMarks(
      `import "f.v2g" scenario «declaration-missing:«declaration-missing:«declaration-missing:«declaration-missing:S»»»» feeder «source-missing:F» { }`,
      { '/f.v2g': FEEDER.replace(/source.*/, '').replace('feeder F', 'feeder F') },
    );
  });

  it('has one source', async () => {
    await expectMarks(more('source «source-duplicate:G2» at b2 { up to 1 MW, 1 Mvar }'));
  });

  it('has a source within its band', async () => {
    await expectMarks(FEEDER.replace('8 Mvar }', '8 Mvar, «source-outside-band:voltage 1.2 pu» }'));
  });
});

describe('generators and PV systems', () => {
  it('are at a bus', async () => {
    await expectMarks(
      more(`generator «bus-missing:G» ${power} pv «bus-missing:P» { rating 1 MVA, output 1 MW }`),
    );
    await expectMarks(more(`generator G at «name-unknown:b9» ${power}`));
  });

  it('share their names with the source', async () => {
    await expectMarks(more(`generator «name-duplicate:Grid» at b2 ${power}`));
  });

  it('have a range, and a power factor of one unless told', async () => {
    await expectMarks(more('generator G at b2 { «value-form:1 MW», 0.5 Mvar }'));
    await expectMarks(more('generator G at b2 { 0.2 MW to 1 MW, -0.5 Mvar to 0.8 Mvar, cost 1 CNY/kWh }'));
  });

  it('give no more than their inverter can', async () => {
    await expectMarks(more('pv P at b2 { rating 1 MVA, «output-above-rating:output 1200 kW» }'));
  });
});

describe('lines', () => {
  it('are given once, in either direction', async () => {
    await expectMarks(more(`line b1 -- «line-duplicate:b2» ${line}`));
    await expectMarks(more(`line b2 -- «line-duplicate:b1» ${line}`));
  });

  it('lead elsewhere and have an impedance and, if any, a positive limit', async () => {
    await expectMarks(more(`line b1 -- «line-loop:b1» ${line}`));
    await expectMarks(FEEDER.replace('r 0.1 ohm, x 0.1 ohm', '«impedance-zero:r 0 ohm», x 0 ohm'));
    await expectMarks(FEEDER.replace('x 0.1 ohm', 'x 0.1 ohm, limit «value-not-positive:0 A»'));
  });
});
