import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Highs } from './load.js';
import { loadHighs } from './load.js';
import type { LinearModel, SavedBasis } from './model.js';
import { LinearModelBuilder, withModel } from './model.js';

/** max 3x + 5y, x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18 (Wyndor Glass, Hillier & Lieberman): 36 at (2, 6), duals 0, 3/2, 1. */
function wyndor(): LinearModelBuilder {
  const builder = new LinearModelBuilder();
  const x = builder.addColumn('doors', 0, Infinity, -3);
  const y = builder.addColumn('windows', 0, Infinity, -5);
  builder.addRow('plant 1', -Infinity, 4, [x], [1]);
  builder.addRow('plant 2', -Infinity, 12, [y], [2]);
  builder.addRow('plant 3', -Infinity, 18, [x, y], [3, 2]);
  return builder;
}

describe('LinearModel', () => {
  let highs: Highs;
  beforeAll(async () => {
    highs = await loadHighs();
  });

  it('solves a published example with its multipliers', () => {
    withModel(highs, wyndor(), {}, (model) => {
      const solution = model.solve();
      expect(solution.status).toBe('optimal');
      expect(solution.objective).toBeCloseTo(-36, 9);
      expect([...solution.columns]).toEqual([2, 6]);
      [0, -1.5, -1].forEach((dual, row) => expect(solution.rowDuals[row]).toBeCloseTo(dual, 9));
    });
  });

  it('re-solves after changed costs, bounds, coefficients and added and deleted rows', () => {
    withModel(highs, wyndor(), {}, (model) => {
      model.solve();
      const row = model.addRow('cut', -Infinity, 6, [0, 1], [1, 1]);
      expect(model.solve().objective).toBeCloseTo(-30, 9);
      model.deleteRows([row]);
      expect(model.rowNames).toEqual(['plant 1', 'plant 2', 'plant 3']);
      model.setCosts(0, Float64Array.of(-1, 0));
      expect(model.solve().objective).toBeCloseTo(-4, 9);
      model.setColumnBounds(0, 0, 1);
      model.setRowBounds(2, -Infinity, 1.5);
      model.setCoefficient(2, 0, 3);
      expect(model.solve().objective).toBeCloseTo(-0.5, 9);
    });
  });

  it('starts again from a saved basis, whatever was added and solved in between', () => {
    withModel(highs, wyndor(), {}, (model) => {
      model.solve();
      const basis = model.saveBasis();
      const row = model.addRow('cut', -Infinity, 6, [0, 1], [1, 1]);
      model.solve();
      model.deleteRows([row]);
      model.restoreBasis(basis);
      expect([...model.solve().columns]).toEqual([2, 6]);
    });
  });

  it('tells infeasible from unbounded without throwing', () => {
    withModel(highs, wyndor(), {}, (model) => {
      model.setRowBounds(0, 5, 6);
      model.setRowBounds(2, -Infinity, 10);
      expect(model.solve().status).toBe('infeasible');
    });
    const free = new LinearModelBuilder();
    free.addColumn('x', 0, Infinity, -1);
    withModel(highs, free, {}, (model) => expect(model.solve().status).toBe('unbounded'));
  });

  it('holds what was set last, whatever was set, added, deleted and restored before', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { minLength: 30, maxLength: 40 }), (changes) => {
        const plain: PlainModel = {
          cost: [-1, -2, -1],
          upper: [4, 5, 6],
          rows: [row(8, 1), row(9, 2), row(7, 3)],
        };
        withModel(highs, builderOf(plain), {}, (model) => {
          model.solve();
          const basis = model.saveBasis();
          for (const change of changes) {
            apply(change, plain, model, basis);
            expect(model.rowCount).toBe(plain.rows.length);
            expect(model.solve().objective).toBeCloseTo(optimum(highs, plain), 7);
          }
        });
      }),
      { numRuns: 40, seed: 3, endOnFailure: true },
    );
  });
});

/** maximise −cost·x over rows x0 + factor·x1 + x2 ≤ limit, all numbers such that there is an optimum. */
interface PlainModel {
  cost: number[];
  upper: number[];
  rows: { limit: number; values: number[] }[];
}

const row = (limit: number, factor: number): PlainModel['rows'][number] => ({
  limit,
  values: [1, factor, 1],
});

function builderOf({ cost, upper, rows }: PlainModel): LinearModelBuilder {
  const builder = new LinearModelBuilder();
  cost.forEach((each, column) => builder.addColumn(`x ${column}`, 0, upper[column], each));
  rows.forEach(({ limit, values }, at) => builder.addRow(`row ${at}`, -Infinity, limit, [0, 1, 2], values));
  return builder;
}

const optimum = (highs: Highs, plain: PlainModel): number =>
  withModel(highs, builderOf(plain), {}, (model) => model.solve().objective);

const amount = fc.integer({ min: 1, max: 3 });
const three = fc.array(amount, { minLength: 3, maxLength: 3 });
const anyRow = { at: fc.nat(3), value: amount };
const anyChange = fc.oneof(
  fc.record({ kind: fc.constant('costs' as const), values: three }),
  fc.record({ kind: fc.constant('cost' as const), at: fc.nat(2), value: amount }),
  fc.record({ kind: fc.constant('column bounds' as const), values: three }),
  fc.record({ kind: fc.constant('column bound' as const), at: fc.nat(2), value: amount }),
  fc.record({ kind: fc.constant('row bounds' as const), value: amount }),
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('row bound' as const), ...anyRow }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('coefficient' as const), column: fc.nat(2), ...anyRow }),
  },
  fc.record({ kind: fc.constant('add' as const), value: amount }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat(3) }),
  fc.record({ kind: fc.constant('restore' as const) }),
);
type Change = typeof anyChange extends fc.Arbitrary<infer Value> ? Value : never;

/** The same change of both. */
function apply(change: Change, plain: PlainModel, model: LinearModel, basis: SavedBasis): void {
  const { cost, upper, rows } = plain;
  const zeros = new Float64Array(3);
  switch (change.kind) {
    case 'costs':
      plain.cost = change.values.map((value) => -value);
      return model.setCosts(0, Float64Array.from(plain.cost));
    case 'cost':
      cost[change.at] = -change.value;
      return model.setCost(change.at, -change.value);
    case 'column bounds':
      plain.upper = change.values;
      return model.setColumnsBounds(0, zeros, Float64Array.from(change.values));
    case 'column bound':
      upper[change.at] = change.value;
      return model.setColumnBounds(change.at, 0, change.value);
    case 'row bounds':
      rows.forEach((each, at) => (each.limit = change.value + (at % 3)));
      return model.setRowsBounds(
        0,
        new Float64Array(rows.length).fill(-Infinity),
        Float64Array.from(rows, ({ limit }) => limit),
      );
    case 'add':
      rows.push(row(change.value, change.value));
      model.addRow('added', -Infinity, change.value, [0, 1, 2], [1, change.value, 1]);
      return;
    case 'restore':
      if (rows.length === 3) model.restoreBasis(basis);
      return;
    case 'row bound':
      if (rows.length === 0) return;
      rows[change.at % rows.length].limit = change.value;
      return model.setRowBounds(change.at % rows.length, -Infinity, change.value);
    case 'coefficient':
      if (rows.length === 0) return;
      rows[change.at % rows.length].values[change.column] = change.value;
      return model.setCoefficient(change.at % rows.length, change.column, change.value);
    case 'delete':
      if (rows.length === 0) return;
      model.deleteRows([change.at % rows.length]);
      rows.splice(change.at % rows.length, 1);
      return;
  }
}
