/**
 * Proven outer regions of a characterize study. For any price λ ≥ 0 of subsidy, every point with load P and subsidy
 * G ≤ F of charging and V2G together has
 *
 *   a·P ≥ a·P + λ·(G − F) ≥ φ_charging(a, λ) + φ_V2G(a, λ) − λ·F        (Lagrangian relaxation of the budget)
 *
 * with φ a proven minimum of a·P + λ·G over a relaxation of one class. First the linear relaxations in the directions
 * of the sweep, at the prices that the certified points suggest; then, round by round, where the outer regions lie
 * farthest from the inner ones, at the prices of their own budgets; last with branch and bound. What was proven only
 * grows, and when it is cancelled it stays.
 */
import type { EngineContext } from '../engine/engine.js';
import { dot, negate } from '../geometry/vector.js';
import type { CharacterizeResult, IntervalResult, Region } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { RunOptions } from '../study-run.js';
import type { BoundInput, ClassBoundJob, OuterRegionJob } from './bound-jobs.js';
import { boundDirections, firstItems } from './bound-plan.js';
import { classCount } from './bound-context.js';
import { withRounding, type ClassCut, type PricedDirection, type Support } from './cuts.js';
import type { OuterRegion } from './outer-region.js';

/** Items per job of linear bounds: they share a starting basis. */
const ITEMS_PER_JOB = 4;
/** Rounds after the first: directions per budget, and linear programmes per branch and bound. */
const ROUNDS: readonly { directions: number; nodes: number }[] = [
  { directions: 12, nodes: 1 },
  { directions: 12, nodes: 40 },
  { directions: 12, nodes: 40 },
  { directions: 10, nodes: 100 },
  { directions: 10, nodes: 100 },
  { directions: 8, nodes: 250 },
  { directions: 8, nodes: 250 },
];
/** Items between two looks at what all cuts together leave: what a cancelled proof may lose. */
const ITEMS_PER_LOOK = 8;
/** Bounds closer to the best known point than this are good enough, MW. */
const WORTH_MW = 0.03;
/** Prices that differ by less than this share, for one direction, prove the same. */
const SAME_PRICE = 0.1;
const MS_PER_SECOND = 1000;

type Regions = Pick<IntervalResult, 'axes' | 'regions' | 'couponFree'>;

let proofs = 0;

/** @returns the result with proven bounds in the regions of all its intervals; a better bound that is there stays. */
export async function proveBounds(
  scenario: Scenario,
  result: CharacterizeResult,
  options: RunOptions,
): Promise<CharacterizeResult> {
  let current = result;
  await prove(scenario, result, options, (regions) => {
    current = { ...current, regions };
    options.onPartial?.(current);
  });
  for (const [k, later] of (result.laterIntervals ?? []).entries()) {
    await prove(scenario, later, options, (regions) => {
      const laterIntervals = current.laterIntervals?.map((one, i) => (i === k ? { ...one, regions } : one));
      current = { ...current, laterIntervals };
      options.onPartial?.(current);
    });
  }
  return current;
}

async function prove(
  scenario: Scenario,
  given: Regions,
  options: RunOptions,
  onImproved: (regions: Region[]) => void,
): Promise<void> {
  const flat = given.regions.every(({ dimension }) => dimension < given.axes.length);
  if (options.signal?.aborted || flat) return;
  try {
    await new BoundProof(scenario, given, options, onImproved).run();
  } catch (error) {
    if (!options.signal?.aborted) throw error;
  }
}

class BoundProof {
  private readonly started = performance.now();
  private readonly shared: EngineContext;
  private readonly cuts: ClassCut[][];
  /** Half-spaces that hold for all budgets; with a feeder they know its limits. */
  private readonly common: Support[];
  private readonly candidates: number[][];
  private readonly tried: (PricedDirection & { nodes: number })[] = [];
  private regions: Region[];
  /** By region; null until it is known. */
  private outer: (OuterRegion | null)[];

  constructor(
    scenario: Scenario,
    private readonly given: Regions,
    private readonly options: RunOptions,
    private readonly onImproved: (regions: Region[]) => void,
  ) {
    const input: BoundInput = { scenario, axes: [...given.axes] };
    this.shared = { key: `bounds ${proofs++}`, data: input };
    this.cuts = Array.from({ length: classCount(scenario) }, () => []);
    this.regions = given.regions;
    this.outer = given.regions.map(() => null);
    this.candidates = boundDirections(given);
    this.common = scenario.feeder ? provenOf(given.regions) : [];
  }

  async run(): Promise<void> {
    await this.addCuts(firstItems(this.given), 1);
    await this.enclose();
    for (const { directions, nodes } of ROUNDS) {
      const items = this.worstItems(directions, nodes);
      for (let from = 0; from < items.length; from += ITEMS_PER_LOOK) {
        await this.addCuts(items.slice(from, from + ITEMS_PER_LOOK), nodes);
        await this.enclose();
      }
    }
  }

