/**
 * A lower bound of a linear programme from multipliers that need not be optimal nor exact: for any y,
 * min c·x ≥ Σ_i min(y_i·[row range]) + Σ_j min((c − Aᵀy)_j·[column range]) (Neumaier and Shcherbina 2004). So no
 * tolerance of the solver enters; what is left is the rounding of these sums, some 1e-12 of their terms.
 */
import type { ModelArrays } from '../highs/model.js';

/** Multipliers this small on a side without bound are the solver's rounding: left out, which any choice of y allows. */
const ROUNDING = 1e-9;
/** Relative rounding of the sums. */
const SUMMATION = 1e-11;

/** @param duals per row, as HiGHS gives them: positive on a row's lower side. */
export function dualBound(model: ModelArrays, costs: Float64Array, duals: Float64Array): number {
  const { columnLower, columnUpper, rowLower, rowUpper, starts, indices, values } = model;
  const reduced = costs.slice();
  let bound = 0;
  let magnitude = 0;
  for (let row = 0; row < rowLower.length; row++) {
    const side = duals[row] > 0 ? rowLower[row] : rowUpper[row];
    if (duals[row] === 0 || !Number.isFinite(side)) continue;
    bound += duals[row] * side;
    magnitude += Math.abs(duals[row] * side);
    for (let entry = starts[row]; entry < starts[row + 1]; entry++)
      reduced[indices[entry]] -= duals[row] * values[entry];
  }
  for (let column = 0; column < reduced.length; column++) {
    const side = reduced[column] > 0 ? columnLower[column] : columnUpper[column];
    if (reduced[column] === 0) continue;
    if (!Number.isFinite(side)) {
      if (Math.abs(reduced[column]) > ROUNDING * (1 + Math.abs(costs[column]))) return -Infinity;
      continue;
    }
    bound += reduced[column] * side;
    magnitude += Math.abs(reduced[column] * side);
  }
  return bound - SUMMATION * magnitude;
}
