/** Holds the result of a study against what its author expects of it. Pure: nothing is solved here. */
import { BOUNDARY_MW } from '../dispatch/dispatch.js';
import type { CharacterizeResult, DispatchResult, Region, StudyResult } from '../result.js';
import type { Axis, Expectation, StudySpec, SubsidyCap } from '../study-spec.js';

/** What became of one `expect` line. */
export interface ExpectationOutcome {
  readonly passed: boolean;
  /** As the author wrote it, without the word `expect`: "volume at 2000 CNY in 55 to 68 MW^3". */
  readonly expected: string;
  /** In the same words and units: "62.2 MW^3". */
  readonly found: string;
}

/** Found values are told to this many digits: enough to see which side of a bound they lie on. */
const SHOWN_DIGITS = 6;
/** A range's ends may lie this far outside what is expected, MW: the accuracy of a certified coordinate. */
const RANGE_ROUNDING_MW = 1e-6;

type Verdict = Omit<ExpectationOutcome, 'expected'>;

/**
 * One outcome per expectation of the study, in their order.
 *
 * Of a compare study the static regions are meant. `dimension` and `gap` speak of every budget's region, `inside`
 * includes the boundary and what the budget pays (as `DispatchResult` says it). Nothing is true of a study that did not end.
 *
 * @param result of the study itself; undefined when it could not be run.
 * @param axes `regionAxes` of the study: `range` is looked up in them.
 */
export function evaluateExpectations(
  spec: StudySpec,
  result: StudyResult | undefined,
  axes: readonly Axis[],
  currency: string,
): ExpectationOutcome[] {
  const verdictOf = (expectation: Expectation): Verdict => {
    if (!result) return failed('no result');
    if (result.kind === 'characterize' && result.partial) return failed('a study that did not end');
    if (result.kind === 'dispatch') return ofDispatch(expectation, result, currency);
    if (result.kind === 'compare') return ofRegions(expectation, result.static, axes, currency);
    return ofIntervals(expectation, result, currency);
  };
  return spec.expectations.map((expectation) => ({
    expected: expectation.text.replace(/^expect\s+/, ''),
    ...verdictOf(expectation),
  }));
}

/** Axes of the region that a study is about, in the order of its coordinates. */
export function regionAxes(spec: StudySpec, studies: readonly StudySpec[]): readonly Axis[] {
  if (spec.kind === 'characterize') return spec.axes;
  const region = studies.find((study) => study.kind === 'characterize' && study.name === spec.region);
  return region?.kind === 'characterize' ? region.axes : [];
}

/** True of a study over a range of times when it is of the interval that is named, or of each where none is. */
function ofIntervals(expectation: Expectation, result: CharacterizeResult, currency: string): Verdict {
  const intervals = [result, ...(result.laterIntervals ?? [])];
  if (intervals.length === 1) return ofRegions(expectation, result.regions, result.axes, currency);
  const meant = intervals.filter(({ axes, interval: time }) => {
    if (expectation.kind === 'volume' && expectation.interval !== undefined)
      return time === expectation.interval;
    if (expectation.kind === 'range' && expectation.interval !== undefined)
      return axes.some(
        ({ station, interval }) => station === expectation.station && interval === expectation.interval,
      );
    return true;
  });
  const verdicts = meant.map(({ regions, axes }) => ofRegions(expectation, regions, axes, currency));
  if (verdicts.length === 0) return failed('no region at this time');
  const descriptions = new Set(verdicts.map(({ found }) => found));
  const found =
    descriptions.size === 1
      ? [...descriptions][0]
      : verdicts.map((verdict, index) => `${verdict.found} at interval ${meant[index].interval}`).join(', ');
  return { passed: verdicts.every(({ passed }) => passed), found };
}

