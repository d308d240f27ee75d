/** Studies ask for what their kind can answer. */
import type { AstNode } from 'langium';
import type { Cap, Quantity, Study, StudyEntry } from '../generated/ast.js';
import {
  isAxes,
  isDirections,
  isExpect,
  isRegionUse,
  isReserve,
  isStaticInterval,
  isSubsidy,
  isTiers,
} from '../generated/ast.js';
import { axesOf, isSweep } from '../axes.js';
import { isWhole } from '../horizon.js';
import type { Dimension } from '../quantities.js';
import { readQuantity } from '../quantity-reader.js';
import { closest } from '../did-you-mean.js';
import { checkAxes } from './axes.js';
import type { CheckContext } from './context.js';
import { reportRepeated } from './context.js';
import { checkCurrency } from './quantities.js';

export const STUDY_KINDS = ['characterize', 'dispatch', 'compare'] as const;
export type StudyKind = (typeof STUDY_KINDS)[number];

/** Finer steps would ask for thousands of directions. */
const LEAST_ANGLE_DEG = 5;

interface EntryRule {
  readonly word: string;
  readonly is: (entry: StudyEntry) => boolean;
  readonly kinds: readonly StudyKind[];
  readonly required?: boolean;
  readonly example: string;
}

/** Which entries a study of each kind takes, in the order in which they read well. */
export const STUDY_ENTRIES: readonly EntryRule[] = [
  { word: 'axes', is: isAxes, kinds: ['characterize'], required: true, example: 'axes CS1 at 18:00' },
  { word: 'subsidy', is: isSubsidy, kinds: ['characterize'], example: 'subsidy 1000 CNY, 2000 CNY' },
  { word: 'directions', is: isDirections, kinds: ['characterize'], example: 'directions every 45 deg' },
  {
    word: 'region',
    is: isRegionUse,
    kinds: ['dispatch', 'compare'],
    required: true,
    example: 'region Region',
  },
  { word: 'reserve', is: isReserve, kinds: ['dispatch'], example: 'reserve 5 MW at b30 at 18:00' },
  { word: 'tiers', is: isTiers, kinds: ['dispatch'], example: 'tiers 1000 CNY, 2000 CNY' },
  {
    word: 'static',
    is: isStaticInterval,
    kinds: ['compare'],
    required: true,
    example: 'static interval 30 min',
  },
  { word: 'expect', is: isExpect, kinds: STUDY_KINDS, example: 'expect gap below 3 %' },
];

export function isStudyKind(kind: string | undefined): kind is StudyKind {
  return STUDY_KINDS.some((each) => each === kind);
}

export function checkStudies(context: CheckContext): void {
  for (const study of context.own.studies) {
    if (!isStudyKind(study.kind)) {
      const suggestion = closest(study.kind ?? '', STUDY_KINDS);
      const guess = suggestion ? `Did you mean '${suggestion}'?` : `It is one of ${STUDY_KINDS.join(', ')}.`;
      const message = `${study.kind ? `Unknown kind of study '${study.kind}'.` : 'The kind of the study is missing.'} ${guess}`;
      const at = { property: study.kind ? 'kind' : 'name', data: { suggestion: suggestion ?? null } };
      context.error('study-kind', study, message, at);
      continue;
    }
    checkEntries(context, study, study.kind);
    for (const entry of study.entries) checkEntry(context, entry);
    checkAxes(context, axesOf(study));
  }
}

function checkEntries(context: CheckContext, study: Study, kind: StudyKind): void {
  for (const rule of STUDY_ENTRIES) {
    const entries = study.entries.filter(rule.is);
    if (!rule.kinds.includes(kind)) {
      const message = `A '${kind}' study has no '${rule.word}'.`;
      for (const entry of entries)
        context.error('study-entry-misplaced', entry, message, { keyword: rule.word });
    } else if (entries.length === 0 && rule.required) {
      const message = `A '${kind}' study needs '${rule.word}', for example '${rule.example}'.`;
      const data = { entry: rule.word, example: rule.example };
      context.error('study-entry-missing', study, message, { property: 'name', data });
    } else if (entries.length > 1 && rule.word !== 'expect') {
      reportRepeated(
        context,
        entries,
        () => rule.word,
        () => ({
          code: 'study-entry-duplicate',
          message: `'${rule.word}' is given already in this study; list all values there.`,
          keyword: rule.word,
        }),
      );
    }
  }
}

