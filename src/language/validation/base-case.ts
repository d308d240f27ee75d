/** Slow: whether the feeder keeps its limits with its own loads alone, by a power flow for each interval. */
import type { AstNode } from 'langium';
import type { BaseCaseViolation } from '../../solver/feeder/base-case.js';
import { baseCaseViolations } from '../../solver/feeder/base-case.js';
import { toRadialNetwork } from '../../solver/feeder/radial.js';
import { intervalCount, type TimeGrid } from '../horizon.js';
import { isShapeUse } from '../generated/ast.js';
import type { Problem } from '../problem.js';
import type { ProgramView } from '../program.js';
import { lineId } from '../program.js';
import { buildFeeder } from '../scenario-builder.js';
import { formatTime } from '../time.js';
import type { CheckContext } from './context.js';
import { checkFeeder } from './feeder.js';
import { checkFeederTree } from './feeder-tree.js';
import { checkNames } from './names.js';
import { checkQuantities } from './quantities.js';

/** A feeder in a library has no horizon: its shapes count with their first value. */
const SINGLE_INTERVAL: TimeGrid = { startMinutes: 0, endMinutes: 60, stepMinutes: 60 };

/** Power flows of a longer horizon are made for this many intervals, evenly spaced, so that saving stays quick. */
const MOST_INTERVALS = 96;

const CODES = {
  voltage: 'base-case-voltage',
  current: 'base-case-current',
  collapse: 'base-case-collapse',
} as const satisfies Record<BaseCaseViolation['kind'], Problem['code']>;

export function checkBaseCase(context: CheckContext): void {
  const { view, own, isEntry, grid } = context;
  if (own.sources.length === 0 && !(isEntry && usesShapes(view))) return;
  const time = grid ?? SINGLE_INTERVAL;
  const feeder = isSound(context) ? buildFeeder(view, time) : null;
  if (!feeder) return;
  const count = intervalCount(time);
  const stride = Math.ceil(count / MOST_INTERVALS);
  const intervals = Array.from({ length: Math.ceil(count / stride) }, (_, index) => index * stride);
  for (const violation of baseCaseViolations(toRadialNetwork(feeder, count), intervals)) {
    const node = findElement(view, violation.kind === 'current' ? 'line' : 'bus', violation.element);
    const at = grid ? ` at ${formatTime(time.startMinutes + violation.interval * time.stepMinutes)}` : '';
    const related = violation.causes.flatMap(({ kind, id, message }) => {
      const cause = findElement(view, kind, id);
      return cause ? [{ node: cause, message }] : [];
    });
    const message = `Without stations and with idle generators${at}: ${violation.message}.`;
    context.warning(CODES[violation.kind], node ?? view.feeders[0], message, { related });
  }
}

/** A scenario gives the shapes of an imported feeder their times, so that its base case is another one there. */
function usesShapes(view: ProgramView): boolean {
  return [...view.buses, ...view.pvs].some(({ entries }) => entries.some(isShapeUse));
}

/** True when nothing is wrong with the feeder that keeps it from being solved; its own checks say what. */
function isSound(context: CheckContext): boolean {
  const { view } = context;
  let sound =
    view.sources.length === 1 &&
    view.lines.every(({ from, to }) => from.ref && to.ref) &&
    [...view.sources, ...view.generators, ...view.pvs].every(({ bus }) => bus?.ref) &&
    view.documents.every(
      ({ parseResult }) => parseResult.parserErrors.length + parseResult.lexerErrors.length === 0,
    );
  const listener: CheckContext = {
    ...context,
    own: view,
    isEntry: true,
    report: ({ severity }) => (sound &&= severity !== 'error'),
    error: () => (sound = false),
    warning: () => {},
  };
  for (const check of [checkNames, checkQuantities, checkFeeder, checkFeederTree]) if (sound) check(listener);
  return sound;
}

function findElement(view: ProgramView, kind: string, id: string): AstNode | undefined {
  if (kind === 'line') return view.lines.find((line) => lineId(line) === id);
  const named = { bus: view.buses, pv: view.pvs, generator: view.generators, source: view.sources }[kind];
  return named?.find(({ name }) => name === id);
}
