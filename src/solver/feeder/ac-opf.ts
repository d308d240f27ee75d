/**
 * AC optimal power flow of one case by sequential linear programming in the space of the controls. Every iterate
 * is an AC operating point; limits are exact penalties, so that an infeasible case ends at its least violation.
 *
 * Along the controls, losses, squared currents and the power of the source are convex and voltages concave (to
 * the order that matters here). So a tangent of a lower voltage limit, a current limit or an upper source limit
 * is valid everywhere and is kept: a cutting-plane method. An upper voltage limit or a lower source limit is
 * reverse convex; its tangent is conservative and is renewed at every iterate (convex-concave procedure), inside
 * a trust region that only keeps the iterates where a power flow exists.
 */
import type { Highs } from '../highs/load.js';
import { AcPoint } from './ac-linearisation.js';
import type { AcProblem, Margin } from './ac-programme.js';
import { AcProgramme, PENALTY } from './ac-programme.js';
import type { Limit, LimitKind } from './limits.js';
import { LIMIT_TOLERANCE, largestViolation, violation } from './limits.js';
import type { FeederModel, OperatingCase } from './operating-case.js';
import { firstStation, projectOntoRatings } from './operating-case.js';
import type { PowerFlow } from './power-flow.js';

const FIRST_TRUST_RADIUS_MW = 2;
const LEAST_TRUST_RADIUS_MW = 1e-6;
/** Model and AC objective (in MW) agree to this at the end: 10 W. */
const OBJECTIVE_TOLERANCE = 1e-5;
/** An iterate counts as feasible at a tenth of the limits' tolerance. */
const FEASIBLE_AT = 1e-7;
const MAX_ITERATIONS = 80;
/** After this many iterations without a better point the trust region shrinks. */
const PATIENCE = 12;

/** The share of a violation that the next step leaves as a margin: it would break the limit by a quarter of it. */
const MARGIN_SHARE = 0.35;
/** Penalty of the violations, in the objective's unit, up to which they are as good as gone. */
const LARGEST_MARGIN_COST = 2;
const NO_MARGIN: Margin = { 'voltage-low': 0, 'voltage-high': 0, current: 0, 'source-p': 0, 'source-q': 0 };
const LIMIT_KINDS = Object.keys(NO_MARGIN) as LimitKind[];

export type { AcProblem } from './ac-programme.js';

export interface AcSolution {
  controls: Float64Array;
  flow: PowerFlow;
  /** cost · u + sourceCost · P_source + Σ |load − target|. */
  objective: number;
  /** Largest violation of a limit; Infinity when no iterate had a power flow solution. */
  violation: number;
  /** Derivative of the penalised objective to the load (or, where given, the target) of each station. */
  stationGradient: Float64Array;
  iterations: number;
  converged: boolean;
}

export interface AcOptions {
  /** No objective is below this: a point that reaches it to the tolerance needs no step to prove it. */
  leastObjective?: number;
  /** Ends when the next step promises less than this, in the objective's unit. */
  objectiveTolerance?: number;
}

/**
 * The optimiser of one case, for any number of problems: tangents of convex limits hold for all of them and stay.
 * It holds native memory: `dispose()` it.
 */
export class AcOptimiser {
  private readonly limits: Limit[];
  private readonly programme: AcProgramme;

  constructor(
    highs: Highs,
    private readonly model: FeederModel,
    private readonly operatingCase: OperatingCase,
  ) {
    this.programme = new AcProgramme(highs, model);
    this.limits = this.programme.limits;
  }

