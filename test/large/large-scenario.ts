/**
 * Scenarios of any length for measurements and for the fuzzer: a road grid with stations, and a feeder that is a
 * spine with laterals. What is generated has no errors, and is the same for the same size.
 */

/** Roads and a feeder, without a scenario, of about `lines` lines: what other files import. */
export function largeNetwork(lines: number): string {
  const roadLines = Math.floor(lines * 0.6);
  const columns = 40;
  // Each node of the grid has up to two links to the right and two downwards: four lines.
  const rows = Math.max(2, Math.round(roadLines / (4 * columns)));
  return [...roadGrid(rows, columns), '', ...feeder(lines - 4 * rows * columns), ''].join('\n');
}

/** A whole scenario of about `lines` lines in one file. */
export function largeScenario(lines: number): string {
  return `${preamble()}\n${largeNetwork(lines - 60)}\n${stations()}`;
}

/** A scenario of about `lines` lines that imports its network; the rest of the lines are demands. */
export function importingScenario(lines: number, network: string): string {
  const demands = Array.from({ length: Math.max(0, lines - 50) }, (_, index) => {
    const [from, to] = [1 + (index % 20), 21 + (index % 19)];
    return `  demand ${node(0, from)} -> ${node(1, to)} { ${100 + index} veh/h }`;
  });
  const unique = [...new Map(demands.map((line) => [line.split('{')[0], line])).values()];
  return [`import "${network}"`, preamble(), 'roads Demands {', ...unique, '}', stations()].join('\n');
}

function preamble(): string {
  return `/** Generated for measurements. */
scenario Large
horizon 17:00 to 19:00 step 10 min
currency CNY

travelers {
  charging 20 %
  v2g 10 %
  value of time 30 CNY/h
}
`;
}

function node(row: number, column: number): string {
  return `n${row}-${column}`;
}

function roadGrid(rows: number, columns: number): string[] {
  const lines = ['roads Grid {'];
  for (let row = 0; row < rows; row++) {
    lines.push(`  node ${Array.from({ length: columns }, (_, column) => node(row, column)).join(', ')}`);
  }
  const link = (from: string, to: string) =>
    lines.push(`  link ${from} -> ${to} { time 3 min, capacity 1800 veh/h }`);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const here = node(row, column);
      if (column + 1 < columns) {
        link(here, node(row, column + 1));
        link(node(row, column + 1), here);
      }
      if (row + 1 < rows) {
        link(here, node(row + 1, column));
        link(node(row + 1, column), here);
      }
    }
  }
  lines.push(`  demand ${node(0, 0)} -> ${node(1, 1)} { 17:00 300 veh/h, 18:00 200 veh/h }`, '}');
  return lines;
}

/** Half of the lines declare buses, half of them lines; laterals of ten buses leave the spine. */
function feeder(lines: number): string[] {
  const count = Math.max(3, Math.floor(lines / 2));
  const buses = Array.from(
    { length: count },
    (_, index) => `  bus b${index + 1} { load 0.1 kW, 0.05 kvar, shape Evening }`,
  );
  const branches = Array.from({ length: count - 1 }, (_, index) => {
    const parent = index % 10 === 0 ? Math.max(1, index - 9) : index + 1;
    return `  line b${parent} -- b${index + 2} { r 0.0001 ohm, x 0.0001 ohm, limit 4000 A }`;
  });
  return [
    'feeder Spine {',
    '  base 12.66 kV',
    '  voltage 0.93 to 1.07 pu',
    ...buses,
    ...branches,
    '  source Grid at b1 { -5 MW to 12 MW, -8 Mvar to 8 Mvar, voltage 1.0 pu, price 0.6 CNY/kWh }',
    '  shape Evening { 17:00 0.90, 18:00 1.00 }',
    '}',
  ];
}

function stations(): string {
  const station = (name: string, at: string, bus: string) => `station ${name} {
  charging { ports 60, power 60 kW, service 10 min, wait up to 20 min, price 2 CNY/kWh, coupon up to 2 CNY/kWh }
  v2g { ports 40, power 40 kW, service 10 min, wait up to 20 min, price 3 CNY/kWh, coupon up to 20 CNY }
}
couple ${name} { node ${at}, bus ${bus} }
`;
  return `${station('CS1', node(0, 1), 'b2')}${station('CS2', node(1, 0), 'b3')}
study Region characterize {
  axes CS1 at 18:00, CS2 at 18:00
  subsidy 1000 CNY, 2000 CNY
  directions every 45 deg
}
`;
}
