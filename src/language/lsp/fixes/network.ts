/** Fixes for stations, roads and feeders: couplings, reverse links, sources. */
import * as ast from '../../generated/ast.js';
import { quoteName } from '../../parser.js';
import type { EntryProgram } from '../entry-program.js';
import type { Fix, Fixers, FixSituation } from './fix.js';
import { insertAfter, insertInBlock, nodeOfType, textOf } from './fix.js';

export const NETWORK_FIXES: Fixers = {
  'station-uncoupled': (situation) => {
    const station = nodeOfType(situation, ast.isStation);
    if (!station) return [];
    const places = [freeNode(situation.program), freeBus(situation.program)].filter(Boolean).join(', ');
    const coupling = `couple ${quoteName(station.name)} { ${places || 'node n1'} }`;
    return [{ title: `Add '${coupling}'`, edits: insertAfter(station, coupling), preferred: true }];
  },
  'coupling-incomplete': (situation) => {
    const coupling = nodeOfType(situation, ast.isCoupling);
    const missing = textOf(situation.data, 'missing');
    const place = missing === 'bus' ? freeBus(situation.program) : freeNode(situation.program);
    if (!coupling || !place) return [];
    const edits = insertInBlock(coupling, place, situation.document);
    return [{ title: `Add '${place}'`, edits, preferred: true }];
  },
  'service-missing': (situation) => {
    const station = nodeOfType(situation, ast.isStation);
    if (!station) return [];
    const service = `charging { ports 60, power 60 kW, service 30 min, price 2 ${situation.program.currency}/kWh }`;
    return [{ title: 'Add a charging service', edits: insertInBlock(station, service, situation.document) }];
  },
  'source-missing': (situation) => {
    const feeder = nodeOfType(situation, ast.isFeeder);
    const bus = feeder?.members.find(ast.isBus)?.name;
    if (!feeder || !bus) return [];
    const source = `source Grid at ${quoteName(bus)} { -5 MW to 12 MW, -8 Mvar to 8 Mvar }`;
    const edits = insertInBlock(feeder, source, situation.document);
    return [{ title: `Add a source at '${bus}'`, edits, preferred: true }];
  },
  'bus-missing': (situation) => {
    const owner = nodeOfType(
      situation,
      (node) => ast.isSource(node) || ast.isGeneratorUnit(node) || ast.isPv(node),
    );
    const name = owner?.$cstNode && 'name' in owner ? situation.program.view.buses[0]?.name : undefined;
    if (!owner || !name) return [];
    const { end } = situation.diagnostic.range;
    return [
      {
        title: `Connect it at '${name}'`,
        edits: [{ range: { start: end, end }, newText: ` at ${quoteName(name)}` }],
      },
    ];
  },
  'demand-no-path': reverseLinksForDemand,
};

/** On a link without a way back: the link in the other direction, with the same properties. */
export function reverseLink({ node, program }: Pick<FixSituation, 'node' | 'program'>): Fix[] {
  let current: typeof node | undefined = node;
  while (current && !ast.isRoadLink(current)) current = current.$container;
  if (!current || hasReverse(current, program)) return [];
  const title = `Add the reverse link ${current.to.$refText} -> ${current.from.$refText}`;
  return [{ title, edits: insertAfter(current, reversed(current)) }];
}

function hasReverse(link: ast.RoadLink, { view }: EntryProgram): boolean {
  const [from, to] = [link.from?.$refText, link.to?.$refText];
  if (!from || !to || from === to) return true;
  return view.links.some((other) => other.from?.$refText === to && other.to?.$refText === from);
}

function reversed(link: ast.RoadLink): string {
  const text = link.$cstNode!.text;
  const block = text.includes('{') ? text.slice(text.indexOf('{')) : '';
  return `link ${quoteName(link.to.$refText)} -> ${quoteName(link.from.$refText)} ${block}`.trimEnd();
}

/** The fewest reverse links of the same file that make a path: a 0-1 shortest path over links in both directions. */
function reverseLinksForDemand(situation: FixSituation): Fix[] {
  const demand = nodeOfType(situation, ast.isDemand);
  const [from, to] = [demand?.from?.$refText, demand?.to?.$refText];
  if (!from || !to) return [];
  const reached = new Map<string, { readonly added: readonly ast.RoadLink[] }>([[from, { added: [] }]]);
  const steps = stepsBetween(situation.program);
  let frontier = [from];
  while (frontier.length > 0 && !reached.has(to)) {
    const next: string[] = [];
    for (const node of frontier) {
      for (const { target, against } of steps.get(node) ?? []) {
        const added = [...reached.get(node)!.added, ...(against ? [against] : [])];
        const known = reached.get(target);
        if (known && known.added.length <= added.length) continue;
        reached.set(target, { added });
        (against ? next : frontier).push(target);
      }
    }
    frontier = next;
  }
  const links = (reached.get(to)?.added ?? []).filter((link) => isIn(situation, link));
  if (links.length === 0 || links.length !== reached.get(to)!.added.length) return [];
  const names = links.map((link) => `${link.to.$refText} -> ${link.from.$refText}`).join(', ');
  return [
    {
      title: `Add the reverse ${links.length === 1 ? 'link' : 'links'} ${names}`,
      edits: links.flatMap((link) => insertAfter(link, reversed(link))),
    },
  ];
}

interface RoadStep {
  readonly target: string;
  /** The link that would need a reverse one. */
  readonly against: ast.RoadLink | undefined;
}

function stepsBetween({ view }: EntryProgram): ReadonlyMap<string, RoadStep[]> {
  const steps = new Map<string, RoadStep[]>();
  const add = (from: string, step: RoadStep) => {
    const list = steps.get(from);
    if (list) list.push(step);
    else steps.set(from, [step]);
  };
  for (const link of view.links) {
    if (!link.from?.ref || !link.to?.ref) continue;
    add(link.from.$refText, { target: link.to.$refText, against: undefined });
    add(link.to.$refText, { target: link.from.$refText, against: link });
  }
  return steps;
}

function isIn({ document }: FixSituation, link: ast.RoadLink): boolean {
  return link.$container?.$container === document.parseResult.value;
}

/** The first node at which no station stands yet. */
function freeNode({ view }: EntryProgram): string | undefined {
  const taken = new Set(view.couplings.flatMap(({ nodes }) => nodes.map(({ $refText }) => $refText)));
  const free = view.nodes.find(({ name }) => name && !taken.has(name));
  return free && `node ${quoteName(free.name)}`;
}

/** The first bus but the source's at which no station is connected yet. */
function freeBus({ view }: EntryProgram): string | undefined {
  const taken = new Set([
    ...view.couplings.flatMap(({ buses }) => buses.map(({ $refText }) => $refText)),
    ...view.sources.map(({ bus }) => bus?.$refText),
  ]);
  const free = view.buses.find(({ name }) => name && !taken.has(name));
  return free && `bus ${quoteName(free.name)}`;
}
