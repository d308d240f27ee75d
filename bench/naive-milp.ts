/**
 * The same boundary point by the obvious mixed-integer programme, with a time limit: merged columns, a binary for each
 * complementarity of flow and reduced cost, waiting times as piecewise linear functions of the occupancy with a binary
 * for each piece, and the subsidy with the products of inflow and waiting relaxed by McCormick's inequalities. It is
 * kinder than the full network's programme would be: roads are constants, and paths with the same entry are one.
 */
import { loadHighs } from '../src/solver/highs/load.js';
import { LinearModelBuilder, withModel } from '../src/solver/highs/model.js';
import { boundaryPoint } from '../src/solver/region/boundary-point.js';
import { sweepDirections } from '../src/solver/region/directions.js';
import type { ClassModel } from '../src/solver/region/class-model.js';
import { couponsOf, bestStart, patternsFor } from '../src/solver/region/pool.js';
import { RegionContext } from '../src/solver/region/region-context.js';
import { eveningPeak } from '../test/fixtures/evening-peak.js';
import { timed } from './measure.js';

const TIME_LIMIT_S = 60;
const PIECES = 3;
const BUDGET = 2000;
const DIRECTION = [1, 0, 0];

/** Adds one class. @returns its terms of the subsidy, Σ flow·cost − Σ demand·least cost. */
function addClass(
  builder: LinearModelBuilder,
  { choice, axisLoads }: ClassModel,
): { columns: number[]; values: number[] } {
  const { columns, price, couponCap } = choice;
  const subsidy = { columns: [] as number[], values: [] as number[] };
  const cellCount = columns.blocks.length * columns.intervals;
  const reach = columns.demand.reduce((sum, vehicles) => sum + vehicles, 0);
  const flows = Array.from(columns.constant, (_, j) => builder.addColumn(`flow ${j}`, 0, Infinity));
  const cells = Array.from({ length: cellCount }, (_, cell) => {
    const block = columns.blocks[Math.floor(cell / columns.intervals)];
    if (block.kind !== 'service') throw new Error('a station cell is a service');
    const waiting = (present: number): number => block.waitingCost * (present / block.ports) ** 3;
    const longest = waiting(reach);
    const inflow = builder.addColumn(`inflow ${cell}`, 0, reach);
    const present = builder.addColumn(`present ${cell}`, 0, reach);
    const wait = builder.addColumn(`waiting ${cell}`, 0, longest);
    const coupon = builder.addColumn(`coupon ${cell}`, 0, couponCap[Math.floor(cell / columns.intervals)]);
    // Incremental pieces: each may be entered only when the one before is full.
    const parts = Array.from({ length: PIECES }, (_, k) =>
      builder.addColumn(`part ${cell} ${k}`, 0, reach / PIECES),
    );
    for (let k = 1; k < PIECES; k++) {
      const entered = builder.addBinary(`entered ${cell} ${k}`);
      builder.addRow('full', 0, Infinity, [parts[k - 1], entered], [1, -reach / PIECES]);
      builder.addRow('entered', -Infinity, 0, [parts[k], entered], [1, -reach / PIECES]);
    }
    builder.addRow('occupancy', 0, 0, [present, ...parts], [-1, ...parts.map(() => 1)]);
    const slopes = parts.map(
      (_, k) => (waiting((reach * (k + 1)) / PIECES) - waiting((reach * k) / PIECES)) / (reach / PIECES),
    );
    builder.addRow('waiting', 0, 0, [wait, ...parts], [-1, ...slopes]);
    const product = builder.addColumn(`inflow × waiting ${cell}`, 0, Infinity);
    builder.addRow('McCormick', -reach * longest, Infinity, [product, inflow, wait], [1, -longest, -reach]);
    subsidy.columns.push(product, inflow);
    subsidy.values.push(1, block.serviceCost + price[cell]);
    return { inflow, present, wait, coupon, service: block.serviceCost, dwell: block.dwell };
  });
  const entering = cells.map(({ inflow }) => new Map([[inflow, -1]]));
  for (let group = 0; group < columns.demand.length; group++) {
    const members = flows.slice(columns.groupStart[group], columns.groupStart[group + 1]);
    const demand = columns.demand[group];
    builder.addRow(
      'demand',
      demand,
      demand,
      members,
      members.map(() => 1),
    );
    const least = builder.addColumn(`least cost ${group}`, -Infinity, Infinity);
    subsidy.columns.push(least);
    subsidy.values.push(-demand);
    for (let j = columns.groupStart[group]; j < columns.groupStart[group + 1]; j++) {
      const reduced = builder.addColumn(`reduced ${j}`, 0, Infinity);
      const used = builder.addBinary(`used ${j}`);
      const terms = [least, reduced];
      const values = [1, 1];
      let constant = columns.constant[j];
      let largest = columns.constant[j];
      for (let entry = columns.start[j]; entry < columns.start[j + 1]; entry++) {
        const cell = columns.cell[entry];
        const weight = columns.weight[entry];
        const { wait, coupon, service } = cells[cell];
        terms.push(wait, coupon);
        values.push(-weight, weight);
        constant += weight * (service + price[cell]);
        largest += weight * reach;
        entering[cell].set(flows[j], (entering[cell].get(flows[j]) ?? 0) + weight);
      }
      builder.addRow('reduced cost', constant, constant, terms, values);
      builder.addRow('flow where used', -Infinity, 0, [flows[j], used], [1, -demand]);
      builder.addRow('reduced where unused', -Infinity, largest, [reduced, used], [1, largest]);
      subsidy.columns.push(flows[j]);
      subsidy.values.push(columns.constant[j]);
    }
  }
  cells.forEach(({ present, dwell }, cell) => {
    builder.addRow('inflow', 0, 0, [...entering[cell].keys()], [...entering[cell].values()]);
    const first = cell - (cell % columns.intervals);
    const inside = cells.slice(Math.max(first, cell - dwell + 1), cell + 1).map(({ inflow }) => inflow);
    builder.addRow('present', 0, 0, [present, ...inside], [-1, ...inside.map(() => 1)]);
  });
  axisLoads.forEach((load, axis) => {
    if (!load) return;
    const load_ = builder.addColumn(`load ${axis}`, -Infinity, Infinity, DIRECTION[axis]);
    builder.addRow('load', 0, 0, [load_, cells[load.cell].present], [-1, load.mwPerVehicle]);
  });
  return subsidy;
}

