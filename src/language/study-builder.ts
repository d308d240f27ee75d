/** From the study blocks of a program without errors to what the solver runs: names resolved, SI-based units. */
import type {
  CharacterizeSpec,
  CompareSpec,
  DispatchSpec,
  Expectation,
  StudySpec,
  SubsidyCap,
} from '../solver/study-spec.js';
import { axesByInterval, axesOf } from './axes.js';
import type * as ast from './generated/ast.js';
import {
  isDirections,
  isExpect,
  isExpectDimension,
  isExpectGap,
  isExpectRange,
  isExpectSide,
  isExpectTier,
  isExpectVolume,
  isRegionUse,
  isReserve,
  isStaticInterval,
  isSubsidy,
  isTiers,
} from './generated/ast.js';
import type { TimeGrid } from './horizon.js';
import { intervalIndex, readHorizon } from './horizon.js';
import type { ProgramView } from './program.js';
import type { Dimension } from './quantities.js';
import { readQuantity } from './quantity-reader.js';
import { parseTime } from './time.js';

/** Directions of a characterize study that names none: the paper's rotating hyperplane. */
export const DEFAULT_DIRECTIONS = { kind: 'every', degrees: 45 } as const;

/** Studies in the order of the text, those of the file itself first. */
export function buildStudies(view: ProgramView): StudySpec[] {
  const grid = view.horizons[0] && readHorizon(view.horizons[0], () => {});
  return grid ? view.studies.map((study) => buildStudy(study, grid)) : [];
}

function buildStudy(study: ast.Study, grid: TimeGrid): StudySpec {
  switch (study.kind) {
    case 'dispatch':
      return dispatch(study, grid);
    case 'compare':
      return compare(study, grid);
    default:
      return characterize(study, grid);
  }
}

function characterize(study: ast.Study, grid: TimeGrid): CharacterizeSpec {
  const [axes, ...laterAxes] = axesByInterval(axesOf(study), grid);
  const caps = study.entries.filter(isSubsidy).flatMap((entry) => entry.caps);
  const directions = study.entries.find(isDirections);
  return {
    kind: 'characterize',
    name: study.name,
    axes,
    ...(laterAxes.length > 0 ? { laterAxes } : {}),
    subsidyCaps: caps.length === 0 ? [null] : caps.map(capOf),
    directions: directions?.angle
      ? { kind: 'every', degrees: read(directions.angle, 'angle') }
      : directions?.gap
        ? { kind: 'until-gap', gap: read(directions.gap, 'share') }
        : DEFAULT_DIRECTIONS,
    expectations: expectations(study, grid),
  };
}

function dispatch(study: ast.Study, grid: TimeGrid): DispatchSpec {
  const reserve = study.entries.find(isReserve);
  return {
    kind: 'dispatch',
    name: study.name,
    region: study.entries.find(isRegionUse)?.study.$refText ?? '',
    reserve: reserve
      ? {
          bus: reserve.bus.$refText,
          interval: intervalOf(reserve.time, grid),
          mw: read(reserve.power, 'power') / 1000,
        }
      : null,
    tiers: study.entries
      .filter(isTiers)
      .flatMap((entry) => entry.amounts.map((amount) => read(amount, 'money'))),
    expectations: expectations(study, grid),
  };
}

function compare(study: ast.Study, grid: TimeGrid): CompareSpec {
  const length = study.entries.find(isStaticInterval)?.length;
  return {
    kind: 'compare',
    name: study.name,
    region: study.entries.find(isRegionUse)?.study.$refText ?? '',
    staticIntervalH: length ? read(length, 'time') : 0,
    expectations: expectations(study, grid),
  };
}

function expectations(study: ast.Study, grid: TimeGrid): Expectation[] {
  return study.entries.filter(isExpect).map((expect) => expectation(expect, grid));
}

function expectation(expect: ast.Expect, grid: TimeGrid): Expectation {
  const text = (expect.$cstNode?.text ?? '').replace(/\s+/g, ' ');
  if (isExpectVolume(expect)) {
    const [min, max] = readEnds(expect.min, expect.max, ['volume', 'area', 'length']);
    const interval = expect.time === undefined ? {} : { interval: intervalOf(expect.time, grid) };
    return { kind: 'volume', ...interval, subsidyCap: capOf(expect.cap), min, max, text };
  }
  if (isExpectRange(expect)) {
    const [min, max] = readEnds(expect.min, expect.max, ['power']);
    const station = expect.station.$refText;
    const interval = expect.time === undefined ? {} : { interval: intervalOf(expect.time, grid) };
    return {
      kind: 'range',
      station,
      ...interval,
      subsidyCap: capOf(expect.cap),
      minMw: min / 1000,
      maxMw: max / 1000,
      text,
    };
  }
  if (isExpectTier(expect)) return { kind: 'tier', subsidyCap: read(expect.amount, 'money'), text };
  if (isExpectSide(expect)) return { kind: expect.side, subsidyCap: capOf(expect.cap), text };
  if (isExpectGap(expect)) return { kind: 'gap', below: read(expect.gap, 'share'), text };
  if (isExpectDimension(expect)) return { kind: 'dimension', value: expect.value, text };
  return expect satisfies never;
}

function intervalOf(time: string, grid: TimeGrid): number {
  return intervalIndex(grid, parseTime(time) ?? grid.startMinutes);
}

function capOf(cap: ast.Cap): SubsidyCap {
  return cap.unlimited || !cap.amount ? null : read(cap.amount, 'money');
}

function read(quantity: ast.Quantity, ...dimensions: [Dimension, ...Dimension[]]): number {
  return readQuantity(quantity, dimensions, () => {})?.value ?? Number.NaN;
}

/** The ends of a range, where the lower one may leave its unit to the upper one. */
function readEnds(low: ast.Quantity, high: ast.Quantity, dimensions: readonly Dimension[]): [number, number] {
  const min = readQuantity(low, dimensions, () => {}, high.unit);
  const max = readQuantity(high, dimensions, () => {});
  return [min?.value ?? Number.NaN, max?.value ?? Number.NaN];
}
