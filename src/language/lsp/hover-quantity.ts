/** A quantity in the SI-based unit that the solver takes and in the units of the field. */
import type { Quantity } from '../generated/ast.js';
import type { Dimension } from '../quantities.js';
import { DIMENSIONS, fromBase, parseUnit, toBase, unitsFor } from '../quantities.js';
import type { EntryProgram } from './entry-program.js';
import { readable } from './numbers.js';

/** SI itself, where the language computes in the field's unit instead: name and size of the base unit in it. */
const SI: Partial<Record<Dimension, readonly [unit: string, size: number]>> = {
  time: ['s', 3600],
  flow: ['veh/s', 1 / 3600],
  power: ['W', 1000],
  reactivePower: ['var', 1000],
  apparentPower: ['VA', 1000],
  voltage: ['V', 1000],
  angle: ['rad', Math.PI / 180],
  energyPrice: ['¤/J', 1 / 3.6e6],
  timePrice: ['¤/s', 1 / 3600],
};

export function describeQuantity(quantity: Quantity, { currency }: EntryProgram): string[] | undefined {
  const unit = parseUnit(quantity.unit ?? '');
  if (!unit || !Number.isFinite(quantity.value)) return undefined;
  const lines = unit.dimensions.slice(0, 1).flatMap((dimension) => {
    const base = toBase(quantity.value, unit, dimension);
    if (base === undefined) return [];
    const money = unit.currency ?? currency;
    const others = unitsFor(dimension, money)
      .filter((name) => name !== unit.name && name !== '')
      .flatMap((name) => {
        const other = parseUnit(name);
        const value = other && fromBase(base, other, dimension);
        return value === undefined ? [] : [`${readable(value, 6)} ${name}`];
      });
    const [si, size] = SI[dimension] ?? [];
    const text = si && size ? `${readable(base * size, 6)} ${si.replace('¤', money)}` : undefined;
    const inSi = text && si !== unit.name ? [`${text} (SI)`] : [];
    const title = `**${quantity.value} ${unit.name}**`.replace(' **', '**');
    return [
      `${title}: ${DIMENSIONS[dimension].article}`,
      ...[...others.filter((other) => other !== text), ...inSi].map((each) => `- ${each}`),
    ].join('\n');
  });
  return lines;
}
