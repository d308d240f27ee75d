/**
 * Waiting times as rows of a relaxation. Per cell, with h present, W entering and T = c·(h/ports)³:
 *
 *   T between tangents and chord of each piece of [h̲, h̄]          T is convex in h
 *   x ≥ W̲·T + W·T̲ − W̲·T̲,  x ≥ W̄·T + W·T̄ − W̄·T̄              McCormick, x stands for W·T
 *
 * where W̲, W̄, T̲, T̄ belong to the piece, with copies of h, T, W and x for each piece: the convex hull of the pieces
 * (disjunctive formulation).
 */
import type { LinearModelBuilder } from '../highs/model.js';
import type { ServiceBlock } from '../traffic/columns.js';
import { waiting, waitingSlope } from './box.js';

/** Tangents per piece, at equal distances, both ends included. */
const TANGENTS = 4;
/** A cell whose waiting cost varies less than this is one piece, money. */
const FLAT_WAITING = 0.5;
/** Pieces get shorter where the curve is steeper: ends at (k / n)^0.6 of the range. */
const PIECE_POWER = 0.6;

/** Columns of one cell. */
export interface CellColumns {
  present: number;
  waiting: number;
  /** Of the groups whose equilibrium counts. */
  inflow: number;
  /** inflow × waiting, money. */
  product: number;
}

export interface CellRange {
  leastPresent: number;
  mostPresent: number;
  leastInflow: number;
  mostInflow: number;
  /** Present, at most, besides those who enter now. */
  mostOthers: number;
}

/** @returns the row of the chord, above which no waiting time is allowed; null where there are several. */
export function addWaitingRows(
  builder: LinearModelBuilder,
  service: ServiceBlock,
  columns: CellColumns,
  range: CellRange,
  pieces: number,
): number | null {
  const { leastPresent, mostPresent } = range;
  const variation = waiting(service, mostPresent) - waiting(service, leastPresent);
  if (pieces === 1 || variation < FLAT_WAITING || range.mostInflow === 0) {
    return addPiece(builder, service, columns, null, leastPresent, mostPresent, range);
  }
  const ends = Array.from(
    { length: pieces + 1 },
    (_, k) => leastPresent + (mostPresent - leastPresent) * (k / pieces) ** PIECE_POWER,
  );
  const copies: CellColumns[] = [];
  const shares: number[] = [];
  for (let piece = 0; piece < pieces; piece++) {
    const [lower, upper] = [ends[piece], ends[piece + 1]];
    const longest = waiting(service, upper);
    const copy = {
      present: builder.addColumn('present in piece', 0, upper),
      waiting: builder.addColumn('waiting in piece', 0, longest),
      inflow: builder.addColumn('inflow in piece', 0, range.mostInflow),
      product: builder.addColumn('inflow × waiting in piece', 0, range.mostInflow * longest),
    };
    const holds = builder.addColumn('share of piece', 0, 1);
    addPiece(builder, service, copy, holds, lower, upper, range);
    copies.push(copy);
    shares.push(holds);
  }
  for (const key of ['present', 'waiting', 'inflow', 'product'] as const) {
    const parts = copies.map((copy) => copy[key]);
    builder.addRow(`${key} of all pieces`, 0, 0, [columns[key], ...parts], [-1, ...parts.map(() => 1)]);
  }
  builder.addRow(
    'shares of pieces',
    1,
    1,
    shares,
    shares.map(() => 1),
  );
  return null;
}

/**
 * @param holds column by which every constant is multiplied; null for the constant itself.
 * @returns the row of the chord.
 */
function addPiece(
  builder: LinearModelBuilder,
  service: ServiceBlock,
  { present, waiting: wait, inflow, product }: CellColumns,
  holds: number | null,
  lower: number,
  upper: number,
  range: CellRange,
): number {
  const least = Math.max(range.leastInflow, lower - range.mostOthers);
  const most = Math.min(range.mostInflow, upper);
  const short = waiting(service, lower);
  const long = waiting(service, upper);
  /** Σ values·columns + constant ≥ 0. */
  const add = (name: string, columns: number[], values: number[], constant: number): number =>
    holds === null
      ? builder.addRow(name, -constant, Infinity, columns, values)
      : builder.addRow(name, 0, Infinity, [...columns, holds], [...values, constant]);
  if (holds !== null) {
    add('present ≥', [present], [1], -lower);
    add('present ≤', [present], [-1], upper);
    add('inflow ≥', [inflow], [1], -least);
    add('inflow ≤', [inflow], [-1], most);
  }
  for (let k = 0; k < TANGENTS; k++) {
    const at = lower + ((upper - lower) * k) / (TANGENTS - 1);
    const slope = waitingSlope(service, at);
    add('tangent', [wait, present], [1, -slope], slope * at - waiting(service, at));
  }
  const chord = upper > lower ? (long - short) / (upper - lower) : 0;
  const chordRow = add('chord', [wait, present], [-1, chord], short - chord * lower);
  add('product ≥ at least inflow', [product, wait, inflow], [1, -least, -short], least * short);
  add('product ≥ at most inflow', [product, wait, inflow], [1, -most, -long], most * long);
  return chordRow;
}
