/** Fixes for names: did you mean, import the file that declares it, create what is missing, remove what is double. */
import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import type { ProgramDocument } from '../../program.js';
import * as ast from '../../generated/ast.js';
import { quoteName } from '../../parser.js';
import type { Fix, Fixers, FixSituation } from './fix.js';
import { insertBefore, insertInBlock, nodeOfType, removeNode, replaceRange, textOf } from './fix.js';

export const NAME_FIXES: Fixers = {
  'name-unknown': (situation) => [...didYouMean(situation), ...create(situation)],
  'name-not-imported': (situation) => {
    const path = textOf(situation.data, 'path');
    return path
      ? [{ title: `Import '${path}'`, edits: importEdits(path, situation.document), preferred: true }]
      : [];
  },
  'property-unknown': didYouMean,
  'study-kind': didYouMean,
  'import-duplicate': (situation) => remove(situation, ast.isImport, 'Remove the repeated import'),
  'import-cycle': (situation) => remove(situation, ast.isImport, 'Remove the import'),
  'link-duplicate': (situation) => remove(situation, ast.isRoadLink, 'Remove the repeated link'),
  'link-loop': (situation) => remove(situation, ast.isRoadLink, 'Remove the link'),
  'demand-duplicate': (situation) => remove(situation, ast.isDemand, 'Remove the repeated demand'),
  'demand-loop': (situation) => remove(situation, ast.isDemand, 'Remove the demand'),
  'demand-zero': (situation) => remove(situation, ast.isDemand, 'Remove the demand'),
  'line-duplicate': (situation) => remove(situation, ast.isLine, 'Remove the repeated line'),
  'line-loop': (situation) => remove(situation, ast.isLine, 'Remove the line'),
  'feeder-loop': (situation) => remove(situation, ast.isLine, 'Remove the line that closes the loop'),
  'station-coupled-twice': (situation) => remove(situation, ast.isCoupling, 'Remove the repeated coupling'),
  'service-duplicate': (situation) => remove(situation, ast.isService, 'Remove the repeated service'),
  'axis-duplicate': (situation) => remove(situation, ast.isAxis, 'Remove the repeated axis'),
  'property-duplicate': (situation) => remove(situation, isEntry, 'Remove the repeated property'),
  'property-misplaced': (situation) => remove(situation, isEntry, 'Remove the property'),
  'study-entry-duplicate': (situation) => remove(situation, isStudyEntry, 'Remove the repeated entry'),
  'study-entry-misplaced': (situation) => remove(situation, isStudyEntry, 'Remove the entry'),
};

function isEntry(node: AstNode): node is AstNode {
  return ast.isEntry(node);
}

function isStudyEntry(node: AstNode): node is AstNode {
  return ast.isStudyEntry(node);
}

function didYouMean({ diagnostic, data }: FixSituation): Fix[] {
  const suggestion = textOf(data, 'suggestion');
  if (!suggestion) return [];
  // Names may need quotes; kinds of studies and properties are words of the language.
  const text = data.kind === undefined ? suggestion : quoteName(suggestion);
  return [
    { title: `Change to '${suggestion}'`, edits: [replaceRange(diagnostic.range, text)], preferred: true },
  ];
}

function create(situation: FixSituation): Fix[] {
  const { document, data } = situation;
  const [kind, name] = [textOf(data, 'kind'), textOf(data, 'name')];
  const { elements } = document.parseResult.value;
  if (!kind || !name) return [];
  const written = quoteName(name);
  if (kind === 'RoadNode') {
    const roads = elements.find(ast.isRoads);
    const first = roads?.members[0];
    const edits = first ? insertBefore(first, `node ${written}`) : [];
    return edits.length > 0 ? [{ title: `Create the node '${name}'`, edits }] : [];
  }
  if (kind === 'Bus') {
    const feeder = elements.find(ast.isFeeder);
    const first = feeder?.members.find(ast.isBus) ?? feeder?.members[0];
    const edits = first ? insertBefore(first, `bus ${written}`) : [];
    return edits.length > 0 ? [{ title: `Create the bus '${name}'`, edits }] : [];
  }
  if (kind === 'Shape') {
    const feeder = AstUtils.getContainerOfType(situation.node, ast.isFeeder);
    const start = textOf({ text: situation.program.view.horizons[0]?.from }, 'text') ?? '00:00';
    const edits = feeder ? insertInBlock(feeder, `shape ${written} { ${start} 1 }`, document) : [];
    return edits.length > 0 ? [{ title: `Create the shape '${name}'`, edits }] : [];
  }
  return [];
}

/** At the end of the imports, or at the top of the file. */
function importEdits(path: string, document: ProgramDocument) {
  const { imports } = document.parseResult.value;
  const last = imports.at(-1)?.$cstNode?.range.end;
  const statement = `import ${JSON.stringify(path)}`;
  const position = last ?? { line: 0, character: 0 };
  return [
    { range: { start: position, end: position }, newText: last ? `\n${statement}` : `${statement}\n\n` },
  ];
}

function remove(situation: FixSituation, is: (node: AstNode) => node is AstNode, title: string): Fix[] {
  const node = nodeOfType(situation, is);
  return node ? [{ title, edits: removeNode(node, situation.document), preferred: true }] : [];
}
