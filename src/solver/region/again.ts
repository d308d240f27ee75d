/**
 * What is left to do under a budget that an earlier run has solved. Of the same points: nothing. Of a scenario that said
 * something else: each point that the run found for a direction is moved by a short search to where it is now, from its
 * own coupons and flows, so that the region keeps the corners it had; a direction is searched along anew where that fails,
 * or where the earlier run did not ask for it.
 */
import { largestSide } from '../geometry/hull.js';
import { PointSet } from '../geometry/point-set.js';
import { dot } from '../geometry/vector.js';
import type { Point } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { Directions, SubsidyCap } from '../study-spec.js';
import type { ClassState } from './class-model.js';
import { firstDirections } from './directions.js';
import type { EarlierPoint, EarlierRegions } from './earlier.js';
import { samePoints } from './earlier.js';
import { subsidyOf, supportOf } from './local-search.js';
import { bestStart } from './pool.js';
import { COORDINATE_MW } from './region-result.js';
import type { Starts } from './starts.js';
import { worthMoving } from './worth-moving.js';

/** What is known before a budget is solved again. */
export interface Solved {
  earlier: readonly EarlierRegions[];
  points: readonly EarlierPoint[];
  /** The points' states under this scenario; null where they are none. */
  states: readonly (readonly ClassState[] | null)[];
  /** Indices of the points worth moving under this budget. */
  worth: readonly number[];
  scenario: Scenario;
  /** Of the study as it is now. */
  directions: Directions;
}

/** Points to be moved: along which direction, from which states. */
export type Moves = { direction: number[]; start: readonly ClassState[] }[];

export interface Again {
  /** Null where most of what was found is of other roads or stations, or holds as it is. */
  moves: Moves | null;
  /** Directions that need no search of their own. */
  solved: number[][];
  /** Directions that do. */
  left: number[][];
}

/** @param sweep the directions that the study asks for before any other. */
export function solveAgain(known: Solved, cap: SubsidyCap, sweep: readonly number[][]): Again {
  const { earlier, points, scenario, directions } = known;
  const all = [...sweep, ...earlierDirections(points, cap, sweep)];
  if (!isOfAnotherScenario(earlier, scenario, cap)) {
    const holds = isSolved(earlier, scenario, cap, directions);
    return { moves: null, solved: holds ? all : [], left: holds ? [] : all };
  }
  const { moves, stranded } = movesUnder(known, cap);
  if (!moves) return { moves: null, solved: [], left: all };
  // What no budget binds takes a step or two from the farthest response, wherever a change has moved it.
  const isKept = (direction: readonly number[]): boolean =>
    cap !== null && wasSolved(earlier, cap, direction);
  return {
    moves,
    solved: all.filter(isKept),
    left: [...all.filter((direction) => !isKept(direction)), ...(cap === null ? [] : stranded)],
  };
}

/** Of the points found for a direction: with more that are no states of this scenario, what was found is of another one. */
const MOST_STRANDED_SHARE = 0.5;

/** @returns indices of the points found by a search under a budget that are worth moving, among all that keep to it. */
export function worthMovingUnder(points: readonly EarlierPoint[], cap: SubsidyCap): number[] {
  const indices = points.flatMap(({ point }, index) =>
    cap === null || point.certificate.subsidy <= cap ? [index] : [],
  );
  const positions = indices.map((index) => points[index].positionMw);
  const aimed = indices.flatMap((index, at) => (aimOf(points[index], cap) ? [at] : []));
  return worthMoving(positions, aimed, COORDINATE_MW).map((at) => indices[at]);
}

/** The direction that a point was found along under a budget; null for a corner that no search aimed at. */
function aimOf({ point, directions, solved, holds }: EarlierPoint, cap: SubsidyCap): number[] | null {
  if (!solved || holds || point.certificate.subsidyCap !== cap) return null;
  return directions.find(({ subsidyCap }) => subsidyCap === cap)?.direction ?? null;
}

/**
 * The points that are worth moving and have a state to start from, and the directions of those that have none. A corner
 * that no search aimed at is met again on the way to others: moving these as well takes half as much time again, for
 * regions larger than those of a cold run.
 * @returns no moves where most of what was found is of other roads or stations.
 */
export function movesUnder(
  { points, states, worth }: Solved,
  cap: SubsidyCap,
): { moves: Moves | null; stranded: number[][] } {
  const isWorth = new Set(worth);
  const moves: Moves = [];
  const stranded: number[][] = [];
  let aimed = 0;
  points.forEach((point, index) => {
    const direction = aimOf(point, cap);
    if (!direction) return;
    aimed++;
    const start = states[index];
    if (!start) stranded.push([...direction]);
    else if (isWorth.has(index)) moves.push({ direction: [...direction], start });
  });
  return { moves: stranded.length > MOST_STRANDED_SHARE * aimed ? null : moves, stranded };
}

/** Whether the earlier runs that ended on the same axes and solved this budget were of other scenarios. */
function isOfAnotherScenario(
  earlier: readonly EarlierRegions[],
  scenario: Scenario,
  subsidyCap: SubsidyCap,
): boolean {
  const ended = earlier.filter(
    ({ solved, regions }) => solved && regions.some((region) => region.subsidyCap === subsidyCap),
  );
  return ended.length > 0 && ended.every(({ scenario: theirs }) => !samePoints(theirs, scenario));
}

