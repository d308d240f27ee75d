/**
 * Proven outer regions of a characterize study. For any price λ ≥ 0 of subsidy, every point with load P and subsidy
 * G ≤ F of charging and V2G together has
 *
 *   a·P ≥ a·P + λ·(G − F) ≥ φ_charging(a, λ) + φ_V2G(a, λ) − λ·F        (Lagrangian relaxation of the budget)
 *
 * with φ a proven minimum of a·P + λ·G over a relaxation of one class. First the linear relaxations in all
 * directions, then branch and bound where it promises most for the outer regions; always at the prices that the certified
 * points suggest. What was proven only grows, and when it is cancelled it stays.
 */
import type { EngineContext } from '../engine/engine.js';
import { negate } from '../geometry/vector.js';
import type { CharacterizeResult, IntervalResult, Region } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { RunOptions } from '../study-run.js';
import type { BoundInput, ClassBoundJob, OuterRegionJob } from './bound-jobs.js';
import { BoundChoice } from './bound-choice.js';
import { boundDirections, firstItems, knownPoints } from './bound-plan.js';
import { classCount } from './bound-context.js';
import { withRounding, type ClassCut, type PricedDirection, type Support } from './cuts.js';
import type { OuterRegion } from './outer-region.js';

/** Items per job of linear bounds: they share a starting basis. */
const ITEMS_PER_JOB = 4;
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
    options.onPartial?.(() => current);
  });
  for (const [k, later] of (result.laterIntervals ?? []).entries()) {
    await prove(scenario, later, options, (regions) => {
      const laterIntervals = current.laterIntervals?.map((one, i) => (i === k ? { ...one, regions } : one));
      current = { ...current, laterIntervals };
      options.onPartial?.(() => current);
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
  /** By region. */
  private readonly choices: BoundChoice[];
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
    const known = knownPoints(given);
    this.choices = given.regions.map((region) => new BoundChoice(region, known));
    this.common = scenario.feeder ? provenOf(given.regions) : [];
  }

  async run(): Promise<void> {
    const first = firstItems(this.given, this.candidates);
    const parts = Array.from({ length: Math.ceil(first.length / ITEMS_PER_JOB) }, (_, part) =>
      first.slice(part * ITEMS_PER_JOB, (part + 1) * ITEMS_PER_JOB),
    );
    await this.addCuts(
      'linear bounds',
      parts.map((items) => ({ items, nodes: 1 })),
    );
    await this.enclose();
    for (;;) {
      const items = this.choices.flatMap((choice, k) => choice.next(this.outer[k]?.candidates ?? []));
      if (items.length === 0) break;
      // The longest first, so that no worker waits for another at the end.
      items.sort((a, b) => b.nodes - a.nodes);
      await this.addCuts(
        'branch and bound',
        items.map(({ nodes, ...item }) => ({ items: [item], nodes })),
      );
      await this.enclose();
    }
  }

  private async addCuts(
    phase: string,
    parts: readonly { items: readonly PricedDirection[]; nodes: number }[],
  ): Promise<void> {
    const jobs = parts.flatMap(({ items, nodes }) => {
      const asked = items.map((item) => ({ ...item, subsidyCap: withRounding(item.subsidyCap) }));
      return this.cuts.map((_, classIndex): ClassBoundJob => ({
        kind: 'class-bound',
        classIndex,
        nodes,
        items: asked,
      }));
    });
    let done = 0;
    try {
      await this.options.engine.run<number[]>(this.shared, jobs, {
        signal: this.options.signal,
        onResult: (bounds, index) => {
          const { classIndex, items: asked } = jobs[index];
          bounds.forEach((boundMw, k) => this.cuts[classIndex].push({ ...asked[k], boundMw }));
          this.progress(phase, ++done, jobs.length);
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