  private async addCuts(items: readonly PricedDirection[], nodes: number): Promise<void> {
    const size = nodes === 1 ? ITEMS_PER_JOB : 1;
    const jobs: ClassBoundJob[] = [];
    for (let from = 0; from < items.length; from += size) {
      const part = items
        .slice(from, from + size)
        .map((item) => ({ ...item, subsidyCap: withRounding(item.subsidyCap) }));
      this.cuts.forEach((_, classIndex) =>
        jobs.push({ kind: 'class-bound', classIndex, nodes, items: part }),
      );
    }
    this.tried.push(...items.map((item) => ({ ...item, nodes })));
    let done = 0;
    try {
      await this.options.engine.run<number[]>(this.shared, jobs, {
        signal: this.options.signal,
        onResult: (bounds, index) => {
          const { classIndex, items: asked } = jobs[index];
          bounds.forEach((boundMw, k) => this.cuts[classIndex].push({ ...asked[k], boundMw }));
          this.progress(nodes === 1 ? 'linear bounds' : 'branch and bound', ++done, jobs.length);
        },
      });
    } finally {
      // In an order that does not depend on which worker was faster.
      for (const list of this.cuts) list.sort(byContent);
    }
  }

  /** What all cuts together leave to each budget. */
  private async enclose(): Promise<void> {
    const jobs = this.given.regions.map(({ subsidyCap }): OuterRegionJob => ({
      kind: 'outer-region',
      cuts: this.cuts,
      common: this.common,
      budget: subsidyCap,
      directions: this.candidates,
    }));
    const answers = await this.options.engine.run<OuterRegion>(this.shared, jobs, {
      signal: this.options.signal,
    });
    this.outer = answers;
    this.regions = this.regions.map((region, k) => improved(region, answers[k]));
    this.onImproved(this.regions);
  }

  /** Per budget the directions in which the outer region lies farthest from the inner one, at the budget's price. */
  private worstItems(count: number, nodes: number): PricedDirection[] {
    return this.given.regions.flatMap(({ subsidyCap, points }, k) => {
      const supports = this.outer[k]?.candidates ?? [];
      return supports
        .map(({ direction, boundMw, budgetPrice }) => ({
          item: { direction, price: subsidyCap === null ? 0 : budgetPrice, subsidyCap },
          gap: Math.min(...points.map(({ positionMw }) => dot(direction, positionMw))) - boundMw,
        }))
        .filter(({ item, gap }) => gap > WORTH_MW && !this.wasTried(item, nodes))
        .sort((a, b) => b.gap - a.gap)
        .slice(0, count)
        .map(({ item }) => item);
    });
  }

  private wasTried(item: PricedDirection, nodes: number): boolean {
    return this.tried.some(
      (known) =>
        known.nodes >= nodes &&
        (known.subsidyCap === item.subsidyCap || known.subsidyCap === null) &&
        known.direction.every((value, axis) => value === item.direction[axis]) &&
        Math.abs(known.price - item.price) <= SAME_PRICE * Math.max(known.price, item.price),
    );
  }

  private progress(phase: string, done: number, total: number): void {
    const elapsedSeconds = (performance.now() - this.started) / MS_PER_SECOND;
    this.options.onProgress?.({ phase, done, total, elapsedSeconds });
  }
}

/** Bounds that the search has proven for any budget, from traffic and feeder alike. */
function provenOf(regions: readonly Region[]): Support[] {
  return regions.flatMap(({ points }) =>
    points.flatMap(({ direction, outerSupportMw }) =>
      direction && outerSupportMw !== null ? [{ direction, boundMw: outerSupportMw }] : [],
    ),
  );
}

function byContent(a: ClassCut, b: ClassCut): number {
  const [left, right] = [a, b].map((cut) => [...cut.direction, cut.price, cut.subsidyCap ?? -1, cut.boundMw]);
  const k = left.findIndex((value, index) => value !== right[index]);
  return k < 0 ? 0 : left[k] - right[k];
}

/** A region with the half-spaces around it, unless those it has enclose less. */
function improved(region: Region, { supports, measure, candidates }: OuterRegion): Region {
  if (measure === null) return region;
  const known = region.outerHalfspaces ? region.outerMeasure : null;
  if (known !== null && known <= measure) return region;
  const bounds = new Map(candidates.map(({ direction, boundMw }) => [direction.join(), boundMw]));
  return {
    ...region,
    outerMeasure: region.outerMeasure === null ? measure : Math.min(measure, region.outerMeasure),
    outerHalfspaces: supports.map(({ direction, boundMw }) => ({
      normal: negate(direction),
      offset: 0 - boundMw,
    })),
    points: region.points.map((point) => {
      const bound = point.direction ? bounds.get(point.direction.join()) : undefined;
      if (bound === undefined) return point;
      return { ...point, outerSupportMw: Math.max(bound, point.outerSupportMw ?? -Infinity) };
    }),
  };
}