const highs = await loadHighs();
const axes = ['CS1', 'CS2', 'CS3'].map((station) => ({ station, interval: 6 }));
const context = new RegionContext(highs, { scenario: eveningPeak(), axes, feeder: null });
const directions = sweepDirections(axes.length, 45);
const pools = context.classes.map((model) =>
  patternsFor(context.model, model, directions).flatMap(
    (pattern) => model.respond(couponsOf(model, pattern)) ?? [],
  ),
);
const start = bestStart(pools, DIRECTION, BUDGET)?.states ?? context.couponFree;
const ours = timed(() => boundaryPoint(context, start, DIRECTION, BUDGET));
console.log(
  `one direction at ${BUDGET} CNY, this build: ${ours.ms.toFixed(0)} ms CPU, ` +
    `load ${ours.result.point?.supportMw?.toFixed(3)} MW, certified`,
);
const builder = new LinearModelBuilder();
const terms = context.classes.map((model) => addClass(builder, model));
builder.addRow(
  'subsidy',
  -Infinity,
  BUDGET,
  terms.flatMap(({ columns }) => columns),
  terms.flatMap(({ values }) => values),
);
const binaries = builder.columnNames.filter((name) => /^(used|entered)/.test(name)).length;
console.log(
  `naive MILP: ${builder.rowCount} × ${builder.columnCount}, ${binaries} binaries, at most ${TIME_LIMIT_S} s`,
);
withModel(highs, builder, { time_limit: TIME_LIMIT_S }, (model) => {
  const { ms, result } = timed(() => model.solve());
  const best = model.bestFound();
  console.log(
    `naive MILP: ${result.status === 'optimal' ? 'solved' : 'not solved'} in ${(ms / 1000).toFixed(0)} s CPU, ` +
      (best === null
        ? 'no solution found'
        : `best found ${best.toFixed(3)} MW, not an equilibrium of the true costs`),
  );
});
