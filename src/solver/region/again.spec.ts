import { describe, expect, it, vi } from 'vitest';
import { parallelRoads } from '../../../test/fixtures/parallel-roads.js';
import { InlineEngine } from '../engine/inline-engine.js';
import type { CharacterizeResult } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { RunOptions } from '../study-run.js';
import type { CharacterizeSpec } from '../study-spec.js';
import { areNearBy, solveAgain, worthMovingUnder } from './again.js';
import { characterize } from './characterize.js';
import { firstDirections } from './directions.js';
import type { EarlierRegions } from './earlier.js';
import { earlierPoints } from './earlier.js';
import type { RegionJob } from './region-jobs.js';

const AXES = ['S', 'T'].map((station) => ({ station, interval: 5 }));

/** At a price of charging at S and a demand. */
const corridor = (pricePerKwh = 1, vehPerH = 300): Scenario =>
  parallelRoads({ couponCapPerVehicle: 20, pricePerKwh, vehPerH });

const SPEC: CharacterizeSpec = {
  kind: 'characterize',
  name: 'Region',
  axes: AXES,
  subsidyCaps: [20, 60, null],
  directions: { kind: 'every', degrees: 45 },
  expectations: [],
};

const earlierOf = (
  scenario: Scenario,
  { regions, directions, startingPatterns }: CharacterizeResult,
): EarlierRegions => ({ scenario, regions, solved: directions, startingPatterns });

const cold = (scenario: Scenario): Promise<CharacterizeResult> =>
  characterize(scenario, SPEC, { engine: new InlineEngine() });

const warm = (
  scenario: Scenario,
  before: EarlierRegions,
  options: RunOptions = { engine: new InlineEngine() },
): Promise<CharacterizeResult> =>
  characterize(scenario, SPEC, options, undefined, {
    earlier: [before],
    replaceStarts: true,
  });

const before = corridor();
const found = await cold(before);

describe('a study that was solved for another price or demand', () => {
  it.each([
    ['a dearer station', corridor(1.01)],
    ['a cheaper station', corridor(0.99)],
    ['more drivers', corridor(1, 306)],
    ['fewer drivers', corridor(1, 294)],
  ])(
    '%s by one or two per cent: every budget measures what a cold run measures, in little more than half the steps',
    async (_, scenario) => {
      const again = await warm(scenario, earlierOf(before, found));
      const anew = await cold(scenario);
      const stepsOf = ({ regions }: CharacterizeResult) =>
        regions.reduce((sum, { solves }) => sum + solves, 0);
      expect(stepsOf(again)).toBeLessThan(0.6 * stepsOf(anew));
      again.regions.forEach(({ measure, points, outerMeasure }, index) => {
        // What this corridor loses at most; the manual tells what the evening peak does.
        expect(measure).toBeGreaterThan(0.95 * anew.regions[index].measure);
        expect(outerMeasure).toBeGreaterThanOrEqual(measure);
        expect(outerMeasure).toBeLessThanOrEqual(anew.regions[index].outerMeasure! + 1e-6);
        for (const { certificate } of points) expect(certificate.status).toBe('certified');
      });
    },
  );

  it('answers to the few coupon patterns again that were worth a start; to all where that is not known', async () => {
    const askedFrom = async (earlier: EarlierRegions): Promise<number> => {
      const engine = new InlineEngine();
      const run = vi.spyOn(engine, 'run');
      await warm(corridor(1.05), earlier, { engine });
      const jobs = run.mock.calls.flatMap(([, each]) => each as readonly RegionJob[]);
      return jobs.reduce((sum, job) => sum + (job.kind === 'starting-states' ? job.patterns.length : 0), 0);
    };
    const known = await askedFrom(earlierOf(before, found));
    const unknown = await askedFrom({ ...earlierOf(before, found), startingPatterns: undefined });
    expect(known).toBe(found.startingPatterns!.reduce((sum, { length }) => sum + length, 0));
    expect(known).toBeGreaterThan(0);
    expect(known).toBeLessThan(unknown / 4);
  });

  it('keeps the budgets although the earlier points overspend', async () => {
    const scenario = corridor(1.1);
    const { regions } = await warm(scenario, earlierOf(before, found));
    for (const { subsidyCap, points } of regions)
      for (const { certificate } of points)
        expect(certificate.subsidy).toBeLessThanOrEqual((subsidyCap ?? Infinity) * (1 + 1e-6));
  });
});

