import { describe, expect, it } from 'vitest';
import { smallScenario } from '../../../test/fixtures/small-scenario.js';
import { InlineEngine } from '../engine/inline-engine.js';
import { loadHighs } from '../highs/load.js';
import { CERTIFIED_GAP } from '../region/certificate.js';
import { characterize } from '../region/characterize.js';
import { sweepDirections } from '../region/directions.js';
import type { CharacterizeResult, Region } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { CharacterizeSpec } from '../study-spec.js';
import { FullNetwork } from '../traffic/full-network.js';
import { buildTrafficModel } from '../traffic/network.js';
import { BoundContext } from './bound-context.js';
import { proveBounds } from './prove-bounds.js';
import { branchAndBound } from './spatial-branching.js';

const CAP = 20;
const AXIS = 3;
/** Steps of the grid of coupons. */
const GRID = 12;

/**
 * As small as it gets: charging only, two stations on parallel roads, departures in the first two of four intervals. Who
 * departs in t enters S in t + 1 and T in t + 2, so four coupons decide.
 */
function tiny(): Scenario {
  const intervals = 4;
  const charging = {
    ports: 6,
    serviceH: 1 / 3,
    maxWaitH: 0.5,
    pricePerKwh: new Array<number>(intervals).fill(0),
    couponCapPerVehicle: CAP,
  };
  return smallScenario({
    intervals,
    intervalHours: 1 / 6,
    valueOfTimePerH: 30,
    chargingShare: 0.2,
    links: [
      ['a', 's', 1 / 6, 2000],
      ['s', 'b', 1 / 6, 2000],
      ['a', 't', 1 / 3, 2000],
      ['t', 'b', 1 / 6, 2000],
    ],
    demands: [['a', 'b', [120, 120, 0, 0]]],
    stations: [
      { id: 'S', node: 's', charging },
      { id: 'T', node: 't', charging },
    ],
  });
}

const spec = (subsidyCaps: (number | null)[]): CharacterizeSpec => ({
  kind: 'characterize',
  name: 'Region',
  axes: [
    { station: 'S', interval: AXIS },
    { station: 'T', interval: AXIS },
  ],
  subsidyCaps,
  directions: { kind: 'every', degrees: 45 },
  expectations: [],
});

interface Reached {
  positionMw: number[];
  subsidy: number;
}

/** Every equilibrium of a grid of coupons on all cells that anyone can enter. */
function exhaustive(scenario: Scenario, steps: number): Reached[] {
  const model = buildTrafficModel(scenario);
  const full = new FullNetwork(model);
  const cells = [1, 2, model.intervals + 2, model.intervals + 3];
  const reached: Reached[] = [];
  for (let code = 0; code < (steps + 1) ** cells.length; code++) {
    const coupons = full.noCoupons();
    let rest = code;
    for (const cell of cells) {
      coupons[cell] = (CAP * (rest % (steps + 1))) / steps;
      rest = Math.floor(rest / (steps + 1));
    }
    if (!(full.solve(coupons, 1e-9) <= CERTIFIED_GAP)) continue;
    const { subsidy, stationLoadMw } = full.measure(full.equilibrium.flow.slice(), coupons);
    reached.push({ positionMw: [stationLoadMw[0][AXIS], stationLoadMw[1][AXIS]], subsidy });
  }
  return reached;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, k) => sum + value * b[k], 0);

function expectInside(region: Region, points: readonly (readonly number[])[]): void {
  for (const { normal, offset } of region.outerHalfspaces ?? [])
    for (const point of points) expect(dot(normal, point)).toBeLessThanOrEqual(offset + 1e-9);
}

const engine = (): InlineEngine => new InlineEngine();
const BUDGETS = [10, 30, 80];

