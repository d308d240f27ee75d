/** How far a half-space of the feeder's region moves with the current limits of its lines. */
import { BranchFlowProgramme } from '../feeder/branch-flow.js';
import type { LoadHalfSpace } from '../feeder/operating-case.js';
import { lineLoading } from '../feeder/limits.js';
import type { FeederModel } from '../feeder/operating-case.js';
import { controlBounds, controlCount, firstStation, flowOf } from '../feeder/operating-case.js';
import { DIRECTION_LOSS_COST, solveOpf } from '../feeder/opf.js';
import { lineLimitA } from '../feeder/radial.js';
import type { IntervalRegion } from '../feeder/region.js';
import type { Highs } from '../highs/load.js';

/** A line whose current is this close to its limit is at it. */
const AT_LIMIT = 1e-3;
/** Change of a limit for the central difference, as a share of it: well above what an optimal power flow is solved to. */
const SHARE = 0.01;
/** Optimal power flows are solved to this, MW: a thousandth of what a percent of a limit moves. */
const GAIN_MW = 1e-5;

/**
 * d offset / d limit in MW per ampere of the lines that are at their limit where the load is farthest along the normal:
 * a central difference of that optimal power flow, whose programmes take milliseconds each.
 */
export function offsetPerAmpere(
  highs: Highs,
  model: FeederModel,
  { interval, box }: IntervalRegion,
  { normal }: LoadHalfSpace,
): [line: string, mwPerAmpere: number][] {
  const { network } = model;
  const operatingCase = { interval, reserve: null };
  const cost = new Float64Array(controlCount(model));
  cost.set(
    normal.map((component) => 0 - component),
    firstStation(model),
  );
  const farthest = (limited: FeederModel): { controls: Float64Array; reachMw: number } | null => {
    const programme = new BranchFlowProgramme(highs, limited);
    try {
      const { optimum } = solveOpf(
        programme,
        limited,
        {
          case: operatingCase,
          bounds: controlBounds(limited, interval, box),
          cost,
          sourceCost: 0,
          lossCost: DIRECTION_LOSS_COST,
        },
        { gainTolerance: GAIN_MW },
      );
      if (!optimum) return null;
      const first = firstStation(limited);
      const reachMw = normal.reduce((sum, component, k) => sum + component * optimum.controls[first + k], 0);
      return { controls: optimum.controls, reachMw };
    } finally {
      programme.dispose();
    }
  };
  const base = farthest(model);
  if (!base) return [];
  const flow = flowOf(model, operatingCase, base.controls);
  return network.lineIds.flatMap((id, line): [string, number][] => {
    if (line === 0 || lineLoading(network, flow, line) < 1 - AT_LIMIT) return [];
    const withLimit = (factor: number): FeederModel => {
      const maxSquaredCurrentPu = network.maxSquaredCurrentPu.slice();
      maxSquaredCurrentPu[line] *= factor ** 2;
      return { ...model, network: { ...network, maxSquaredCurrentPu } };
    };
    const [more, less] = [farthest(withLimit(1 + SHARE)), farthest(withLimit(1 - SHARE))];
    if (!more || !less) return [];
    return [[id, (more.reachMw - less.reachMw) / (2 * SHARE * lineLimitA(network, line))]];
  });
}
