/**
 * Reads the properties of a block by the table in properties.ts: values in base units on one side, what is wrong on
 * the other. The validators report the problems, the scenario builder takes the values.
 */
import type { AstNode } from 'langium';
import type { Amount, Entry, Feeder, Property, Quantity, Step } from './generated/ast.js';
import { isAmount, isFeeder, isProperty, isShapeUse, isStep } from './generated/ast.js';
import { closest } from './did-you-mean.js';
import type { Problem } from './problem.js';
import type { BlockKind, PropertyRule } from './properties.js';
import { PROPERTIES, SHAPED_BLOCKS } from './properties.js';
import type { Dimension } from './quantities.js';
import type { QuantityValue } from './quantity-reader.js';
import { readQuantity } from './quantity-reader.js';
import { parseTime } from './time.js';

export interface StepValue {
  readonly node: Step;
  readonly minutes: number;
  readonly value: number;
}

/** The value of one property, in the base unit of its dimension. */
export interface Reading {
  readonly rule: PropertyRule;
  readonly node: Entry;
  readonly dimension: Dimension;
  /** Value, lower and upper end; all equal unless a range was written. */
  readonly low: number;
  readonly high: number;
  /** Only where steps were written; then `low` and `high` are their extremes. */
  readonly steps?: readonly StepValue[];
}

export interface BlockReading {
  readonly values: ReadonlyMap<string, Reading>;
  /** Where money appears, to be held against the currency of the scenario. */
  readonly currencies: readonly { readonly node: Quantity; readonly code: string }[];
  readonly problems: readonly Problem[];
}

/** A node with a block; the settings of a feeder stand among its buses and lines. */
export type BlockNode = AstNode & { readonly entries: Entry[] };

/** In base units; far beyond anything real, and small enough that products of values (a load, its shape) stay numbers. */
const LARGEST_VALUE = 1e15;

const readings = new WeakMap<AstNode, BlockReading>();

/** Reads a block once; a document's nodes never change, so the reading is kept as long as they live. */
export function readBlock(node: BlockNode | Feeder, kind: BlockKind): BlockReading {
  let reading = readings.get(node);
  if (!reading) {
    reading = new BlockReader(node, kind).read();
    readings.set(node, reading);
  }
  return reading;
}

/** The name of a property as it is written. */
export function propertyKey(property: Property): string | undefined {
  return property.key === 'value' ? 'value of time' : property.key;
}

class BlockReader {
  private readonly problems: Problem[] = [];
  private readonly values = new Map<string, Reading>();
  private readonly currencies: { node: Quantity; code: string }[] = [];
  private readonly rules: readonly PropertyRule[];
  private readonly entries: readonly Entry[];

  constructor(
    private readonly block: BlockNode | Feeder,
    private readonly kind: BlockKind,
  ) {
    this.rules = PROPERTIES[kind];
    this.entries = isFeeder(block) ? block.members.filter(isProperty) : block.entries;
  }

  read(): BlockReading {
    const looseSteps: Step[] = [];
    let shapes = 0;
    for (const entry of this.entries) {
      if (isProperty(entry)) this.readProperty(entry);
      else if (isAmount(entry)) this.readBare(entry);
      else if (isStep(entry)) looseSteps.push(entry);
      else if (isShapeUse(entry)) this.checkShapeUse(entry, ++shapes);
    }
    if (looseSteps.length > 0) this.readLooseSteps(looseSteps);
    this.checkRequired();
    return { values: this.values, currencies: this.currencies, problems: this.problems };
  }

  private readProperty(property: Property): void {
    const key = propertyKey(property);
    if (key === undefined) return;
    const rules = this.rules.filter((rule) => rule.key === key);
    if (rules.length === 0) return this.reportUnknown(property, key);
    if (property.amount) return this.readAmount(property, property.amount, rules);
    if (property.steps.length > 0) return this.readSteps(property, property.steps, rules);
    this.error('value-missing', property, `'${key}' needs a value, for example '${rules[0].example}'.`, {
      data: { example: rules[0].example },
    });
    this.values.set(rules[0].id, undefinedReading(rules[0], property));
  }

  private reportUnknown(property: Property, key: string): void {
    const known = Object.values(PROPERTIES).some((rules) => rules.some((rule) => rule.key === key));
    const here = [...new Set(this.rules.flatMap((rule) => rule.key ?? []))];
    const code = known ? 'property-misplaced' : 'property-unknown';
    const suggestion = closest(key, here);
    const takes = here.length > 0 ? ` It takes ${list(here)}.` : '';
    const guess = suggestion ? ` Did you mean '${suggestion}'?` : takes;
    const text = known ? `${BLOCK_TITLES[this.kind]} has no '${key}'.` : `Unknown property '${key}'.`;
    this.error(code, property, text + guess, {
      property: 'key',
      data: { key, suggestion: suggestion ?? null },
    });
  }