describe('proven outer regions', () => {
  const scenario = tiny();
  const found = characterize(scenario, spec(BUDGETS), { engine: engine() });
  const proven = found.then((result) => proveBounds(scenario, result, { engine: engine() }));

  it('on a tiny instance: inner ≤ truth by exhaustion ≤ outer, and close to each other', async () => {
    const { regions } = await proven;
    const reached = exhaustive(scenario, GRID);
    expect(reached.length).toBeGreaterThan(25_000);
    for (const region of regions) {
      const budget = region.subsidyCap as number;
      const truth = reached.filter(({ subsidy }) => subsidy <= budget).map(({ positionMw }) => positionMw);
      expectInside(region, truth);
      expectInside(
        region,
        region.points.map(({ positionMw }) => positionMw),
      );
      expect(region.outerMeasure).toBeGreaterThanOrEqual(region.measure - 1e-9);
      expect(region.outerMeasure).toBeLessThan(1.15 * region.measure + 0.01);
      for (const direction of sweepDirections(2, 45)) {
        const inner = Math.min(...region.points.map(({ positionMw }) => dot(direction, positionMw)));
        const grid = Math.min(...truth.map((position) => dot(direction, position)));
        // The search finds at least what the grid does.
        expect(inner).toBeLessThanOrEqual(grid + 1e-3);
      }
    }
  });

  it('branch and bound closes on the best equilibrium there is', async () => {
    const highs = await loadHighs();
    const context = new BoundContext(highs, scenario, spec([null]).axes);
    const reached = exhaustive(scenario, GRID);
    for (const direction of sweepDirections(2, 90)) {
      const price = 0.005;
      const best = Math.min(
        ...reached.map(({ positionMw, subsidy }) => dot(direction, positionMw) + price * subsidy),
      );
      const bound = (nodes: number): number =>
        branchAndBound(highs, context.inputs[0], { direction, price, subsidyCap: null }, nodes);
      const [rough, fine] = [bound(3), bound(150)];
      expect(fine).toBeGreaterThanOrEqual(rough - 1e-9);
      expect(fine).toBeLessThanOrEqual(best + 1e-9);
      // A step of the grid is 1.7 CNY for each of 8 vehicles at two stations: the grid is no closer than this.
      expect(fine).toBeGreaterThan(best - (2 * price * 8 * CAP) / GRID);
    }
    context.dispose();
  });

  it('only improves on the way, and a larger budget never has a smaller outer region', async () => {
    const measures: (number | null)[][] = [];
    const result = await proveBounds(scenario, await found, {
      engine: engine(),
      onPartial: (current) => measures.push(current().regions.map(({ outerMeasure }) => outerMeasure)),
    });
    expect(measures.length).toBeGreaterThan(1);
    for (let k = 1; k < measures.length; k++)
      measures[k].forEach((outer, i) =>
        expect(outer).toBeLessThanOrEqual((measures[k - 1][i] ?? Infinity) + 1e-9),
      );
    const last = result.regions.map(({ outerMeasure }) => outerMeasure as number);
    last.slice(1).forEach((outer, i) => expect(outer).toBeGreaterThanOrEqual(last[i] - 1e-3));
    expect(result.regions[0].outerMeasure).toBeLessThan((await found).regions[0].outerMeasure as number);
  });

  it('cancelled, it hands over what is proven', async () => {
    const abort = new AbortController();
    let partials = 0;
    const result = await proveBounds(scenario, await found, {
      engine: engine(),
      signal: abort.signal,
      onPartial: () => {
        partials++;
        abort.abort();
      },
    });
    expect(partials).toBe(1);
    expect(result.regions.every(({ outerHalfspaces }) => outerHalfspaces)).toBe(true);
  });

  it('gives the same answer twice, also when jobs end in another order', async () => {
    class Backwards extends InlineEngine {
      override async run<R>(...[shared, jobs, options]: Parameters<InlineEngine['run']>): Promise<R[]> {
        const last = jobs.length - 1;
        const results = await super.run<R>(shared, [...jobs].reverse(), {
          ...options,
          onResult: (result, index) => options?.onResult?.(result, last - index),
        });
        return results.reverse();
      }
    }
    const outer = ({ regions }: CharacterizeResult) => regions.map(({ outerHalfspaces }) => outerHalfspaces);
    const again = await proveBounds(scenario, await found, { engine: new Backwards() });
    expect(outer(again)).toEqual(outer(await proven));
  });
});
