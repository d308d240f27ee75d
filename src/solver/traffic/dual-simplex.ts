/**
 * Linear programmes of a few dozen variables, solved many thousand times: minimise price·x, price ≥ 0, subject to
 * 0 ≤ x ≤ cap and sparse rows row·x ≤ limit or row·x = limit. The dual simplex method over an explicit inverse: it
 * starts at x = 0, where the multipliers of the bounds are the prices, and as long as a constraint is violated lets
 * it take the place of one that holds with equality, the multipliers staying feasible [Lemke 1954; Goldfarb & Idnani
 * 1983 without the quadratic term]. Each programme is solved from nothing, so its answer depends on itself alone.
 */

/** Constraints are met to within this, in units of x. */
const FEASIBLE = 1e-9;
/** A multiplier of this size is nothing, in units of the prices. */
const NO_MULTIPLIER = 1e-9;
/** A constraint that depends on the tight ones has coefficients below this: rounding. */
const LEAST_PIVOT = 1e-7;
/** Fewer than one exchange per constraint is met; ties could, in theory, let the method go round in circles. */
const MAX_EXCHANGES_PER_CONSTRAINT = 10;

/** Rows over the variables, of which each may occur in a row more than once. */
export interface SparseRows {
  /** Entries of row i are start[i] … start[i+1] − 1. */
  readonly start: Int32Array;
  readonly variable: Int32Array;
  readonly coefficient: Float64Array;
  readonly limit: Float64Array;
  /** 1 where a row holds with equality. */
  readonly isEquality: Uint8Array;
}

export interface SmallProgram extends SparseRows {
  /** Per variable, ≥ 0. */
  readonly price: Float64Array;
  /** Per variable, ≥ 0 or Infinity. */
  readonly cap: Float64Array;
}

/** @returns the minimiser; null where no x meets the constraints. */
export function minimise(program: SmallProgram): Float64Array | null {
  return new DualSimplex(program).run();
}

/**
 * Constraints are numbered: the rows, the caps, then x ≥ 0. As many as there are variables are tight, one in each slot:
 * they make x a vertex, and the prices the sum of their gradients times their multipliers.
 */
class DualSimplex {
  private readonly size: number;
  private readonly rows: number;
  private readonly x: Float64Array;
  /** Per slot, whether the constraint that holds there with equality has to. */
  private readonly stays: Uint8Array;
  /** Per slot; ≥ 0 but at equalities. */
  private readonly multiplier: Float64Array;
  /** By variable and slot: change of x by which the constraint of the slot changes by one, the other slots' by nothing. */
  private readonly inverse: Float64Array;
  private readonly combination: Float64Array;
  private entering = -1;
  private excess = 0;

  constructor(private readonly program: SmallProgram) {
    const { price, limit } = program;
    const size = price.length;
    this.size = size;
    this.rows = limit.length;
    this.x = new Float64Array(size);
    this.stays = new Uint8Array(size);
    this.multiplier = price.slice();
    this.inverse = new Float64Array(size * size);
    for (let variable = 0; variable < size; variable++) this.inverse[variable * (size + 1)] = -1;
    this.combination = new Float64Array(size);
  }

  run(): Float64Array | null {
    const most = MAX_EXCHANGES_PER_CONSTRAINT * (this.rows + 2 * this.size);
    for (let exchanges = 0; exchanges <= most; exchanges++) {
      this.findViolated();
      if (this.entering < 0) return this.x;
      this.combine();
      const slot = this.leavingSlot();
      if (slot < 0) return null;
      this.exchange(slot);
    }
    return null;
  }

  /** Finds the constraint that is violated most, −1 when all are met, and by how much it is exceeded. */
  private findViolated(): void {
    const { start, variable, coefficient, limit, isEquality, cap } = this.program;
    const { x, rows, size } = this;
    let most = FEASIBLE;
    this.entering = -1;
    for (let row = 0; row < rows; row++) {
      let excess = -limit[row];
      for (let entry = start[row]; entry < start[row + 1]; entry++)
        excess += coefficient[entry] * x[variable[entry]];
      if (excess > most || (isEquality[row] && -excess > most)) {
        most = Math.abs(excess);
        this.entering = row;
        this.excess = excess;
      }
    }
    for (let at = 0; at < size; at++) {
      const overCap = x[at] - cap[at];
      const excess = Math.max(overCap, -x[at]);
      if (excess > most) {
        most = excess;
        this.entering = rows + (overCap > 0 ? 0 : size) + at;
        this.excess = excess;
      }
    }
  }

  /** The entering constraint as a combination of the tight ones; of its negative where an equality falls short. */
  private combine(): void {
    const { start, variable, coefficient } = this.program;
    const { rows, size, entering } = this;
    this.combination.fill(0);
    if (entering >= rows + size) this.addToCombination(entering - rows - size, -1);
    else if (entering >= rows) this.addToCombination(entering - rows, 1);
    else {
      const sign = Math.sign(this.excess);
      for (let entry = start[entering]; entry < start[entering + 1]; entry++)
        this.addToCombination(variable[entry], sign * coefficient[entry]);
    }
  }

  private addToCombination(variable: number, factor: number): void {
    const { size, inverse, combination } = this;
    const first = variable * size;
    for (let slot = 0; slot < size; slot++) combination[slot] += factor * inverse[first + slot];
  }

  /**
   * The slot whose multiplier is the first to vanish as that of the entering constraint grows; among those that vanish
   * at about the same time the one with the largest pivot [Harris 1973]. −1 if none does.
   */
  private leavingSlot(): number {
    const { combination, multiplier, stays } = this;
    let bound = Infinity;
    for (let slot = 0; slot < this.size; slot++) {
      if (stays[slot] || combination[slot] <= LEAST_PIVOT) continue;
      bound = Math.min(bound, (Math.max(0, multiplier[slot]) + NO_MULTIPLIER) / combination[slot]);
    }
    let found = -1;
    for (let slot = 0; slot < this.size; slot++) {
      if (stays[slot] || combination[slot] <= LEAST_PIVOT) continue;
      if (multiplier[slot] > bound * combination[slot]) continue;
      if (found < 0 || combination[slot] > combination[found]) found = slot;
    }
    return found;
  }

  private exchange(slot: number): void {
    const { size, rows, x, inverse, combination, multiplier, entering, excess } = this;
    const pivot = combination[slot];
    const sign = Math.sign(excess);
    for (let variable = 0; variable < size; variable++) {
      const first = variable * size;
      const along = inverse[first + slot] / pivot;
      if (along === 0) continue;
      x[variable] -= Math.abs(excess) * along;
      for (let other = 0; other < size; other++) inverse[first + other] -= combination[other] * along;
      inverse[first + slot] = sign * along;
    }
    const grown = Math.max(0, multiplier[slot]) / pivot;
    for (let other = 0; other < size; other++) multiplier[other] -= grown * combination[other];
    multiplier[slot] = sign * grown;
    this.stays[slot] = entering < rows ? this.program.isEquality[entering] : 0;
  }
}
