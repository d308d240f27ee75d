/**
 * A characterize study as its author states it: at one set of axes, or at each interval of a range of times; cold, or
 * from what an earlier run found. Every certified point is an equilibrium of the whole horizon, so that what is found
 * for one interval is a point and a start for the next ones; what the feeder can serve is computed once for all.
 */
import type { CharacterizeResult, IntervalResult } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { RunOptions, WarmStart } from '../study-run.js';
import type { Axis, CharacterizeSpec } from '../study-spec.js';
import type { IntervalRegion } from '../feeder/region.js';
import { characterize } from './characterize.js';
import type { EarlierRegions } from './earlier.js';
import { keepFeeder, keptFeeder } from './kept-feeder.js';

export async function characterizeOverTime(
  scenario: Scenario,
  spec: CharacterizeSpec,
  options: RunOptions,
): Promise<CharacterizeResult> {
  const { warm } = options;
  const frames = [spec.axes, ...(spec.laterAxes ?? [])];
  const moving = movingAxis(frames);
  const found: CharacterizeResult[] = [];
  let feeder: readonly IntervalRegion[] = warm?.result.feederRegions
    ? keptFeeder(warm.result.feederRegions, warm.scenario, scenario)
    : [];
  for (const [index, axes] of frames.entries()) {
    const before = warm ? earlierAt(warm, axes) : [];
    const frame = await characterize(
      scenario,
      { ...spec, axes },
      {
        ...options,
        onProgress: (progress) => options.onProgress?.({ ...progress, ...countOf(index, frames.length) }),
        onPartial: (partial) => options.onPartial?.(() => joined([...found, partial()], true, moving)),
      },
      undefined,
      {
        earlier: [...before, ...found.map(({ regions }) => ({ scenario, regions }))],
        replaceStarts: before.length > 0,
        feeder,
        onFeeder: (regions) => (feeder = regions),
      },
    );
    found.push(frame);
    if (frame.partial) break;
  }
  const partial = found.length < frames.length || found.some((frame) => frame.partial);
  return {
    ...joined(found, partial, moving),
    ...(feeder.length > 0 ? { feederRegions: keepFeeder(feeder) } : {}),
  };
}

/** Which of several regions is being computed; nothing where there is only one. */
function countOf(index: number, count: number): { interval?: { index: number; count: number } } {
  return count > 1 ? { interval: { index, count } } : {};
}

/** What the earlier run found on the same axes; on any others where it has none there. */
function earlierAt({ scenario, result }: WarmStart, axes: readonly Axis[]): EarlierRegions[] {
  const text = JSON.stringify(axes);
  const all = [result, ...(result.laterIntervals ?? [])];
  const same = all.filter((each) => JSON.stringify(each.axes) === text);
  if (same.length === 0) return all.map(({ regions }) => ({ scenario, regions }));
  return same.map(({ regions, partial, startingPatterns }) => ({
    ...{ scenario, regions, startingPatterns },
    ...(partial ? {} : { solved: result.directions }),
  }));
}

/** The first axis that moves over the intervals of the study; the first of all where none does. */
function movingAxis([first, second]: readonly (readonly Axis[])[]): number {
  return Math.max(
    0,
    second ? first.findIndex(({ interval }, axis) => interval !== second[axis].interval) : 0,
  );
}

function joined(
  [first, ...later]: readonly CharacterizeResult[],
  partial: boolean,
  moving: number,
): CharacterizeResult {
  if (later.length === 0) return { ...first, partial };
  return {
    ...first,
    partial,
    interval: first.axes[moving].interval,
    laterIntervals: later.map((frame): IntervalResult => {
      const { axes, couponFree, regions, feederHull, startingPatterns } = frame;
      const { interval } = axes[moving];
      return {
        ...{ interval, axes, partial: frame.partial, couponFree, regions },
        ...(feederHull ? { feederHull } : {}),
        ...(startingPatterns ? { startingPatterns } : {}),
      };
    }),
  };
}
