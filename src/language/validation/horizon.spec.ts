import { describe, expect, it } from 'vitest';
import { expectMarks, load, scenario } from './fixture.js';

describe('the horizon', () => {
  it.each([
    ['17:00 to «horizon-order:17:00» step 10 min', "'17:00 to 41:00'"],
    ['23:00 to «horizon-order:01:00» step 10 min', "'23:00 to 25:00'"],
    ['17:00 to 18:00 step «horizon-step:7 min»', '18:03'],
    ['17:00 to 18:00 step «horizon-too-long:0.1 s»', '36000 intervals'],
    ['«time-invalid:17:75» to 18:00 step 10 min', "'17:75'"],
    ['17:00 to 18:00 step «value-not-positive:0 min»', 'greater than zero'],
    ['17:00 to 18:00 step «unit-missing:10»', 'in h or min'],
  ])('%s', async (horizon, text) => {
    const [message] = await expectMarks(scenario({ horizon: `horizon ${horizon}` }));
    expect(message).toContain(text);
  });

  it.each([
    ['17:00 to 17:10 step 10 min', 1],
    ['17:00 to 19:00 step 10 min', 12],
    ['17:00 to 19:00 step 0.5 h', 4],
    ['17:00 to 18:00 step 400 s', 9],
    ['23:50 to 24:10 step 10 min', 2],
  ])('%s has %d intervals', async (horizon, intervals) => {
    const services = {
      station: scenario()
        .match(/station[^]*?\n {2}\}/)![0]
        .replaceAll('service 10 min', 'service 2 h'),
    };
    const { scenario: loaded } = await load(scenario({ horizon: `horizon ${horizon}`, ...services }));
    expect(loaded?.intervals).toBe(intervals);
  });
});
