/** Ranges of the sums of flows that meet in a cell: each group splits its demand among its columns. */
import type { StationChoice } from '../traffic/station-choice.js';
import type { ClassBox } from './box.js';
import { presentFrom } from './reach.js';

interface GroupTerms {
  group: number;
  columns: number[];
  shares: number[];
}

/** One column's part in a cell's sum, beside what its group and the others can add. */
export interface SumTerm {
  column: number;
  share: number;
  groupLeast: number;
  groupMost: number;
  /** Of the group's other columns. */
  restLeast: number;
  restMost: number;
}

export interface CellTotal {
  least: number;
  most: number;
  terms: SumTerm[];
}

export class CellSums {
  private constructor(
    private readonly choice: StationChoice,
    private readonly cells: ReadonlyMap<number, GroupTerms[]>,
  ) {}

  static ofInflow(choice: StationChoice): CellSums {
    return CellSums.of(choice, (at) => [at]);
  }

  static ofPresent(choice: StationChoice): CellSums {
    const { blocks, intervals } = choice.columns;
    return CellSums.of(choice, (at) => presentFrom(at, blocks, intervals));
  }

  /** @param counts cells in whose sum a vehicle that enters a cell counts. */
  private static of(choice: StationChoice, counts: (at: number) => number[]): CellSums {
    const { groupStart, demand, start, cell, weight } = choice.columns;
    const cells = new Map<number, GroupTerms[]>();
    for (let group = 0; group < demand.length; group++) {
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
        const shares = new Map<number, number>();
        for (let entry = start[column]; entry < start[column + 1]; entry++)
          for (const at of counts(cell[entry])) shares.set(at, (shares.get(at) ?? 0) + weight[entry]);
        for (const [at, share] of shares) {
          const list = cells.get(at) ?? [];
          if (list.length === 0) cells.set(at, list);
          let terms = list[list.length - 1] as GroupTerms | undefined;
          if (terms?.group !== group) list.push((terms = { group, columns: [], shares: [] }));
          terms.columns.push(column);
          terms.shares.push(share);
        }
      }
    }
    return new CellSums(choice, cells);
  }

  forEachCell(box: ClassBox, visit: (at: number, total: CellTotal) => void): void {
    for (const [at, groups] of this.cells) {
      const total: CellTotal = { least: 0, most: 0, terms: [] };
      for (const { group, columns, shares } of groups) {
        const groupMost = this.extreme(box, group, columns, shares, 1);
        const groupLeast = -this.extreme(box, group, columns, shares, -1);
        total.least += groupLeast;
        total.most += groupMost;
        let [leastSum, mostSum] = [0, 0];
        columns.forEach((column, k) => {
          leastSum += shares[k] * box.leastFlow[column];
          mostSum += shares[k] * box.mostFlow[column];
        });
        columns.forEach((column, k) =>
          total.terms.push({
            column,
            share: shares[k],
            groupLeast,
            groupMost,
            restLeast: leastSum - shares[k] * box.leastFlow[column],
            restMost: mostSum - shares[k] * box.mostFlow[column],
          }),
        );
      }
      visit(at, total);
    }
  }

  /** The most of sign · Σ share · flow within the flows' ranges and the group's demand. */
  private extreme(box: ClassBox, group: number, columns: number[], shares: number[], sign: 1 | -1): number {
    const { groupStart, demand } = this.choice.columns;
    let left = demand[group];
    let total = 0;
    const options: { worth: number; room: number }[] = [];
    for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
      const k = columns.indexOf(column);
      const worth = k < 0 ? 0 : sign * shares[k];
      left -= box.leastFlow[column];
      total += worth * box.leastFlow[column];
      options.push({ worth, room: box.mostFlow[column] - box.leastFlow[column] });
    }
    options.sort((a, b) => b.worth - a.worth);
    for (const { worth, room } of options) {
      const taken = Math.max(0, Math.min(left, room));
      total += worth * taken;
      left -= taken;
    }
    return total;
  }
}
