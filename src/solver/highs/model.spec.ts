import { beforeAll, describe, expect, it } from 'vitest';
import type { Highs } from './load.js';
import { loadHighs } from './load.js';
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
});