function ofRegions(
  expectation: Expectation,
  regions: readonly Region[],
  axes: readonly Axis[],
  currency: string,
): Verdict {
  switch (expectation.kind) {
    case 'volume': {
      const region = regionAt(regions, expectation.subsidyCap);
      if (!region) return noRegion(expectation.subsidyCap, currency);
      const { measure, measureUnit } = region;
      const found = region.dimension === 0 ? 'a point' : `${shown(measure)} ${measureUnit}`;
      return { passed: measure >= expectation.min && measure <= expectation.max, found };
    }
    case 'range': {
      const region = regionAt(regions, expectation.subsidyCap);
      if (!region) return noRegion(expectation.subsidyCap, currency);
      const axis = axes.findIndex(
        ({ station, interval }) =>
          station === expectation.station &&
          (expectation.interval === undefined || interval === expectation.interval),
      );
      const range = region.ranges[axis];
      if (!range) return failed(`no axis of ${expectation.station}`);
      const passed =
        range.min >= expectation.minMw - RANGE_ROUNDING_MW &&
        range.max <= expectation.maxMw + RANGE_ROUNDING_MW;
      return { passed, found: `${shown(range.min)} to ${shown(range.max)} MW` };
    }
    case 'gap':
      return everyRegion(
        regions,
        currency,
        ({ estimatedGap }) => estimatedGap !== null && estimatedGap < expectation.below,
        ({ estimatedGap }) =>
          estimatedGap === null ? 'no gap computed' : `gap ${shown(100 * estimatedGap)} %`,
      );
    case 'dimension':
      return everyRegion(
        regions,
        currency,
        ({ dimension }) => dimension === expectation.value,
        ({ dimension }) => `dimension ${dimension}`,
      );
    default:
      return failed('a study without an operating point');
  }
}

function ofDispatch(expectation: Expectation, result: DispatchResult, currency: string): Verdict {
  switch (expectation.kind) {
    case 'tier': {
      const { tier, point } = result;
      const found = !point
        ? 'no feasible operating point'
        : tier === null
          ? 'a dispatch without tiers'
          : `tier ${shown(tier)} ${currency}`;
      return { passed: tier === expectation.subsidyCap, found };
    }
    case 'inside':
    case 'outside': {
      if (!result.point) return failed('no feasible operating point');
      const position = result.regions.find(({ subsidyCap }) => subsidyCap === expectation.subsidyCap);
      if (!position) return noRegion(expectation.subsidyCap, currency);
      const { inside, distanceMw } = position;
      return {
        passed: inside === (expectation.kind === 'inside'),
        found:
          inside && distanceMw < -BOUNDARY_MW
            ? `inside, ${shown(-distanceMw)} MW beyond what was found of the region`
            : `${inside ? 'inside' : 'outside'}, ${shown(Math.abs(distanceMw))} MW from the boundary`,
      };
    }
    default:
      return failed('a study without regions of its own');
  }
}

/** True when it is of every region, and of one at least; says what was found at each budget where they differ. */
function everyRegion(
  regions: readonly Region[],
  currency: string,
  holds: (region: Region) => boolean,
  describe: (region: Region) => string,
): Verdict {
  if (regions.length === 0) return failed('no region');
  const descriptions = new Set(regions.map(describe));
  const found =
    descriptions.size === 1
      ? [...descriptions][0]
      : regions.map((region) => `${describe(region)} at ${capText(region.subsidyCap, currency)}`).join(', ');
  return { passed: regions.every(holds), found };
}

function regionAt(regions: readonly Region[], cap: SubsidyCap): Region | undefined {
  return regions.find(({ subsidyCap, points }) => subsidyCap === cap && points.length > 0);
}

const failed = (found: string): Verdict => ({ passed: false, found });

const noRegion = (cap: SubsidyCap, currency: string): Verdict =>
  failed(`no region at ${capText(cap, currency)}`);

const capText = (cap: SubsidyCap, currency: string): string =>
  cap === null ? 'unlimited subsidy' : `${cap} ${currency}`;

const shown = (value: number): string => String(Number(value.toPrecision(SHOWN_DIGITS)));
