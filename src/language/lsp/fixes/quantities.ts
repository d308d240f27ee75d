/** Fixes for numbers and units: add or correct a unit, convert between kW and MW, put ends in order. */
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.js';
import { fromBase, parseUnit, toBase, unitsFor } from '../../quantities.js';
import { readable } from '../numbers.js';
import type { Fix, Fixers, FixSituation } from './fix.js';
import { insertInBlock, nodeOfType, replaceNode, textOf } from './fix.js';

/** More units than this are a list rather than a choice. */
const MOST_UNITS = 4;

export const QUANTITY_FIXES: Fixers = {
  'unit-missing': (situation) => withUnits(situation, (unit) => `Add the unit '${unit}'`),
  'unit-unknown': (situation) => withUnits(situation, (unit) => `Change the unit to '${unit}'`),
  'unit-wrong': (situation) => withUnits(situation, (unit) => `Change the unit to '${unit}'`),
  'unit-implausible': (situation) => {
    const quantity = nodeOfType(situation, ast.isQuantity);
    if (!quantity) return [];
    return otherUnits(quantity, situation).map((unit) => ({
      title: `The number is in '${unit}'`,
      edits: replaceNode(quantity, write(quantity, unit)),
    }));
  },
  'currency-mismatch': (situation) => {
    const quantity = nodeOfType(situation, ast.isQuantity);
    const expected = textOf(situation.data, 'expected');
    const currency = parseUnit(quantity?.unit ?? '')?.currency;
    if (!quantity || !expected || !currency) return [];
    const unit = parseUnit(quantity.unit!)!.name.replace(currency, expected);
    return [
      { title: `Change the currency to ${expected}`, edits: replaceNode(quantity, write(quantity, unit)) },
    ];
  },
  'range-order': (situation) => {
    const amount = nodeOfType(situation, ast.isAmount) ?? nodeOfType(situation, ast.isExpect);
    if (!amount) return [];
    const [low, high] = ast.isAmount(amount)
      ? [amount.low, amount.high]
      : [(amount as ast.ExpectVolume).min, (amount as ast.ExpectVolume).max];
    if (!low?.$cstNode || !high?.$cstNode) return [];
    const unit = low.unit ?? high.unit;
    const edits = [
      ...replaceNode(low, write(high, high.unit ?? unit)),
      ...replaceNode(high, write(low, unit)),
    ];
    return [{ title: 'Swap the ends of the range', edits, preferred: true }];
  },
  'property-missing': (situation) => {
    const example = textOf(situation.data, 'example')?.replaceAll('CNY', situation.program.currency);
    const block = blockOf(situation);
    if (!example || !block) return [];
    const edits = insertInBlock(block, example, situation.document);
    return [{ title: `Add '${example}'`, edits, preferred: true }];
  },
  'value-missing': (situation) => {
    const example = textOf(situation.data, 'example')?.replaceAll('CNY', situation.program.currency);
    const property = nodeOfType(situation, ast.isProperty);
    if (!example || !property) return [];
    return [{ title: `Write '${example}'`, edits: replaceNode(property, example), preferred: true }];
  },
  'service-rounded': (situation) => {
    const property = nodeOfType(situation, ast.isProperty);
    const suggestion = textOf(situation.data, 'suggestion');
    if (!property?.amount || !suggestion) return [];
    return [
      { title: `Change to ${suggestion}`, edits: replaceNode(property.amount, suggestion), preferred: true },
    ];
  },
};

/** On any number with a unit: the same value in its other units, kW in MW. */
export function conversions(situation: Pick<FixSituation, 'program' | 'node'>): Fix[] {
  const { node } = situation;
  const quantity = ast.isQuantity(node) ? node : undefined;
  const unit = quantity && parseUnit(quantity.unit ?? '');
  if (!quantity || !unit || !Number.isFinite(quantity.value)) return [];
  const [dimension] = unit.dimensions;
  const base = toBase(quantity.value, unit, dimension);
  return otherUnits(quantity, situation).flatMap((name) => {
    const value = base === undefined ? undefined : fromBase(base, parseUnit(name)!, dimension);
    const text = value === undefined ? '' : readable(value, 12);
    // 7 min has no exact value in hours: a changed value would not be a conversion.
    if (text === '' || toBase(Number(text), parseUnit(name)!, dimension) !== base) return [];
    return [{ title: `Convert to ${text} ${name}`, edits: replaceNode(quantity, `${text} ${name}`) }];
  });
}

function otherUnits(quantity: ast.Quantity, { program }: Pick<FixSituation, 'program'>): string[] {
  const unit = parseUnit(quantity.unit ?? '');
  if (!unit) return [];
  const units = unitsFor(unit.dimensions[0], unit.currency ?? program.currency);
  return units.filter((name) => name !== unit.name && name !== '').slice(0, MOST_UNITS);
}

function withUnits(situation: FixSituation, title: (unit: string) => string): Fix[] {
  const quantity = nodeOfType(situation, ast.isQuantity);
  const expected = situation.data.expected;
  if (!quantity || !Array.isArray(expected)) return [];
  const suggestion = textOf(situation.data, 'suggestion');
  const units = [...(suggestion ? [suggestion] : []), ...expected.map(String)].map((unit) =>
    unit.replace('CNY', situation.program.currency),
  );
  return [...new Set(units)].slice(0, MOST_UNITS).map((unit, index) => ({
    title: title(unit),
    edits: replaceNode(quantity, write(quantity, unit)),
    preferred: index === 0 && (suggestion !== undefined || units.length === 1),
  }));
}

/** The number as its author wrote it, with a unit. */
function write(quantity: ast.Quantity, unit: string | undefined): string {
  const written = /^\S*?(?=[^\d.eE+\-\u2212]|$)/.exec(quantity.$cstNode?.text ?? '')?.[0];
  return `${written || quantity.value}${unit ? ` ${unit}` : ''}`;
}

function blockOf({ node }: FixSituation) {
  let current: AstNode | undefined = node;
  while (current && !('entries' in current) && !ast.isFeeder(current)) current = current.$container;
  return current;
}
