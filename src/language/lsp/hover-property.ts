/** A property: what it means, how it is written, and what holds when it is left out. */
import type { CstNode } from 'langium';
import { GrammarAST } from 'langium';
import { propertyKey } from '../block-reader.js';
import { isProperty } from '../generated/ast.js';
import type { PropertyRule } from '../properties.js';
import { PROPERTIES } from '../properties.js';
import type { Dimension } from '../quantities.js';
import { unitsFor } from '../quantities.js';
import { enclosingBlock } from './blocks.js';
import { KEYWORD_HELP } from './keyword-help.js';

export function describeProperty(leaf: CstNode): string[] | undefined {
  const node = leaf.astNode;
  if (
    !isProperty(node) ||
    leaf.offset >= (node.amount?.$cstNode?.offset ?? node.steps[0]?.$cstNode?.offset ?? Infinity)
  )
    return undefined;
  const key = propertyKey(node);
  const block = enclosingBlock(node);
  const rules = block && PROPERTIES[block.kind].filter((rule) => rule.key === key);
  return rules?.length ? rules.map(describeRule) : undefined;
}

/** Documentation of one property as Markdown. */
export function describeRule(rule: PropertyRule): string {
  const units = rule.dimensions.flatMap((dimension: Dimension) => unitsFor(dimension, 'CNY')).filter(Boolean);
  return [
    `**${rule.id}**: ${rule.doc}`,
    '',
    `- Written as \`${rule.example}\``,
    ...(units.length > 0 ? [`- Units: ${units.map((unit) => `\`${unit}\``).join(', ')}`] : []),
    `- ${rule.required ? 'Must be given.' : `Left out: ${rule.default ?? 'nothing is assumed'}.`}`,
  ].join('\n');
}

/** What is assumed for the optional properties of a block that does not give them. */
export function describeDefaults(kind: keyof typeof PROPERTIES, given: ReadonlySet<string>): string[] {
  const left = PROPERTIES[kind].filter((rule) => rule.default !== undefined && !given.has(rule.id));
  return left.length === 0
    ? []
    : [`Left out: ${left.map((rule) => `${rule.id} (${rule.default})`).join(', ')}.`];
}

export function describeKeyword(leaf: CstNode): string[] | undefined {
  const help = GrammarAST.isKeyword(leaf.grammarSource) ? KEYWORD_HELP[leaf.text] : undefined;
  return help ? [`**${leaf.text}**: ${help}`] : undefined;
}
