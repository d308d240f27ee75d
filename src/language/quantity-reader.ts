/** Reads one quantity of a file: its value in the base unit, or what is wrong with it. */
import type { Quantity } from './generated/ast.js';
import { closest } from './did-you-mean.js';
import type { Report } from './problem.js';
import type { Dimension, Unit } from './quantities.js';
import { DIMENSIONS, parseUnit, toBase, unitsFor } from './quantities.js';

export interface QuantityValue {
  /** In the base unit of the dimension. */
  readonly value: number;
  readonly dimension: Dimension;
  /** Currency code in the unit, if any. */
  readonly currency: string | null;
}

/** Currency offered in messages where the file's own is not at hand. */
const ANY_CURRENCY = 'CNY';

/**
 * @param dimensions What may be measured here, the usual one first.
 * @param inherited Unit of the other end of a range, for an end without one.
 */
export function readQuantity(
  quantity: Quantity | undefined,
  dimensions: readonly Dimension[],
  report: Report,
  inherited?: string,
): QuantityValue | undefined {
  // While a number is being typed, the parser may make up a quantity without one.
  if (quantity?.value === undefined) return undefined;
  const text = quantity.unit ?? inherited ?? '';
  const unit = parseUnit(text);
  const dimension = unit && dimensions.find((candidate) => unit.dimensions.includes(candidate));
  if (unit && dimension) {
    return { value: toBase(quantity.value, unit, dimension)!, dimension, currency: unit.currency };
  }
  report({ severity: 'error', node: quantity, ...describe(text, unit, dimensions) });
  return undefined;
}

function describe(text: string, unit: Unit | undefined, dimensions: readonly Dimension[]) {
  const expected = dimensions
    .flatMap((dimension) => unitsFor(dimension, ANY_CURRENCY))
    .filter((name) => name !== '');
  const wanted = dimensions.map((dimension) => DIMENSIONS[dimension].article).join(' or ');
  const examples = expected.length > 0 ? `, in ${expected.slice(0, 3).join(' or ')}` : ', without a unit';
  const suggestion = closest(text, expected);
  const data = { expected, suggestion: suggestion ?? null, dimension: dimensions[0] };
  if (text === '') {
    return {
      code: 'unit-missing',
      message: `The unit is missing: this is ${wanted}${examples}.`,
      data,
    } as const;
  }
  const property = 'unit';
  if (!unit) {
    const guess = suggestion ? ` Did you mean '${suggestion}'?` : ` This is ${wanted}${examples}.`;
    return { code: 'unit-unknown', message: `Unknown unit '${text}'.${guess}`, property, data } as const;
  }
  const measured = DIMENSIONS[unit.dimensions[0]].article;
  const message = `'${text}' measures ${measured}; needed is ${wanted}${examples}.`;
  return { code: 'unit-wrong', message, property, data } as const;
}