describe('what is left to do', () => {
  const sweep = firstDirections(2, SPEC.directions);
  const known = (scenario: Scenario, earlier = [earlierOf(before, found)]) => {
    const points = earlierPoints(earlier, scenario, AXES);
    const worth = worthMovingUnder(points, 20);
    return { earlier, points, states: points.map(() => []), worth, scenario, directions: SPEC.directions };
  };

  it('is nothing where the points hold', () => {
    const renamed = { ...before, name: 'Renamed' };
    expect(solveAgain(known(renamed), 20, sweep)).toMatchObject({ moves: null, left: [], solved: sweep });
  });

  it('is to move each point of the budget, along the direction that it was found for', () => {
    const { moves, left, solved } = solveAgain(known(corridor(1.05)), 20, sweep);
    const aimed = found.regions[0].points.flatMap(({ direction }) => (direction ? [direction] : []));
    expect(moves?.map(({ direction }) => direction)).toEqual(aimed);
    expect(left).toEqual([]);
    expect(solved).toEqual(sweep);
  });

  it('is all directions of a budget that is new, and those of a finer sweep that are', () => {
    expect(solveAgain(known(corridor(1.05)), 30, sweep)).toMatchObject({ moves: null, left: sweep });
    const finer = firstDirections(2, { kind: 'every', degrees: 15 });
    const { left, solved } = solveAgain(known(corridor(1.05)), 20, finer);
    expect(solved).toHaveLength(sweep.length);
    expect(left).toHaveLength(finer.length - sweep.length);
  });

  it('is all directions where most points have no state in this scenario', () => {
    const lost = { ...known(corridor(1.05)) };
    const states = lost.points.map(() => null);
    expect(solveAgain({ ...lost, states }, 20, sweep)).toMatchObject({
      moves: null,
      solved: [],
      left: sweep,
    });
  });
});

describe('earlier points', () => {
  const points = earlierPoints([earlierOf(before, found)], before, AXES);
  /** A state that spends a share more than its point did. */
  const statesAt = (share: number) =>
    points.map(({ point }) => [{ subsidy: (1 + share) * point.certificate.subsidy }]) as never;

  it('are near by while three in four overspend by less than a half, or have no budget', () => {
    for (const cap of [20, 60]) {
      expect(areNearBy(points, statesAt(0), cap)).toBe(true);
      expect(areNearBy(points, statesAt(-0.3), cap)).toBe(true);
      expect(areNearBy(points, statesAt(0.44), cap)).toBe(true);
      expect(areNearBy(points, statesAt(0.46), cap)).toBe(false);
    }
    const unlimited = points.filter(({ point }) => point.certificate.subsidyCap === null);
    expect(unlimited.length).toBeGreaterThan(0);
    const doubled = unlimited.map(({ point }) => [{ subsidy: 2 * point.certificate.subsidy }]) as never;
    expect(areNearBy(unlimited, doubled, null)).toBe(true);
  });

  it('are told by budget; under one that is new, or without limit, by all of them', () => {
    const small = points.map(({ point }) => [
      { subsidy: (point.certificate.subsidyCap === 20 ? 2 : 1) * point.certificate.subsidy },
    ]) as never;
    expect(areNearBy(points, small, 20)).toBe(false);
    expect(areNearBy(points, small, 60)).toBe(true);
    for (const cap of [40, null]) {
      expect(areNearBy(points, statesAt(0.4), cap)).toBe(true);
      expect(areNearBy(points, statesAt(0.5), cap)).toBe(false);
    }
  });

  it('are near by when a single one is elsewhere', () => {
    const two = points.filter(({ point }) => point.certificate.subsidyCap === 60).slice(0, 2);
    const [here] = statesAt(0) as never[];
    expect(areNearBy(two, [here, null], 60)).toBe(true);
    expect(areNearBy(two, [null, null], 60)).toBe(false);
  });

  it('are not where they are no states of the scenario', () => {
    const none = points.map(() => null);
    expect(areNearBy(points, none, 60)).toBe(false);
    expect(areNearBy([], [], 60)).toBe(false);
  });

  it('that are not near by are a picture to begin with, and starts of a run that searches from anywhere as well', async () => {
    const dearer = corridor(1.6);
    let picture: (() => CharacterizeResult) | undefined;
    let begun: CharacterizeResult | undefined;
    const options: RunOptions = {
      engine: new InlineEngine(),
      onPartial: (partial) => (picture = partial),
      onProgress: ({ phase }) => {
        if (phase === 'starting points') begun ??= picture?.();
      },
    };
    const [anew, again] = [await cold(dearer), await warm(dearer, earlierOf(before, found), options)];
    again.regions.forEach(({ measure }, index) =>
      expect(begun?.regions[index].measure).toBeGreaterThan(0.8 * measure),
    );
    again.regions.forEach(({ measure }, index) =>
      expect(measure).toBeGreaterThan(0.99 * anew.regions[index].measure),
    );
  });
});
