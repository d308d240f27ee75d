import { describe, expect, it } from 'vitest';
import { smallScenario } from '../../../test/fixtures/small-scenario.js';
import { InlineEngine } from '../engine/inline-engine.js';
import { characterize } from '../region/characterize.js';
import type { CharacterizeResult, Region, Sensitivity } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { Axis, SubsidyCap } from '../study-spec.js';
import { withSensitivities } from './sensitivities.js';

const INTERVALS = 6;
const TEN_MINUTES_H = 1 / 6;

/** Two stations one after the other, each ten minutes from the next place: every driver passes both. */
function corridor(couponCapPerVehicle: number): Scenario {
  const service = { serviceH: 2 * TEN_MINUTES_H, maxWaitH: 1 / 3, couponCapPerVehicle };
  const prices = (value: number) => new Array<number>(INTERVALS).fill(value);
  const station = (id: string, node: string) => ({
    ...{ id, node },
    charging: { ...service, ports: 20, powerKw: 60, pricePerKwh: prices(2) },
    v2g: { ...service, ports: 15, powerKw: 40, pricePerKwh: prices(3) },
  });
  const scenario = smallScenario({
    intervals: INTERVALS,
    intervalHours: TEN_MINUTES_H,
    valueOfTimePerH: 30,
    chargingShare: 0.2,
    v2gShare: 0.1,
    links: [
      ['home', 'west', TEN_MINUTES_H, 1800],
      ['west', 'east', TEN_MINUTES_H, 1800],
      ['east', 'work', TEN_MINUTES_H, 1800],
    ],
    demands: [['home', 'work', [300, 300, 300, 400, 400, 400]]],
    stations: [station('West', 'west'), station('East', 'east')],
  });
  return { ...scenario, tailIntervals: 6 };
}

const engine = new InlineEngine();
const WEST: Axis[] = [{ station: 'West', interval: 4 }];
const BOTH: Axis[] = [...WEST, { station: 'East', interval: 4 }];

const run = (scenario: Scenario, axes: Axis[], cap: SubsidyCap): Promise<CharacterizeResult> =>
  characterize(
    scenario,
    {
      ...{ kind: 'characterize', name: 'R', axes, subsidyCaps: [cap], expectations: [] },
      directions: { kind: 'every', degrees: 15 },
    },
    { engine },
  );

async function sensitivitiesOf(scenario: Scenario, axes: Axis[], cap: SubsidyCap): Promise<Sensitivity[]> {
  const { regions } = await withSensitivities(scenario, await run(scenario, axes, cap), { engine });
  return regions[0].sensitivities ?? [];
}

/** Central difference of the measure of regions that are computed anew. */
async function difference(
  scenario: Scenario,
  axes: Axis[],
  cap: SubsidyCap,
  { parameter, element, service }: Sensitivity,
  half: number,
): Promise<number> {
  const at = async (change: number): Promise<Region> => {
    const changed = structuredClone(scenario);
    const of = changed.stations.find(({ id }) => id === element)?.[service ?? 'charging'];
    if (of && parameter === 'ports') of.ports += change;
    if (of?.couponCapPerVehicle && parameter === 'coupon cap') of.couponCapPerVehicle += change;
    const budget = cap !== null && parameter === 'budget' ? cap + change : cap;
    return (await run(changed, axes, budget)).regions[0];
  };
  return ((await at(half)).measure - (await at(-half)).measure) / (2 * half);
}

describe('the sensitivities of a region', () => {
  it('are the central differences where caps decide: to 1 %', async () => {
    const scenario = corridor(6);
    const found = await sensitivitiesOf(scenario, WEST, null);
    expect(found.map(({ parameter }) => parameter)).toEqual(
      new Array(4).fill(['coupon cap', 'ports']).flat(),
    );
    expect(found.filter(({ perUnit }) => Math.abs(perUnit) > 0.01)).toHaveLength(4);
    for (const sensitivity of found) {
      const expected = await difference(scenario, WEST, null, sensitivity, 0.25);
      expect(Math.abs(sensitivity.perUnit - expected)).toBeLessThanOrEqual(0.01 * Math.abs(expected) + 1e-4);
    }
  });

  it('are the central differences where the budget decides: to 15 %, as far as searches agree', async () => {
    const scenario = corridor(30);
    const found = await sensitivitiesOf(scenario, BOTH, 100);
    const [budget, , ports] = found;
    expect([budget.parameter, ports.parameter]).toEqual(['budget', 'ports']);
    for (const sensitivity of [budget, ports]) {
      // Searches scatter by a hundredth of the measure: differences over a tenth and a fifth of the parameter stand out.
      const half = sensitivity === budget ? 10 : 4;
      const expected = await difference(scenario, BOTH, 100, sensitivity, half);
      expect(Math.abs(sensitivity.perUnit / expected - 1)).toBeLessThan(0.15);
    }
    // No coupon is at its cap, so that a higher one is worth nothing.
    for (const { perUnit } of found.filter(({ parameter }) => parameter === 'coupon cap'))
      expect(perUnit).toBeCloseTo(0, 9);
  });

  it('are none of a flat region', async () => {
    const scenario = corridor(30);
    const twice: Axis[] = [...WEST, { station: 'West', interval: 0 }];
    expect(await sensitivitiesOf(scenario, twice, 100)).toEqual([]);
  });
});