  /** A bare amount belongs to the rule whose dimension its unit measures. */
  private readBare(amount: Amount): void {
    const bare = this.rules.filter((rule) => rule.bare);
    if (bare.length > 0) return this.readAmount(amount, amount, bare);
    const unit = amount.low?.unit ?? amount.high?.unit;
    this.error(
      'value-form',
      amount,
      `A value needs the name of its property before it${unit ? `: what is in ${unit}?` : '.'}`,
    );
  }

  private readLooseSteps(steps: Step[]): void {
    const rules = this.rules.filter(
      (rule) => rule.bare && (rule.form === 'profile' || rule.form === 'steps'),
    );
    if (rules.length > 0) return this.readSteps(steps[0], steps, rules);
    this.error(
      'value-form',
      steps[0],
      `${BLOCK_TITLES[this.kind]} has no values that change with time here.`,
    );
  }

  private readAmount(entry: Entry, amount: Amount, rules: readonly PropertyRule[]): void {
    const dimensions = rules.flatMap((rule) => rule.dimensions);
    const inherited = amount.high && !amount.low?.unit ? amount.high.unit : undefined;
    const low = this.readNumber(amount.low, dimensions, inherited);
    const high = amount.high ? this.readNumber(amount.high, low ? [low.dimension] : dimensions) : low;
    if (!low || !high) {
      // Marked as present, so that one mistake does not count as a missing property as well.
      this.markPresent(entry, rules, low?.dimension ?? high?.dimension);
      return;
    }
    const rule = rules.find((candidate) =>
      (candidate.dimensions as readonly Dimension[]).includes(low.dimension),
    )!;
    const ends = this.interpretForm(rule, amount, low.value, high.value);
    if (ends)
      this.accept({ rule, node: entry, dimension: low.dimension, low: ends[0], high: ends[1] }, amount);
    else this.markPresent(entry, [rule], low.dimension);
  }

  private readNumber(
    node: Quantity | undefined,
    dimensions: readonly Dimension[],
    inherited?: string,
  ): QuantityValue | undefined {
    const quantity = readQuantity(node, dimensions, (problem) => this.problems.push(problem), inherited);
    if (node && quantity?.currency) this.currencies.push({ node, code: quantity.currency });
    return quantity;
  }

  /** Lower and upper end by the form of the rule; undefined, with a problem, when the form does not fit. */
  private interpretForm(
    rule: PropertyRule,
    amount: Amount,
    low: number,
    high: number,
  ): [number, number] | undefined {
    const ranged = amount.high !== undefined;
    switch (rule.form) {
      case 'single':
      case 'profile':
        if (!ranged && !amount.upTo) return [low, low];
        break;
      case 'upTo':
        if (!ranged && amount.upTo) return [low, low];
        break;
      case 'range':
        if (ranged && !amount.upTo) return [low, high];
        if (!ranged && amount.upTo) return [0, low];
        break;
      case 'band':
        if (ranged && !amount.upTo) return [low, high];
        if (!ranged) return [amount.upTo ? 0 : -Math.abs(low), amount.upTo ? low : Math.abs(low)];
        break;
      case 'steps':
        break;
    }
    this.error('value-form', amount, `Write '${rule.example}': ${FORMS[rule.form]}.`, {
      data: { form: rule.form, example: rule.example },
    });
    return undefined;
  }

  private readSteps(entry: Entry, steps: readonly Step[], rules: readonly PropertyRule[]): void {
    const rule =
      rules.find((candidate) => candidate.form === 'profile' || candidate.form === 'steps') ?? rules[0];
    if (rule.form !== 'profile' && rule.form !== 'steps') {
      this.error('value-form', steps[0], `Write '${rule.example}': ${FORMS[rule.form]}.`, {
        data: { form: rule.form, example: rule.example },
      });
      return this.markPresent(entry, [rule], undefined);
    }
    const values: StepValue[] = [];
    let dimension: Dimension = rule.dimensions[0];
    for (const step of steps) {
      const minutes = parseTime(step.time);
      if (minutes === undefined) {
        this.error('time-invalid', step, `'${step.time}' is not a time of day; minutes go from 00 to 59.`, {
          property: 'time',
        });
      }
      const quantity = this.readNumber(step.value, rule.dimensions);
      if (!quantity || minutes === undefined) continue;
      this.checkValue(rule, quantity.value, step.value);
      dimension = quantity.dimension;
      const last = values.at(-1);
      if (last && minutes <= last.minutes) {
        this.error(
          'time-order',
          step,
          `Steps go forward in time: ${step.time} is not after ${last.node.time}.`,
          { property: 'time' },
        );
      } else {
        values.push({ node: step, minutes, value: quantity.value });
      }
    }
    const numbers = values.map(({ value }) => value);
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    this.accept({ rule, node: entry, dimension, low, high, steps: values });
  }