  /** @param start controls to start from; they are clamped into their bounds. */
  solve(
    problem: AcProblem,
    start: Float64Array,
    { objectiveTolerance = OBJECTIVE_TOLERANCE, leastObjective = -Infinity }: AcOptions = {},
  ): AcSolution {
    const { lower, upper } = problem.bounds;
    this.programme.pose(problem);
    let point = this.pointAt(start.map((value, k) => Math.min(Math.max(value, lower[k]), upper[k])));
    let best = point;
    let bestMerit = this.merit(problem, point);
    let gradient: Float64Array = new Float64Array(this.model.stationIds.length);
    let radius = FIRST_TRUST_RADIUS_MW;
    let [iterations, waited, converged] = [0, 0, false];
    let margin: Margin | null = null;
    while (
      bestMerit > leastObjective + objectiveTolerance &&
      bestMerit < Infinity &&
      iterations < MAX_ITERATIONS &&
      radius > LEAST_TRUST_RADIUS_MW
    ) {
      iterations++;
      this.programme.linearise(point, radius, margin);
      const step = this.programme.solve();
      if (!step) break;
      gradient = step.gradient;
      const promised = bestMerit - step.objective;
      // Room to gain may be left; a limit that is still broken may not.
      const enough = this.holds(best)
        ? objectiveTolerance
        : Math.min(objectiveTolerance, OBJECTIVE_TOLERANCE);
      if (point === best && !margin && promised < enough) {
        converged = true;
        break;
      }
      const trial = this.pointAt(step.controls);
      const merit = this.merit(problem, trial);
      margin = step.violates || promised < enough ? null : this.marginAfter(trial);
      if (merit < bestMerit - 0.1 * Math.max(promised, 0)) waited = 0;
      else waited++;
      if (merit < bestMerit) [best, bestMerit] = [trial, merit];
      if (merit === Infinity || waited > PATIENCE || promised < enough) {
        radius *= promised < enough ? 1 : 0.25;
        waited = 0;
        point = best;
      } else {
        point = trial;
      }
    }
    this.programme.purge();
    return {
      controls: best.controls,
      flow: best.flow,
      objective: this.objective(problem, best),
      violation: largestViolation(this.model.network, best.flow, this.limits),
      stationGradient: gradient,
      iterations,
      converged,
    };
  }

  dispose(): void {
    this.programme.dispose();
  }

  private pointAt(controls: Float64Array): AcPoint {
    this.programme.coverRatings(controls);
    projectOntoRatings(this.model, controls);
    return new AcPoint(this.model, this.operatingCase, controls);
  }

  /**
   * Where every step runs along curved limits and ends a little beyond them, the violation only falls to a quarter from
   * step to step while the objective is found long before. A step that keeps this much inside ends at a feasible point.
   */
  private marginAfter({ flow }: AcPoint): Margin | null {
    if (!flow.converged) return null;
    const margin: Record<LimitKind, number> = { ...NO_MARGIN };
    for (const limit of this.limits) {
      const by = violation(this.model.network, flow, limit);
      if (by > FEASIBLE_AT) margin[limit.kind] = Math.max(margin[limit.kind], MARGIN_SHARE * by);
    }
    const cost = LIMIT_KINDS.reduce((sum, kind) => sum + PENALTY[kind] * margin[kind], 0);
    return cost > 0 && cost < LARGEST_MARGIN_COST ? margin : null;
  }

  private holds({ flow }: AcPoint): boolean {
    return largestViolation(this.model.network, flow, this.limits) <= LIMIT_TOLERANCE;
  }

  private objective({ cost, sourceCost, targetMw }: AcProblem, point: AcPoint): number {
    const first = firstStation(this.model);
    let total = sourceCost * point.flow.sourceMw;
    point.controls.forEach((value, k) => (total += cost[k] * value));
    targetMw?.forEach((target, station) => (total += Math.abs(point.controls[first + station] - target)));
    return total;
  }

  /** Objective plus penalties; violations below what counts as feasible are free, or the cuts would never end. */
  private merit(problem: AcProblem, point: AcPoint): number {
    if (!point.flow.converged) return Infinity;
    return this.limits.reduce(
      (total, limit) => {
        const by = violation(this.model.network, point.flow, limit);
        return by > FEASIBLE_AT ? total + PENALTY[limit.kind] * by : total;
      },
      this.objective(problem, point),
    );
  }
}
