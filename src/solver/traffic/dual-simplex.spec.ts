import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Highs } from '../highs/load.js';
import { loadHighs } from '../highs/load.js';
import { LinearModelBuilder, withModel } from '../highs/model.js';
import type { SmallProgram } from './dual-simplex.js';
import { minimise } from './dual-simplex.js';

interface Row {
  terms: readonly (readonly [variable: number, coefficient: number])[];
  limit: number;
  isEquality?: boolean;
}

function program(price: number[], cap: number[], rows: readonly Row[]): SmallProgram {
  const start = [0];
  for (const { terms } of rows) start.push(start[start.length - 1] + terms.length);
  return {
    price: Float64Array.from(price),
    cap: Float64Array.from(cap),
    start: Int32Array.from(start),
    variable: Int32Array.from(rows.flatMap(({ terms }) => terms.map(([variable]) => variable))),
    coefficient: Float64Array.from(rows.flatMap(({ terms }) => terms.map(([, coefficient]) => coefficient))),
    limit: Float64Array.from(rows, ({ limit }) => limit),
    isEquality: Uint8Array.from(rows, ({ isEquality }) => (isEquality ? 1 : 0)),
  };
}

const costOf = ({ price }: SmallProgram, x: Float64Array): number =>
  x.reduce((sum, value, variable) => sum + price[variable] * value, 0);

/** Largest violation of any constraint. */
function violationOf(of: SmallProgram, x: Float64Array): number {
  let most = 0;
  x.forEach((value, variable) => (most = Math.max(most, -value, value - of.cap[variable])));
  of.limit.forEach((limit, row) => {
    let excess = -limit;
    for (let entry = of.start[row]; entry < of.start[row + 1]; entry++)
      excess += of.coefficient[entry] * x[of.variable[entry]];
    most = Math.max(most, of.isEquality[row] ? Math.abs(excess) : excess);
  });
  return most;
}

/** Least cost by HiGHS; null where there is no solution. */
function oracle(highs: Highs, of: SmallProgram): number | null {
  const builder = new LinearModelBuilder();
  of.price.forEach((price, variable) => builder.addColumn(`x ${variable}`, 0, of.cap[variable], price));
  of.limit.forEach((limit, row) => {
    const terms = new Map<number, number>();
    for (let entry = of.start[row]; entry < of.start[row + 1]; entry++)
      terms.set(of.variable[entry], (terms.get(of.variable[entry]) ?? 0) + of.coefficient[entry]);
    const lower = of.isEquality[row] ? limit : -Infinity;
    builder.addRow(`row ${row}`, lower, limit, [...terms.keys()], [...terms.values()]);
  });
  return withModel(highs, builder, {}, (model) => {
    const { status, objective } = model.solve();
    expect(['optimal', 'infeasible']).toContain(status);
    return status === 'optimal' ? objective : null;
  });
}

/** Numbers that add up without rounding, with many ties: what is infeasible is so by a quarter at least. */
const quarters = (least: number, most: number) =>
  fc.integer({ min: 4 * least, max: 4 * most }).map((n) => n / 4);
const anyProgram = fc.integer({ min: 1, max: 9 }).chain((size) =>
  fc
    .record({
      price: fc.array(quarters(0, 4), { minLength: size, maxLength: size }),
      cap: fc.array(fc.oneof(quarters(0, 5), fc.constant(Infinity)), { minLength: size, maxLength: size }),
      inside: fc.array(quarters(0, 5), { minLength: size, maxLength: size }),
      rows: fc.array(
        fc.record({
          terms: fc.array(fc.tuple(fc.nat(size - 1), quarters(-2, 2)), { maxLength: 5 }),
          room: fc.oneof(fc.constant(0), quarters(0, 3)),
          isEquality: fc.boolean(),
        }),
        { maxLength: 20 },
      ),
      isShifted: fc.boolean(),
    })
    .map(({ price, cap, inside, rows, isShifted }) => {
      const point = inside.map((value, variable) => Math.min(value, cap[variable]));
      return program(
        price,
        cap,
        rows.map(({ terms, room, isEquality }, index) => {
          const activity = terms.reduce((sum, [variable, factor]) => sum + factor * point[variable], 0);
          const shift = isShifted && index === rows.length - 1 ? 2 : 0;
          return { terms, isEquality, limit: activity + (isEquality ? 0 : room) - shift };
        }),
      );
    }),
);

describe('minimise', () => {
  let highs: Highs;
  beforeAll(async () => (highs = await loadHighs()));

  it('solves a published example: the dual of Wyndor Glass (Hillier & Lieberman), 36 at (0, 3/2, 1)', () => {
    const wyndor = program([4, 12, 18], [Infinity, Infinity, Infinity], [
      { terms: [[0, -1], [2, -3]], limit: -3 },
      { terms: [[1, -2], [2, -2]], limit: -5 },
    ]); // prettier-ignore
    [0, 1.5, 1].forEach((value, variable) => expect(minimise(wyndor)?.[variable]).toBeCloseTo(value, 12));
  });

  it('keeps to caps, and tells what has no solution', () => {
    const sum = (limit: number): SmallProgram =>
      program([1, 2], [3, 4], [{ terms: [[0, 1], [1, 1]], limit, isEquality: true }]); // prettier-ignore
    expect([...(minimise(sum(5)) ?? [])]).toEqual([3, 2]);
    expect(minimise(sum(8))).toBeNull();
    expect(minimise(sum(-1))).toBeNull();
    expect([...(minimise(program([], [], [])) ?? [1])]).toEqual([]);
  });

  it('costs as much as what HiGHS finds, within the constraints', () => {
    let [solved, without] = [0, 0];
    fc.assert(
      fc.property(anyProgram, (of) => {
        const x = minimise(of);
        const least = oracle(highs, of);
        expect(x === null).toBe(least === null);
        if (x) solved++;
        else without++;
        if (!x || least === null) return;
        expect(violationOf(of, x)).toBeLessThanOrEqual(2e-9);
        expect(costOf(of, x)).toBeCloseTo(least, 6);
      }),
      { numRuns: 1000, seed: 7 },
    );
    expect(Math.min(solved, without)).toBeGreaterThan(100);
  });
});
