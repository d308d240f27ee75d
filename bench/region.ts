/**
 * `npm run bench`: the time of a certified boundary point of the evening peak without its feeder, one thread, over
 * the sweep and four budgets, and the same search on unmerged columns and with every step's programme built anew.
 * The three variants solve the same directions from the same starts, in turn, so that drift of the machine cancels.
 */
import { loadHighs } from '../src/solver/highs/load.js';
import { boundaryPoint } from '../src/solver/region/boundary-point.js';
import type { ClassState } from '../src/solver/region/class-model.js';
import { sweepDirections } from '../src/solver/region/directions.js';
import { couponsOf, bestStart, patternsFor } from '../src/solver/region/pool.js';
import { RegionContext } from '../src/solver/region/region-context.js';
import { StepProgram } from '../src/solver/region/step-program.js';
import { buildWindow } from '../src/solver/region/window.js';
import { eveningPeak } from '../test/fixtures/evening-peak.js';
import { median, timed, yardstickMs } from './measure.js';

const BUDGETS = [1000, 2000, 4000, 6000];
/** Every so many directions of the sweep are solved by all variants. */
const COMPARED_EVERY = 6;
const BUDGET_MS = 150;

const highs = await loadHighs();
const input = {
  scenario: eveningPeak(),
  axes: ['CS1', 'CS2', 'CS3'].map((station) => ({ station, interval: 6 })),
  feeder: null,
};
const directions = sweepDirections(input.axes.length, 45);

/** A context whose steps build their linear programme from nothing each time. */
class RebuildingContext extends RegionContext {
  private direction: ArrayLike<number> = [];
  private overshootPrice = 0;

  override readonly steps = new Proxy(new StepProgram(highs, this.classes, this.windows()), {
    get: (kept, key: keyof StepProgram) => {
      if (key === 'setDirection') {
        return (direction: ArrayLike<number>, overshootPrice: number) => {
          this.direction = direction;
          this.overshootPrice = overshootPrice;
        };
      }
      const member = kept[key];
      if (typeof member !== 'function') return member;
      if (key !== 'step') return member.bind(kept);
      return (...given: Parameters<StepProgram['step']>) => {
        const fresh = new StepProgram(highs, this.classes, this.windows());
        fresh.setDirection(this.direction, this.overshootPrice);
        const step = fresh.step(...given);
        fresh.dispose();
        return step;
      };
    },
  });

  private windows(): ReturnType<typeof buildWindow>[] {
    return this.choices.map((choice) => buildWindow(choice, this.input.axes, 2));
  }
}

function startingPools(context: RegionContext): ClassState[][] {
  context.reset();
  return context.classes.map((model) =>
    patternsFor(context.model, model, directions).flatMap(
      (pattern) => model.respond(couponsOf(model, pattern)) ?? [],
    ),
  );
}

function solveAll(
  context: RegionContext,
  pools: ClassState[][],
  every: number,
): { ms: number[]; certified: number } {
  const ms: number[] = [];
  let certified = 0;
  for (const budget of BUDGETS) {
    for (let index = 0; index < directions.length; index += every) {
      const start = bestStart(pools, directions[index], budget)?.states ?? context.couponFree;
      const answer = timed(() => boundaryPoint(context, start, directions[index], budget));
      if (answer.result.point) {
        certified++;
        ms.push(answer.ms);
      }
    }
  }
  return { ms, certified };
}

const print = (name: string, value: string): void => console.log(`${name.padEnd(58)} ${value}`);
const before = yardstickMs(highs);
const merged = new RegionContext(highs, input);
const pools = timed(() => startingPools(merged));
const whole = solveAll(merged, pools.result, 1);
print('yardstick: one fixed 250 × 250 LP, cold', `${before.toFixed(1)} ms`);
print(
  'starting states of both classes',
  `${(pools.ms / 1000).toFixed(2)} s for ${pools.result.flat().length}`,
);
const point = median(whole.ms);
print(
  `certified point, one thread, ${whole.certified} points`,
  `median ${point.toFixed(0)} ms (${(point / before).toFixed(1)} yardsticks), at most ${BUDGET_MS} asked`,
);

const part = solveAll(merged, pools.result, COMPARED_EVERY);
const rebuilding = solveAll(new RebuildingContext(highs, input), pools.result, COMPARED_EVERY);
const unmerged = new RegionContext(highs, input, { mergeColumns: false });
const unmergedPart = solveAll(unmerged, startingPools(unmerged), COMPARED_EVERY);
const ratio = (other: readonly number[]): string => (median(other) / median(part.ms)).toFixed(2);
print('the same with every linear programme rebuilt cold', `${ratio(rebuilding.ms)} × the time`);
print('the same with a column for every path (unmerged)', `${ratio(unmergedPart.ms)} × the time`);
print('yardstick, again', `${yardstickMs(highs).toFixed(1)} ms`);
