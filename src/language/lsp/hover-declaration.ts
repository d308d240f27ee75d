/** A declaration: what it is, and what follows from its values. */
import type { AstNode } from 'langium';
import { axesOf, intervalsOf, timedAxes } from '../axes.js';
import { readBlock } from '../block-reader.js';
import * as ast from '../generated/ast.js';
import { intervalCount, intervalIndex } from '../horizon.js';
import { baseCaseVoltages } from './base-case.js';
import { asBlockNode, blockKindOf } from './blocks.js';
import type { EntryProgram } from './entry-program.js';
import * as facts from './facts.js';
import { describeDefaults } from './hover-property.js';
import { readable, readableHours } from './numbers.js';
import { titleOf } from './outline.js';

/** Paragraphs of Markdown; names are user text and stand in code spans. */
export function describeDeclaration(node: AstNode, program: EntryProgram): string[] {
  const title = code(`${keywordOf(node)} ${titleOf(node) ?? ''}`.trim());
  return [title, ...derived(node, program), ...defaults(node)];
}

function derived(node: AstNode, program: EntryProgram): string[] {
  if (ast.isStation(node)) return describeStation(node, program);
  if (ast.isService(node)) return describeService(node);
  if (ast.isRoadLink(node)) return describeLink(node, program);
  if (ast.isDemand(node)) return describeDemand(node, program);
  if (ast.isRoadNode(node)) return describeNode(node, program);
  if (ast.isBus(node)) return describeBus(node, program);
  if (ast.isLine(node)) return describeLine(node);
  if (ast.isStudy(node)) return describeStudy(node, program);
  if (ast.isFeeder(node)) {
    const count = (is: (member: AstNode) => boolean) => node.members.filter(is).length;
    return [`${count(ast.isBus)} buses, ${count(ast.isLine)} lines in this block.`];
  }
  return [];
}

function describeStation(station: ast.Station, { view }: EntryProgram): string[] {
  const { chargingMw, v2gMw } = facts.stationRangeMw(station);
  const coupling = view.couplings.find((candidate) => candidate.station?.ref === station);
  const places = [...(coupling?.nodes ?? []), ...(coupling?.buses ?? [])].map(({ $refText }) =>
    code($refText),
  );
  return [
    `Net load from ${readable(-v2gMw)} MW to ${readable(chargingMw)} MW while every port is taken.`,
    places.length > 0 ? `Coupled to ${places.join(' and ')}` : 'Not coupled to a road node and a bus.',
  ];
}

function describeService(service: ast.Service): string[] {
  const megawatts = facts.capabilityMw(service);
  if (megawatts === undefined) return [];
  const what = service.kind === 'charging' ? 'Maximum load' : 'Maximum injection';
  return [`${what} with every port taken: ${readable(megawatts)} MW.`];
}

function describeLink(link: ast.RoadLink, program: EntryProgram): string[] {
  const hours = facts.freeFlowTimeH(link);
  const speed = facts.speedClass(link, program);
  const intervals = hours && program.grid && (hours * 60) / program.grid.stepMinutes;
  return [
    ...(hours
      ? [`Free flow ${readableHours(hours)}${intervals ? `, ${readable(intervals, 3)} intervals` : ''}.`]
      : []),
    speed
      ? `Free-flow speed class: ${speed.name} (${readable(speed.speed, 3)} map units per hour; median of the network ${readable(speed.medianSpeed, 3)}).`
      : 'Free-flow speed class: unknown, because its nodes have no positions.',
  ];
}

function describeDemand(demand: ast.Demand, program: EntryProgram): string[] {
  const { fastestH, paths } = facts.pairFacts(demand, program);
  if (fastestH === undefined) return ['No path leads from the origin to the destination.'];
  const count =
    paths === undefined ? `Paths: ${facts.MANY_PATHS}.` : `${paths} ${paths === 1 ? 'path' : 'paths'}.`;
  return [`Free-flow time ${readableHours(fastestH)} on the fastest path. ${count}`];
}

function describeNode(node: ast.RoadNode, { view }: EntryProgram): string[] {
  const inward = view.links.filter(({ to }) => to?.ref === node).length;
  const outward = view.links.filter(({ from }) => from?.ref === node).length;
  const stations = view.couplings.filter(({ nodes }) => nodes.some(({ ref }) => ref === node));
  const names = stations.map(({ station }) => code(station?.$refText ?? ''));
  return [
    `${inward} ${inward === 1 ? 'link' : 'links'} in, ${outward} out.${names.length > 0 ? ` Station ${names.join(', ')}.` : ''}`,
  ];
}

function describeBus(bus: ast.Bus, program: EntryProgram): string[] {
  const voltage = program.view.buses.includes(bus) ? baseCaseVoltages(program).get(bus.name) : undefined;
  if (!voltage) return ['Base-case voltage: not known before the scenario and its feeder are complete.'];
  const { lowestPu, highestPu } = voltage;
  const range = readable(lowestPu, 5) === readable(highestPu, 5);
  const text = range
    ? `${readable(lowestPu, 5)} pu`
    : `${readable(lowestPu, 5)} to ${readable(highestPu, 5)} pu`;
  return [`Base-case voltage (no stations, idle generators) ${text} over the horizon.`];
}

function describeLine(line: ast.Line): string[] {
  const impedance = facts.impedancePu(line);
  return impedance ? [`r + jx = ${readable(impedance.r)} + j${readable(impedance.x)} pu on 1 MVA.`] : [];
}

function describeStudy(study: ast.Study, { grid }: EntryProgram): string[] {
  const timed = timedAxes(axesOf(study));
  if (timed.length === 0) return [];
  const text = timed.map(({ axis, stated, fromMinutes, untilMinutes }) => {
    const name = code(axis.station?.$refText ?? '');
    if (!stated) return name;
    const indices = [fromMinutes, untilMinutes].flatMap((minutes) =>
      grid && minutes !== undefined ? readable(intervalIndex(grid, minutes)) : [],
    );
    const index =
      indices.length > 0 ? ` (interval${indices.length > 1 ? 's' : ''} ${indices.join(' to ')})` : '';
    return `${name} at ${stated.time}${stated.until === undefined ? '' : ` to ${stated.until}`}${index}`;
  });
  const of = grid ? ` of ${Math.floor(intervalCount(grid))} intervals` : '';
  const counts = grid ? timed.map((each) => intervalsOf(each, grid)) : [];
  const count = Math.floor(Math.max(1, ...counts));
  const regions = count > 1 ? ` One region at each of ${count} times.` : '';
  return [`${timed.length}-dimensional region${of}: ${text.join(', ')}.${regions}`];
}

function defaults(node: AstNode): string[] {
  const kind = blockKindOf(node);
  if (!kind) return [];
  return describeDefaults(kind, new Set(readBlock(asBlockNode(node), kind).values.keys()));
}

const KEYWORDS: Readonly<Record<string, string>> = {
  ScenarioHeader: 'scenario',
  RoadNode: 'node',
  RoadLink: 'link',
  GeneratorUnit: 'generator',
};

function keywordOf(node: AstNode): string {
  if (ast.isService(node)) return 'service';
  return KEYWORDS[node.$type] ?? node.$type.toLowerCase();
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}