  private accept(reading: Reading, amount?: Amount): void {
    const { rule, node } = reading;
    const earlier = this.values.get(rule.id);
    if (earlier) {
      this.error('property-duplicate', node, `'${rule.id}' is already given in this block.`, {
        related: [{ node: earlier.node, message: 'given here first' }],
      });
      return;
    }
    if (amount) {
      this.checkValue(rule, reading.low, amount.low);
      if (amount.high) this.checkValue(rule, reading.high, amount.high);
      const empty = rule.id === 'voltage' ? reading.low >= reading.high : reading.low > reading.high;
      if ((rule.form === 'range' || rule.form === 'band') && empty) {
        this.error('range-order', amount, 'The first end of a range is the lower one.');
      }
    }
    this.values.set(rule.id, reading);
  }

  private checkValue(rule: PropertyRule, value: number, node: Quantity): void {
    const name = `'${rule.id}'`;
    if (!(Math.abs(value) <= LARGEST_VALUE)) {
      this.error('value-too-large', node, `${name} is too large a number.`);
    } else if (rule.sign === 'positive' && value <= 0) {
      this.error('value-not-positive', node, `${name} must be greater than zero.`);
    } else if (rule.sign === 'nonnegative' && value < 0) {
      this.error('value-negative', node, `${name} must not be negative.`);
    } else if (rule.most !== undefined && value > rule.most) {
      this.error('value-too-large', node, `${name} must not exceed ${rule.most * 100} %.`);
    } else if (rule.whole && !Number.isInteger(value)) {
      this.error('value-not-whole', node, `${name} must be a whole number.`);
    } else if (rule.plausible && value !== 0 && (value < rule.plausible[0] || value > rule.plausible[1])) {
      const message = `${name} of ${node.value}${node.unit ? ` ${node.unit}` : ''} is unusual: check the unit.`;
      this.problems.push({ severity: 'warning', code: 'unit-implausible', message, node });
    }
  }

  private checkShapeUse(node: Entry, count: number): void {
    if (!SHAPED_BLOCKS.has(this.kind)) {
      this.error('property-misplaced', node, `${BLOCK_TITLES[this.kind]} has no 'shape'.`, {
        data: { key: 'shape', suggestion: null },
      });
    } else if (count > 1) {
      this.error('property-duplicate', node, `'shape' is already given in this block.`);
    }
  }

  /** The settings of a feeder may be spread over several blocks: validation/feeder.ts looks for them. */
  private checkRequired(): void {
    if (this.kind === 'feeder') return;
    for (const rule of this.rules) {
      if (!rule.required || this.values.has(rule.id)) continue;
      const what = rule.key ? `'${rule.key}'` : `its ${rule.id}`;
      this.error(
        'property-missing',
        this.block,
        `${BLOCK_TITLES[this.kind]} needs ${what}, for example '${rule.example}'.`,
        {
          ...anchorOf(this.block, this.kind),
          data: { rule: rule.id, example: rule.example },
        },
      );
    }
  }

  private markPresent(entry: Entry, rules: readonly PropertyRule[], dimension: Dimension | undefined): void {
    const fits = rules.find((rule) => dimension && rule.dimensions.includes(dimension));
    const rule = fits ?? rules.find((candidate) => !this.values.has(candidate.id));
    if (rule && !this.values.has(rule.id)) this.values.set(rule.id, undefinedReading(rule, entry));
  }

  private error(code: Problem['code'], node: AstNode, message: string, more: Partial<Problem> = {}): void {
    this.problems.push({ severity: 'error', code, message, node, ...more });
  }
}

/** Stands for a property that is written, but cannot be read. */
function undefinedReading(rule: PropertyRule, node: Entry): Reading {
  return { rule, node, dimension: rule.dimensions[0], low: Number.NaN, high: Number.NaN };
}

const FORMS: Record<PropertyRule['form'], string> = {
  single: 'one value, without `up to` and without an end',
  upTo: 'a largest value, with `up to`',
  range: 'a range from the lower to the upper end',
  band: 'a range from the lower to the upper end',
  profile: 'one value, or a time before each value',
  steps: 'a time before each value',
};

/** How messages speak of a block. */
export const BLOCK_TITLES: Readonly<Record<BlockKind, string>> = {
  travelers: 'The travelers block',
  link: 'A link',
  demand: 'A demand',
  charging: 'The charging service of a station',
  v2g: 'The V2G service of a station',
  feeder: 'A feeder',
  bus: 'A bus',
  line: 'A line',
  source: 'A source',
  generator: 'A generator',
  pv: 'A PV system',
  shape: 'A shape',
};

/** Underlines the word that opens the block, not the whole block. */
function anchorOf(block: AstNode, kind: BlockKind): Pick<Problem, 'property' | 'keyword'> {
  if (kind === 'charging' || kind === 'v2g') return { property: 'kind' };
  return 'name' in block ? { property: 'name' } : { keyword: kind };
}

function list(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
