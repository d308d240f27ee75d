/**
 * Where each part of a scenario is written, so that later stages can name the line of a limit.
 *
 * Keys: `station:CS1`, `station:CS1.charging.ports`, `couple:CS1`, `node:n1`, `link:n1->n5`, `link:n1->n5.capacity`,
 * `demand:n1->n2`, `travelers`, `horizon`, `bus:b30`, `line:b1--b2.limit`, `generator:DG18.power`,
 * `source:Grid.reactive power`, `pv:PV14.rating`, `feeder`, `feeder.voltage`, `study:Region`,
 * `study:Region.subsidy.2`, `study:Region.axes.0`, `study:Reserve.tiers.1`, `study:Reserve.reserve`,
 * `study:Region.expect.0`. Property names are those of properties.ts.
 */
import type { AstNode, CstNode } from 'langium';
import { AstUtils, GrammarUtils } from 'langium';
import { displayPath } from './display-path.js';
import type { BlockNode } from './block-reader.js';
import { readBlock } from './block-reader.js';
import type { Feeder } from './generated/ast.js';
import { isAxes, isExpect, isReserve, isSubsidy, isTiers } from './generated/ast.js';
import type { ProgramView } from './program.js';
import { lineId, linkId } from './program.js';
import type { BlockKind } from './properties.js';

/** A stretch of text; lines and columns count from 1, the end is exclusive. */
export interface SourceRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface SourceLocation {
  readonly file: string;
  readonly range: SourceRange;
}

export type SourceMap = ReadonlyMap<string, SourceLocation>;

export function buildSourceMap(view: ProgramView): SourceMap {
  const map = new Map<string, SourceLocation>();
  const add = (key: string, node: AstNode, property?: string) => {
    const location = locate(node, property);
    if (location && !map.has(key)) map.set(key, location);
  };
  const addBlock = (key: string, node: BlockNode | Feeder, kind: BlockKind, name?: string) => {
    add(key, node, name);
    for (const [id, reading] of readBlock(node, kind).values) add(`${key}.${id}`, reading.node);
  };
  for (const horizon of view.horizons) add('horizon', horizon);
  for (const travelers of view.travelers) addBlock('travelers', travelers, 'travelers');
  for (const node of view.nodes) add(`node:${node.name}`, node);
  for (const link of view.links) addBlock(`link:${linkId(link)}`, link, 'link');
  for (const demand of view.demands) addBlock(`demand:${linkId(demand)}`, demand, 'demand');
  for (const station of view.stations) {
    add(`station:${station.name}`, station, 'name');
    for (const service of station.services)
      addBlock(`station:${station.name}.${service.kind}`, service, service.kind, 'kind');
  }
  for (const coupling of view.couplings) add(`couple:${coupling.station.$refText}`, coupling);
  for (const feeder of view.feeders) addBlock('feeder', feeder, 'feeder', 'name');
  for (const bus of view.buses) addBlock(`bus:${bus.name}`, bus, 'bus');
  for (const line of view.lines) addBlock(`line:${lineId(line)}`, line, 'line');
  for (const source of view.sources) addBlock(`source:${source.name}`, source, 'source');
  for (const generator of view.generators) addBlock(`generator:${generator.name}`, generator, 'generator');
  for (const pv of view.pvs) addBlock(`pv:${pv.name}`, pv, 'pv');
  for (const study of view.studies) {
    const key = `study:${study.name}`;
    add(key, study, 'name');
    let expectations = 0;
    for (const entry of study.entries) {
      if (isSubsidy(entry)) entry.caps.forEach((cap, index) => add(`${key}.subsidy.${index}`, cap));
      else if (isTiers(entry)) entry.amounts.forEach((amount, index) => add(`${key}.tiers.${index}`, amount));
      else if (isAxes(entry)) entry.axes.forEach((axis, index) => add(`${key}.axes.${index}`, axis));
      else if (isReserve(entry)) add(`${key}.reserve`, entry);
      else if (isExpect(entry)) add(`${key}.expect.${expectations++}`, entry);
    }
  }
  return map;
}

/** Where a node, or one property of it, is written; undefined for a node that the parser made up. */
export function locate(node: AstNode, property?: string): SourceLocation | undefined {
  const cst = (property && GrammarUtils.findNodeForProperty(node.$cstNode, property)) || node.$cstNode;
  return cst && { file: displayPath(AstUtils.getDocument(node).uri), range: rangeOf(cst.range) };
}

/** From the protocol's positions, which count from 0. */
export function rangeOf({ start, end }: CstNode['range']): SourceRange {
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
