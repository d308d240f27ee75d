import { describe, expect, it } from 'vitest';
import { expectMarks, FEEDER, scenario } from './fixture.js';

const link = (block: string) =>
  scenario({
    roads: `roads R {
    node a, b, c
    link a -> b { ${block} }
    link b -> c { time 7 min, capacity 1200 veh/h }
    demand a -> c { 300 veh/h }
  }`,
  });
const charging = (block: string) =>
  scenario({
    station: `station CS { charging { ${block} } v2g { ports 4, power 40 kW, service 10 min, price 3 CNY/kWh } }`,
  });

describe('units', () => {
  it('accepts the whole scenario that the other cases vary', async () => {
    await expectMarks(scenario());
    await expectMarks(scenario({ feeder: FEEDER, couple: 'couple CS { node b, bus b2 }' }));
  });

  it('asks for a missing unit and says what is measured', async () => {
    const [message] = await expectMarks(link('time «unit-missing:7», capacity 1200 veh/h'));
    expect(message).toBe('The unit is missing: this is a time, in h or min or s.');
  });

  it('suggests a unit for a misspelt one', async () => {
    const [message] = await expectMarks(link('time 7 «unit-unknown:mim», capacity 1200 veh/h'));
    expect(message).toContain("Did you mean 'min'?");
  });

  it('refuses a unit that measures something else', async () => {
    await expectMarks(link('time 7 «unit-wrong:kW», capacity 1200 veh/h'));
    await expectMarks(charging('ports 60 «unit-wrong:kW», power 60 kW, service 10 min, price 2 CNY/kWh'));
  });

  it('gives the lower end of a range the unit of the upper one, never the other way round', async () => {
    await expectMarks(
      scenario({
        feeder: FEEDER.replace('0.9 to 1.1 pu', '0.9 pu to «unit-missing:1.1»'),
        couple: 'couple CS { node b, bus b2 }',
      }),
    );
  });

  it('warns of values that look like a wrong unit', async () => {
    await expectMarks(link('time «unit-implausible:7 h», capacity 1200 veh/h'));
    await expectMarks(charging('ports 60, power «unit-implausible:60 MW», service 10 min, price 2 CNY/kWh'));
  });
});

describe('values', () => {
  it.each([
    ['time «value-not-positive:0 min», capacity 1200 veh/h'],
    ['time 7 min, capacity «value-not-positive:0 veh/h»'],
    ['time 7 min, capacity «value-not-positive:-5 veh/h»'],
    ['time 7 min, capacity «value-too-large:1e999 veh/h»'],
    ['time «value-form:7 min to 8 min», capacity 1200 veh/h'],
    ['time «value-form:up to 8 min», capacity 1200 veh/h'],
  ])('link: %s', async (block) => {
    await expectMarks(link(block));
  });

  it.each([
    ['ports «value-not-positive:0», power 60 kW, service 10 min, price 2 CNY/kWh'],
    ['ports «value-not-whole:2.5», power 60 kW, service 10 min, price 2 CNY/kWh'],
    ['ports 60, power «value-not-positive:0 kW», service 10 min, price 2 CNY/kWh'],
    ['ports 60, power 60 kW, service 10 min, price 2 CNY/kWh, wait up to «value-negative:-1 min»'],
    ['ports 60, power 60 kW, service 10 min, price 2 CNY/kWh, coupon «value-form:2 CNY/kWh»'],
  ])('station: %s', async (block) => {
    await expectMarks(charging(block));
  });

  it('keeps each share within 0 and 100 %', async () => {
    await expectMarks(
      scenario({
        travelers:
          'travelers { charging «value-too-large:120 %», v2g «value-negative:-1 %», value of time 30 CNY/h }',
      }),
    );
  });

  it('keeps ranges in order', async () => {
    await expectMarks(
      scenario({
        feeder: FEEDER.replace('0.9 to 1.1 pu', '«range-order:1.1 to 0.9 pu»'),
        couple: 'couple CS { node b, bus b2 }',
      }),
    );
  });
});

describe('properties', () => {
  it.each([
    ['time 7 min, capacity 1200 veh/h, «property-misplaced:ports» 7'],
    ['time 7 min, «property-unknown:capasity» 1200 veh/h, capacity 1200 veh/h'],
    ['time 7 min, capacity 1200 veh/h, «property-duplicate:time 8 min»'],
    ['time 7 min, «value-missing:capacity»'],
    ['time 7 min, capacity 1200 veh/h, «value-form:7 min»'],
  ])('%s', async (block) => {
    await expectMarks(link(block));
  });

  it('names what is missing at the word that opens the block', async () => {
    await expectMarks(
      link('').replace('link a -> b {', '«property-missing:«property-missing:link»» a -> b {'),
    );
  });
});

describe('currencies', () => {
  it('counts in one currency', async () => {
    await expectMarks(
      `currency EUR ${scenario({ travelers: 'travelers { value of time 30 «currency-mismatch:CNY/h» }', station: '', couple: '' })}`,
    );
    await expectMarks(
      `currency ¥ ${scenario({ travelers: 'travelers { value of time 30 ¥/h }', station: '', couple: '' })}`,
    );
  });

  it('knows the currencies of ISO 4217', async () => {
    await expectMarks(`currency «currency-unknown:kW» ${scenario()}`);
  });
});
