/** Everything a worker derives for point queries, once: the region's context, a step programme with targets, and starts. */
import type { Highs } from '../highs/load.js';
import type { ClassState } from '../region/class-model.js';
import { FIRST_RADIUS } from '../region/trust-region.js';
import type { StatePool } from '../region/pool.js';
import type { RegionInput } from '../region/region-context.js';
import { RegionContext } from '../region/region-context.js';
import { StepProgram } from '../region/step-program.js';
import { Envelope } from './envelope.js';
import type { KnownPlan } from './known-states.js';
import { KnownStates } from './known-states.js';
import { DISTANCE_PRICE } from './reach-search.js';
import { TravellerReach } from './travellers.js';

export interface QueryInput extends RegionInput {
  /** Plans of certified points, to start from. */
  known: KnownPlan[];
  /** States met before, per class, to start from. */
  states: ClassState[][];
}

export class QueryContext {
  readonly region: RegionContext;
  /** Steps that may leave a target, at a price, axis by axis. */
  readonly program: StepProgram;
  /** States to start from, per class. */
  readonly pools: readonly StatePool[];
  readonly known: KnownStates;
  readonly envelope: Envelope;
  readonly travellers: TravellerReach;
  /** The first so many states of each pool are those of whole points, class by class. */
  readonly pointCount: number;
  /** Nothing is priced by entry, by class and cell. */
  readonly noEntryPrices: readonly Float64Array[];

  constructor(
    readonly highs: Highs,
    readonly input: QueryInput,
  ) {
    this.region = new RegionContext(highs, input);
    const { classes, stepWindows, choices } = this.region;
    this.program = new StepProgram(highs, classes, stepWindows, input.axes.length, true);
    this.noEntryPrices = choices.map(({ price }) => new Float64Array(price.length));
    this.region.reset();
    const couponFree = this.region.couponFree;
    this.program.rememberBasis(couponFree, FIRST_RADIUS);
    this.pools = couponFree.map((state) => [state]);
    this.known = new KnownStates(this.region);
    for (const plan of input.known) {
      this.known.statesOf(plan)?.forEach((state, index) => this.pools[index].push(state));
    }
    this.pointCount = Math.min(...this.pools.map(({ length }) => length));
    input.states.forEach((states, index) => this.pools[index].push(...states));
    this.envelope = new Envelope(highs, this.pools, input.axes.length, DISTANCE_PRICE);
    this.travellers = new TravellerReach(highs, classes, input.axes.length);
  }

  /** Back to the reference, so that an answer does not depend on the queries before it. */
  reset(): void {
    this.region.reset();
    this.program.forgetBasis();
  }

  dispose(): void {
    this.region.dispose();
    this.program.dispose();
    this.envelope.dispose();
    this.travellers.dispose();
  }
}