function checkEntry(context: CheckContext, entry: StudyEntry): void {
  if (isSubsidy(entry)) checkBudgets(context, entry.caps);
  else if (isTiers(entry))
    checkAscending(
      context,
      entry.amounts.map((node) => ({ node, amount: readMoney(context, node) })),
    );
  else if (isDirections(entry)) checkDirections(context, entry.angle, entry.gap);
  else if (isReserve(entry)) checkPositive(context, entry.power, 'power');
  else if (isStaticInterval(entry)) checkStaticInterval(context, entry.length);
  else if (isRegionUse(entry)) {
    const kind = entry.study?.ref?.kind;
    if (!isStudyKind(kind)) return;
    if (kind === 'characterize') {
      if (!isSweep(axesOf(entry.study.ref))) return;
      const message = `'${entry.study.$refText}' has a region for each interval; name a study whose axes have one time each.`;
      context.error('region-kind', entry, message, { property: 'study' });
      return;
    }
    const message = `'${entry.study.$refText}' is a '${kind}' study; a region comes from a 'characterize' study.`;
    context.error('region-kind', entry, message, { property: 'study' });
  }
}

function checkBudgets(context: CheckContext, caps: readonly Cap[]): void {
  checkAscending(
    context,
    caps.map((node) => ({
      node,
      amount: node.unlimited ? Number.POSITIVE_INFINITY : readMoney(context, node.amount),
    })),
  );
}

/** Budgets and tiers rise, so that each region contains the one before. */
function checkAscending(
  context: CheckContext,
  items: readonly { node: AstNode; amount: number | undefined }[],
): void {
  const known = items.filter((item): item is { node: AstNode; amount: number } => item.amount !== undefined);
  for (const [index, { node, amount }] of known.entries()) {
    const before = known[index - 1];
    if (!before || amount > before.amount) continue;
    const message =
      amount === before.amount
        ? 'This amount is given twice.'
        : 'Amounts are listed from the least to the largest.';
    context.error('amounts-order', node, message);
  }
}

/** Amount in money, checked for its currency and sign. */
export function readMoney(context: CheckContext, node: Quantity | undefined): number | undefined {
  const quantity = readQuantity(node, ['money'], context.report);
  if (!node || !quantity) return undefined;
  if (quantity.currency) checkCurrency(context, node, quantity.currency);
  if (quantity.value < 0) context.error('value-negative', node, 'An amount of subsidy must not be negative.');
  return quantity.value;
}

function checkPositive(context: CheckContext, node: Quantity, dimension: Dimension): number | undefined {
  const value = readQuantity(node, [dimension], context.report)?.value;
  if (value !== undefined && !(value > 0)) {
    context.error('value-not-positive', node, 'This must be greater than zero.');
    return undefined;
  }
  return value;
}

function checkDirections(
  context: CheckContext,
  angle: Quantity | undefined,
  gap: Quantity | undefined,
): void {
  if (angle) {
    const degrees = readQuantity(angle, ['angle'], context.report)?.value;
    if (degrees !== undefined && !(degrees >= LEAST_ANGLE_DEG && degrees <= 90 && isWhole(90 / degrees))) {
      const message = `The angle between directions divides 90 deg and is at least ${LEAST_ANGLE_DEG} deg, for example 45 deg.`;
      context.error('directions-angle', angle, message);
    }
  }
  if (gap) checkGap(context, gap);
}

/** A gap is a share between 0 and 100 %. */
export function checkGap(context: CheckContext, gap: Quantity): void {
  const share = readQuantity(gap, ['share'], context.report)?.value;
  if (share === undefined || (share > 0 && share < 1)) return;
  context.error('directions-gap', gap, 'A gap lies between 0 and 100 %, for example 2 %.');
}

function checkStaticInterval(context: CheckContext, length: Quantity): void {
  const hours = checkPositive(context, length, 'time');
  const { grid } = context;
  if (hours === undefined || !grid) return;
  const [steps, parts] = [
    (hours * 60) / grid.stepMinutes,
    (grid.endMinutes - grid.startMinutes) / (hours * 60),
  ];
  if (isWhole(steps) && steps >= 1 && isWhole(parts)) return;
  const message = `A static interval is a whole number of steps of ${Number(grid.stepMinutes.toFixed(6))} min and divides the horizon.`;
  context.error('static-interval', length, message);
}
