/**
 * Proven outer regions of a characterize study. For any price λ ≥ 0 of subsidy, every point with load P and subsidy
 * G ≤ F of charging and V2G together has
 *
 *   a·P ≥ a·P + λ·(G − F) ≥ φ_charging(a, λ) + φ_V2G(a, λ) − λ·F        (Lagrangian relaxation of the budget)
 *
 * with φ a proven minimum of a·P + λ·G over a relaxation of one class. First all linear relaxations, then, where they
 * leave most, branch and bound. Bounds only improve, and what was proven when it is cancelled stays.
 */
import type { EngineContext } from '../engine/engine.js';
import { dot, negate } from '../geometry/vector.js';
import { freeSupportMw } from '../region/outer-bound.js';
import type { CharacterizeResult, IntervalResult, Region } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { RunOptions } from '../study-run.js';
import { buildTrafficModel } from '../traffic/network.js';
import { axisLoadsOf, classChoices } from './bound-context.js';
import type { BoundInput, BoundJob, PricedDirection } from './bound-jobs.js';
import { plannedBounds } from './bound-plan.js';
import { OuterRegions, withRounding } from './outer-region.js';

/** Items per job: they share a starting basis. */
const ITEMS_PER_JOB = 8;
/** Nodes of each branch and bound, round by round. */
const ROUNDS = [40, 400] as const;
const MS_PER_SECOND = 1000;

type Regions = Pick<IntervalResult, 'axes' | 'regions' | 'couponFree'>;

let proofs = 0;

/** @returns the result with the proven bounds in its regions, of all its intervals; what is there stays if better. */
export async function proveBounds(
  scenario: Scenario,
  result: CharacterizeResult,
  options: RunOptions,
): Promise<CharacterizeResult> {
  let current = result;
  const parts: { get: (r: CharacterizeResult) => Regions; set: (regions: Region[]) => CharacterizeResult }[] =
    [
      { get: (r) => r, set: (regions) => ({ ...current, regions }) },
      ...(result.laterIntervals ?? []).map((_, k) => ({
        get: (r: CharacterizeResult) => (r.laterIntervals as IntervalResult[])[k],
        set: (regions: Region[]) => ({
          ...current,
          laterIntervals: current.laterIntervals?.map((later, i) =>
            i === k ? { ...later, regions } : later,
          ),
        }),
      })),
    ];
  for (const { get, set } of parts) {
    if (options.signal?.aborted) break;
    await new BoundProof(scenario, get(current), options, (regions) => {
      current = set(regions);
      options.onPartial?.(current);
    }).run();
  }
  return current;
}

class BoundProof {
  private readonly started = performance.now();
  private readonly shared: EngineContext;
  private readonly classCount: number;
  private readonly outer: OuterRegions;

  constructor(
    scenario: Scenario,
    private readonly given: Regions,
    private readonly options: RunOptions,
    private readonly onImproved: (regions: Region[]) => void,
  ) {
    const input: BoundInput = { scenario, axes: [...given.axes] };
    this.shared = { key: `bounds ${proofs++}`, data: input };
    const model = buildTrafficModel(scenario);
    const classes = classChoices(model).map((choice) => ({
      choice,
      axisLoads: axisLoadsOf(model, choice, given.axes),
    }));
    this.classCount = classes.length;
    this.outer = new OuterRegions(classes.length);
    const planned = plannedBounds(given).map(({ direction }) => direction);
    const normals = given.regions.flatMap(({ hull }) => hull.halfspaces.map(({ normal }) => negate(normal)));
    for (const direction of [...planned, ...normals])
      this.outer.addFree({ direction, boundMw: freeSupportMw(classes, direction) - ROUNDING_MW });
    // What the search proved knows the feeder, too.
    for (const { points } of given.regions) {
      for (const { direction, outerSupportMw } of points)
        if (direction && outerSupportMw !== null) this.outer.addFree({ direction, boundMw: outerSupportMw });
    }
  }

  async run(): Promise<void> {
    try {
      const items = plannedBounds(this.given);
      await this.prove(items, null, 'linear bounds');
      for (const nodes of ROUNDS) await this.prove(this.worthMost(items), nodes, 'branch and bound');
    } catch (error) {
      if (!this.options.signal?.aborted) throw error;
    }
    this.onImproved(this.regions());
  }

  private async prove(items: readonly PricedDirection[], nodes: number | null, phase: string): Promise<void> {
    const size = nodes === null ? ITEMS_PER_JOB : 1;
    const jobs: BoundJob[] = [];
    const parts: PricedDirection[][] = [];
    for (let from = 0; from < items.length; from += size) {
      const part = items.slice(from, from + size);
      for (let classIndex = 0; classIndex < this.classCount; classIndex++) {
        parts.push(part);
        jobs.push({
          kind: 'outer-bound',
          classIndex,
          nodes,
          items: part.map((item) => ({ ...item, subsidyCap: withRounding(item.subsidyCap) })),
        });
      }
    }
    let done = 0;
    await this.options.engine.run<number[]>(this.shared, jobs, {
      signal: this.options.signal,
      onResult: (bounds, index) => {
        bounds.forEach((bound, k) => this.outer.add(parts[index][k], jobs[index].classIndex, bound));
        this.options.onProgress?.({
          phase,
          done: ++done,
          total: jobs.length,
          subsidyCap: parts[index][0].subsidyCap,
          direction: parts[index][0].direction,
          elapsedSeconds: (performance.now() - this.started) / MS_PER_SECOND,
        });
      },
    });
    this.onImproved(this.regions());
  }

  /** Items by how far their bound lies from the best known point, weighed by how much of the budget's region that is. */
  private worthMost(items: readonly PricedDirection[]): PricedDirection[] {
    const gap = ({ direction, subsidyCap }: PricedDirection): number => {
      const region = this.given.regions.find((one) => one.subsidyCap === subsidyCap);
      if (!region || region.points.length === 0) return 0;
      const inner = Math.min(...region.points.map(({ positionMw }) => dot(direction, positionMw)));
      const key = direction.join();
      const bound = this.outer.supports(subsidyCap).find((support) => support.direction.join() === key);
      return bound ? inner - bound.boundMw : 0;
    };
    return items
      .map((item) => ({ item, gap: gap(item) }))
      .filter((one) => one.gap > WORTH_MW)
      .sort((a, b) => b.gap - a.gap)
      .map(({ item }) => item);
  }

  private regions(): Region[] {
    const dimension = this.given.axes.length;
    return this.given.regions.map((region): Region => {
      const measure = this.outer.measure(region.subsidyCap, dimension);
      if (measure === null) return region;
      const supports = new Map(
        this.outer.supports(region.subsidyCap).map(({ direction, boundMw }) => [direction.join(), boundMw]),
      );
      return {
        ...region,
        outerMeasure: region.outerMeasure === null ? measure : Math.min(measure, region.outerMeasure),
        outerHalfspaces: this.outer.halfspaces(region.subsidyCap),
        points: region.points.map((point) => {
          const bound = point.direction && supports.get(point.direction.join());
          return bound === undefined || bound === null ? point : { ...point, outerSupportMw: bound };
        }),
      };
    });
  }
}

/** Taken off every bound, MW: loads are certified to this. */
const ROUNDING_MW = 1e-6;
/** Gaps below this are not worth a branch and bound, MW. */
const WORTH_MW = 0.03;
