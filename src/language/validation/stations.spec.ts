import { describe, expect, it } from 'vitest';
import { expectMarks, FEEDER, load, scenario } from './fixture.js';

const service = '{ ports 4, power 40 kW, service 10 min, price 3 CNY/kWh }';
const other = `station T { charging ${service} }`;

describe('services', () => {
  it('are one or two', async () => {
    await expectMarks(`${scenario()} station «service-missing:T» { } couple T { node c }`);
    await expectMarks(
      `${scenario()} station T { v2g ${service} «service-duplicate:v2g» ${service} } couple T { node c }`,
    );
  });

  it('that last no whole number of intervals are warned of', async () => {
    const text = scenario().replace('service 10 min, price 2', '«service-rounded:service 15 min», price 2');
    const [message] = await expectMarks(text);
    expect(message).toContain('20 min');
  });

  it('that last for weeks are an error', async () => {
    await expectMarks(
      scenario().replace(
        'service 10 min, price 2',
        '«value-too-large:service «unit-implausible:1000 h»», price 2',
      ),
    );
  });
});

describe('couplings', () => {
  it('are there for each station', async () => {
    await expectMarks(`${scenario()} station «station-uncoupled:T» { charging ${service} }`);
  });

  it('are there once', async () => {
    await expectMarks(`${scenario()} couple «station-coupled-twice:CS» { node c }`);
    await expectMarks(scenario({ couple: 'couple CS { node b, node «coupling-duplicate:c» }' }));
  });

  it('give each station a node of its own', async () => {
    await expectMarks(`${scenario()} ${other} couple T { node «node-coupled-twice:b» }`);
  });

  it('name a node, and a bus where there is a feeder', async () => {
    await expectMarks(
      `${scenario()} ${other} couple «coupling-incomplete:T» { }`.replace('station T', 'station T'),
    );
    await expectMarks(scenario({ feeder: FEEDER, couple: 'couple «coupling-incomplete:CS» { node b }' }));
    const { scenario: loaded } = await load(
      scenario({ feeder: FEEDER, couple: 'couple CS { bus b2, node b }' }),
    );
    expect(loaded?.stations[0]).toMatchObject({ node: 'b', bus: 'b2' });
  });

  it('may share a bus', async () => {
    const couple = 'couple CS { node b, bus b2 } couple T { node c, bus b2 }';
    await expectMarks(`${scenario({ feeder: FEEDER, couple })} ${other}`);
  });
});
