/** Which row of the property table a block of the text belongs to. */
import type { AstNode } from 'langium';
import type { BlockNode } from '../block-reader.js';
import { isService } from '../generated/ast.js';
import type { BlockKind } from '../properties.js';

const KINDS: Readonly<Record<string, BlockKind>> = {
  Travelers: 'travelers',
  RoadLink: 'link',
  Demand: 'demand',
  Feeder: 'feeder',
  Bus: 'bus',
  Line: 'line',
  Source: 'source',
  GeneratorUnit: 'generator',
  Pv: 'pv',
  Shape: 'shape',
};

/** Kind of a block with properties; undefined for any other node. */
export function blockKindOf(node: AstNode): BlockKind | undefined {
  return isService(node) ? node.kind : KINDS[node.$type];
}

/** A block as the reader of properties takes it; a feeder keeps its properties among its members. */
export interface Block {
  readonly node: AstNode;
  readonly kind: BlockKind;
}

/** The innermost block with properties around a node, which may be the node itself. */
export function enclosingBlock(node: AstNode | undefined): Block | undefined {
  for (let current = node; current; current = current.$container) {
    const kind = blockKindOf(current);
    if (kind) return { node: current, kind };
  }
  return undefined;
}

/** The block as a list of entries, for the reader. */
export function asBlockNode(node: AstNode): BlockNode {
  return node as BlockNode;
}