/** Whether an earlier run has solved the sweep under this budget for the same points: it need not be solved again. */
function isSolved(
  earlier: readonly EarlierRegions[],
  scenario: Scenario,
  subsidyCap: SubsidyCap,
  directions: Directions,
): boolean {
  return earlier.some(
    ({ scenario: theirs, regions, solved }) =>
      JSON.stringify(solved) === JSON.stringify(directions) &&
      regions.some((region) => region.subsidyCap === subsidyCap) &&
      samePoints(theirs, scenario),
  );
}

/** Whether a run on the same axes solved a direction under a budget, for this or another scenario. */
function wasSolved(
  earlier: readonly EarlierRegions[],
  subsidyCap: SubsidyCap,
  direction: readonly number[],
): boolean {
  const isSame = (other: readonly number[] | null): boolean =>
    other?.every((value, axis) => value === direction[axis]) ?? false;
  return earlier.some(
    ({ solved, regions }) =>
      solved &&
      regions.some(
        (region) =>
          region.subsidyCap === subsidyCap &&
          (firstDirections(direction.length, solved).some(isSame) ||
            region.points.some((point) => isSame(point.direction))),
      ),
  );
}

/** Directions that an earlier run solved under a budget, in the order of its points, without those in `known`. */
function earlierDirections(
  points: readonly EarlierPoint[],
  subsidyCap: SubsidyCap,
  known: readonly (readonly number[])[],
): number[][] {
  const seen = new Set(known.map((direction) => direction.join()));
  return points.flatMap(({ directions }) =>
    directions.flatMap(({ direction, subsidyCap: cap }) => {
      if (cap !== subsidyCap || seen.has(direction.join())) return [];
      seen.add(direction.join());
      return [direction];
    }),
  );
}

/**
 * A step that promises less than this share of how far coupons carry along its direction ends the search of a point that
 * is moved. Measured on the evening peak: a smaller share takes more time and a larger one saves little, for steps cost
 * less than what comes before and after them; at 1.5 % a changed region lacks 2 % more of itself. In the plane a region
 * has few corners, each of them counts and searches are few: there it is a smaller share.
 */
const ENOUGH_SHARE = 6e-3;
const PLANE_ENOUGH_SHARE = 2e-3;
/** Coupons that carry less than this share of the region's largest side are taken to carry so far. */
const LEAST_REACH_SHARE = 0.05;

/** What a start may give up for a money unit that it overspends, MW: about what that is worth at small budgets. */
const OVERSPENDING_PRICE = 1e-3;

/** Where the search of a move starts: at the point itself, or at states known by now that reach farther within the budget. */
export function startOfMove(
  { direction, start }: Moves[number],
  cap: SubsidyCap,
  { pools, companions }: Pick<Starts, 'pools' | 'companions'>,
): readonly ClassState[] {
  const known = bestStart(pools, direction, cap ?? Infinity, companions);
  const overspent = Math.max(0, subsidyOf(start) - (cap ?? Infinity));
  const worthMw = supportOf(direction, start) + OVERSPENDING_PRICE * overspent;
  return known && known.merit < worthMw ? known.states : start;
}

/**
 * The promises that moving points under a budget need not pursue, by direction, MW.
 * @param couponFree the point without coupons.
 */
export function enoughUnder(
  points: readonly EarlierPoint[],
  cap: SubsidyCap,
  { positionMw: couponFreeMw }: Point,
): (direction: readonly number[]) => number {
  const within = points
    .filter(({ point }) => point.certificate.subsidy <= (cap ?? Infinity))
    .map(({ positionMw }) => positionMw);
  const all = [couponFreeMw, ...within];
  const set = new PointSet(all);
  const leastReachMw = LEAST_REACH_SHARE * largestSide(all);
  const share = couponFreeMw.length > 2 ? ENOUGH_SHARE : PLANE_ENOUGH_SHARE;
  return (direction) => share * Math.max(leastReachMw, dot(direction, couponFreeMw) - set.least(direction));
}

/**
 * Share of what it spent by which a point's coupons may overspend by now, and moving it will do. Measured on the evening
 * peak, three points in four at 1000, 2000, 4000 and 6000 CNY: up to 8, 5, 4 and 3 % after the price or the demand has
 * changed by 2 %, 26, 14, 10 and 6 % after 5 % of the price, 54, 29, 20 and 11 % after 10 %.
 */
const NEAR_BY_SHARE = 0.45;
/** Coupons of points without any are rounding, money. */
const SAME_MONEY = 1e-3;
/** Share of the points that may be elsewhere; one of them always. */
const MOST_ELSEWHERE_SHARE = 0.25;

/**
 * Whether earlier points are still near what can be reached under a budget, so that moving them will do: elsewhere other
 * stations may be worth their coupons now, which only a search from anywhere finds.
 * @param states of the points under this scenario; null where they are none.
 */
export function areNearBy(
  points: readonly EarlierPoint[],
  states: readonly (readonly ClassState[] | null)[],
  cap: SubsidyCap,
): boolean {
  const all = points.map((_, index) => index);
  const found = all.filter((index) => cap !== null && points[index].point.certificate.subsidyCap === cap);
  // Of a budget that is new, or none that could be overspent, those of the others tell.
  const asked = found.length > 0 ? found : all;
  const elsewhere = asked.filter((index) => {
    const { certificate } = points[index].point;
    const now = states[index];
    if (!now) return true;
    const most = certificate.subsidyCap === null ? Infinity : (1 + NEAR_BY_SHARE) * certificate.subsidy;
    return subsidyOf(now) > most + SAME_MONEY;
  });
  return (
    elsewhere.length < asked.length && elsewhere.length <= Math.max(1, MOST_ELSEWHERE_SHARE * asked.length)
  );
}
