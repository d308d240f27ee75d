/**
 * AC power flow of a radial feeder by backward/forward sweep: with the voltages of the last round, loads and
 * injections give currents, which add up from the leaves to the source (backward); from the source voltage,
 * the currents give new voltages (forward). Per unit on 1 MVA; complex numbers as pairs.
 */
import type { Feeder, Line } from '../../solver/scenario.js';

export interface Complex {
  readonly re: number;
  readonly im: number;
}

export interface PowerFlow {
  /** Voltage magnitude by bus id, pu. */
  voltagePu: Map<string, number>;
  /** Current by line id, A. */
  currentA: Map<string, number>;
  /** What the source delivers. */
  source: { kw: number; kvar: number };
  lossKw: number;
}

interface Branch {
  line: Line;
  parent: string;
  bus: string;
}

const BASE_MVA = 1;
/** Change of voltage in the last round, pu; far below the 1e-6 that limits are checked to. */
const CONVERGED_PU = 1e-13;
const MAX_ROUNDS = 500;

/** Lines in the order of a walk from the source; null when they do not form one tree over all buses. */
export function radialOrder(feeder: Feeder): Branch[] | null {
  const root = feeder.sources[0]?.bus;
  if (feeder.sources.length !== 1 || feeder.lines.length !== feeder.buses.length - 1) return null;
  const branches: Branch[] = [];
  const reached = new Set([root]);
  const queue = [root];
  for (let bus = queue.shift(); bus !== undefined; bus = queue.shift()) {
    for (const line of feeder.lines) {
      const other = line.from === bus ? line.to : line.to === bus ? line.from : null;
      if (other === null || reached.has(other)) continue;
      reached.add(other);
      branches.push({ line, parent: bus, bus: other });
      queue.push(other);
    }
  }
  return reached.size === feeder.buses.length ? branches : null;
}

/**
 * @param demand net load by bus id, kW and kvar, the source's delivery left out
 * @returns null when the feeder is not radial or no voltage can serve the load
 */
export function powerFlow(
  feeder: Feeder,
  demand: ReadonlyMap<string, { kw: number; kvar: number }>,
): PowerFlow | null {
  const branches = radialOrder(feeder);
  if (!branches) return null;
  const baseOhm = feeder.baseKv ** 2 / BASE_MVA;
  const baseA = (BASE_MVA * 1000) / (Math.sqrt(3) * feeder.baseKv);
  const root = feeder.sources[0].bus;
  const slack: Complex = { re: feeder.sources[0].voltagePu, im: 0 };
  const voltage = new Map<string, Complex>(feeder.buses.map(({ id }) => [id, slack]));
  const current = new Map<string, Complex>();

  let change = Infinity;
  for (let round = 0; change > CONVERGED_PU; round++) {
    if (round === MAX_ROUNDS || Number.isNaN(change)) return null;
    for (const { id } of feeder.buses) current.set(id, loadCurrent(demand.get(id), voltage.get(id)!));
    for (const { parent, bus } of [...branches].reverse()) {
      const sum = current.get(parent)!;
      const own = current.get(bus)!;
      current.set(parent, { re: sum.re + own.re, im: sum.im + own.im });
    }
    change = 0;
    for (const { line, parent, bus } of branches) {
      const r = line.resistanceOhm / baseOhm;
      const x = line.reactanceOhm / baseOhm;
      const from = voltage.get(parent)!;
      const i = current.get(bus)!;
      const next = { re: from.re - (r * i.re - x * i.im), im: from.im - (r * i.im + x * i.re) };
      const last = voltage.get(bus)!;
      change = Math.max(change, Math.hypot(next.re - last.re, next.im - last.im));
      voltage.set(bus, next);
    }
  }

  const delivered = current.get(root)!;
  const lossPu = branches.reduce((sum, { line, bus }) => {
    const i = current.get(bus)!;
    return sum + (line.resistanceOhm / baseOhm) * (i.re ** 2 + i.im ** 2);
  }, 0);
  return {
    voltagePu: new Map([...voltage].map(([id, v]) => [id, Math.hypot(v.re, v.im)])),
    currentA: new Map(
      branches.map(({ line, bus }) => [
        line.id,
        baseA * Math.hypot(current.get(bus)!.re, current.get(bus)!.im),
      ]),
    ),
    source: {
      kw: 1000 * BASE_MVA * slack.re * delivered.re,
      kvar: -1000 * BASE_MVA * slack.re * delivered.im,
    },
    lossKw: 1000 * BASE_MVA * lossPu,
  };
}

/** Current that a constant-power load draws [I = (S/V)*]. */
function loadCurrent(load: { kw: number; kvar: number } | undefined, v: Complex): Complex {
  if (!load) return { re: 0, im: 0 };
  const p = load.kw / (1000 * BASE_MVA);
  const q = load.kvar / (1000 * BASE_MVA);
  const squared = v.re ** 2 + v.im ** 2;
  return { re: (p * v.re + q * v.im) / squared, im: (p * v.im - q * v.re) / squared };
}
