/** Stations offer services and are coupled once, to a node of the roads and, where there is a feeder, to a bus. */
import { readBlock } from '../block-reader.js';
import type { Service, Station } from '../generated/ast.js';
import type { TimeGrid } from '../horizon.js';
import { isWhole, MOST_INTERVALS } from '../horizon.js';
import type { CheckContext } from './context.js';
import { reportRepeated } from './context.js';

export function checkStations(context: CheckContext): void {
  for (const station of context.own.stations) checkServices(context, station);
  if (context.grid && context.isEntry) {
    for (const station of context.view.stations) {
      for (const service of station.services) checkDwell(context, service, context.grid);
    }
  }
  checkCouplings(context);
}

function checkServices(context: CheckContext, station: Station): void {
  if (station.services.length === 0) {
    const message = `Station '${station.name}' offers nothing; give it a 'charging' or a 'v2g' block.`;
    context.error('service-missing', station, message, { property: 'name' });
  }
  reportRepeated(
    context,
    station.services,
    (service) => service.kind,
    (_, kind) => ({
      code: 'service-duplicate',
      message: `'${kind}' is described already for station '${station.name}'.`,
      property: 'kind',
    }),
  );
}

function checkDwell(context: CheckContext, service: Service, grid: TimeGrid): void {
  if (!service.kind) return;
  const time = readBlock(service, service.kind).values.get('service');
  if (!time || !(time.low > 0)) return;
  const intervals = (time.low * 60) / grid.stepMinutes;
  if (intervals > MOST_INTERVALS) {
    const message = `A service of more than ${MOST_INTERVALS} intervals cannot be loaded: check the unit.`;
    context.error('value-too-large', time.node, message);
  } else if (!isWhole(intervals)) {
    const rounded = Number((Math.ceil(intervals) * grid.stepMinutes).toFixed(6));
    const message = `The service is not a whole number of intervals: a vehicle counts as load for ${rounded} min, its energy is that of the time given.`;
    context.warning('service-rounded', time.node, message, { data: { suggestion: `${rounded} min` } });
  }
}

function checkCouplings(context: CheckContext): void {
  const { own, view } = context;
  for (const coupling of own.couplings) {
    if (coupling.nodes.length === 0) {
      const message = "A coupling needs the node at which the station stands, for example 'node n6'.";
      context.error('coupling-incomplete', coupling, message, {
        property: 'station',
        data: { missing: 'node' },
      });
    }
    if (coupling.buses.length === 0 && view.feeders.length > 0) {
      const message = "A coupling needs the bus that the station is connected to, for example 'bus b22'.";
      context.error('coupling-incomplete', coupling, message, {
        property: 'station',
        data: { missing: 'bus' },
      });
    }
    for (const list of ['nodes', 'buses'] as const) {
      if (coupling[list].length < 2) continue;
      const message = `A station stands at one node and is connected to one bus.`;
      context.error('coupling-duplicate', coupling, message, { property: list, index: 1 });
    }
  }
  reportRepeated(
    context,
    view.couplings,
    ({ station }) => station.$refText,
    (_, name) => ({
      code: 'station-coupled-twice',
      message: `Station '${name}' is coupled already.`,
      property: 'station',
    }),
  );
  const single = new Map(view.couplings.map((coupling) => [coupling.station.$refText, coupling]));
  reportRepeated(
    context,
    [...single.values()],
    ({ nodes }) => nodes[0]?.$refText,
    (_, node) => ({
      code: 'node-coupled-twice',
      message: `Node '${node}' has a station already; give each station a node of its own, joined by a short link.`,
      property: 'nodes',
    }),
  );
  if (!context.isEntry) return;
  for (const station of view.stations) {
    if (single.has(station.name)) continue;
    const message = `Station '${station.name}' is not coupled: say where it stands, 'couple ${station.name} { node … }'.`;
    context.error('station-uncoupled', station, message, {
      property: 'name',
      data: { station: station.name },
    });
  }
}
