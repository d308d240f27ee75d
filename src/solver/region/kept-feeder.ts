/**
 * What a feeder can serve in each interval depends on the feeder and on where the stations are, not on who drives:
 * computed once, kept in the result file, and taken again by a later run of the same feeder.
 */
import * as z from 'zod';
import type { IntervalRegion } from '../feeder/region.js';
import type { Scenario } from '../scenario.js';

const numbers = z.array(z.number());
const halfSpaces = z.array(z.object({ normal: numbers, offsetMw: z.number() }));

/** Plain numbers of an `IntervalRegion`. */
const KeptInterval = z.object({
  interval: z.number().int(),
  box: z.object({ minMw: numbers, maxMw: numbers }),
  bounded: z.boolean(),
  reach: halfSpaces.optional(),
  cases: z.array(
    z.object({
      case: z.object({ interval: z.number().int(), reserve: z.null() }),
      inner: halfSpaces,
      outer: halfSpaces,
      served: z.array(z.object({ loadsMw: numbers, controls: numbers })),
      solves: z.number().int(),
    }),
  ),
});

/** For the result file. */
export function keepFeeder(regions: readonly IntervalRegion[]): unknown[] {
  return regions.map((region): z.infer<typeof KeptInterval> => ({
    interval: region.interval,
    box: { minMw: [...region.box.minMw], maxMw: [...region.box.maxMw] },
    bounded: region.bounded,
    ...(region.reach ? { reach: region.reach } : {}),
    cases: region.cases.map((each) => ({
      ...each,
      case: { interval: each.case.interval, reserve: null },
      served: each.served.map(({ loadsMw, controls }) => ({ loadsMw, controls: [...controls] })),
    })),
  }));
}

/**
 * The kept intervals that hold for a scenario: those in which its feeder and its stations are what they were. What
 * this version cannot read is left out, and computed again.
 */
export function keptFeeder(kept: readonly unknown[], theirs: Scenario, scenario: Scenario): IntervalRegion[] {
  return kept.flatMap((value) => {
    const { data } = KeptInterval.safeParse(value);
    if (!data || partOf(theirs, data.interval) !== partOf(scenario, data.interval)) return [];
    const cases = data.cases.map((each) => ({
      ...each,
      served: each.served.map(({ loadsMw, controls }) => ({
        loadsMw,
        controls: Float64Array.from(controls),
      })),
    }));
    return [{ ...data, cases }];
  });
}

/** Everything that the region of one interval depends on but for its box, as text. */
function partOf({ feeder, stations, intervalHours }: Scenario, interval: number): string {
  if (!feeder) return '';
  const { buses, pvs, sources, generators, ...rest } = feeder;
  return JSON.stringify([
    stations.map(({ id, bus }) => [id, bus]),
    intervalHours,
    rest,
    buses.map((bus) => ({ ...bus, loadKw: bus.loadKw[interval], loadKvar: bus.loadKvar[interval] })),
    pvs.map((pv) => ({ ...pv, availableKw: pv.availableKw[interval] })),
    // What energy costs does not change what can be served.
    sources.map((source) => ({ ...source, pricePerKwh: [] })),
    generators.map((generator) => ({ ...generator, costPerKwh: 0 })),
  ]);
}
