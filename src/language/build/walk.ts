/** Visits the nodes of a file without the streams of Langium, which cost more than linking itself in a long file. */
import type { AstNode, Reference, ReferenceInfo } from 'langium';
import { isAstNode, isReference } from 'langium';

/** Calls `visit` for a node and all nodes below it, in the order of the text. */
export function walk(node: AstNode, visit: (node: AstNode) => void): void {
  visit(node);
  for (const key in node) {
    if (key.charCodeAt(0) === DOLLAR) continue;
    const value = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(value)) {
      for (const item of value) if (isAstNode(item)) walk(item, visit);
    } else if (isAstNode(value)) {
      walk(value, visit);
    }
  }
}

const DOLLAR = '$'.charCodeAt(0);

const found = new WeakMap<AstNode, readonly ReferenceInfo[]>();

/** All references of a file in the order of the text; collected once, because a tree never changes. */
export function referencesOf(root: AstNode): readonly ReferenceInfo[] {
  let references = found.get(root);
  if (!references) {
    const list: ReferenceInfo[] = [];
    walk(root, (node) => collect(node, list));
    references = list;
    found.set(root, references);
  }
  return references;
}

function collect(container: AstNode, list: ReferenceInfo[]): void {
  for (const property in container) {
    if (property.charCodeAt(0) === DOLLAR) continue;
    const value = (container as unknown as Record<string, unknown>)[property];
    if (isReference(value)) {
      list.push({ reference: value as Reference, container, property });
    } else if (Array.isArray(value) && isReference(value[0])) {
      value.forEach((reference: Reference, index) => list.push({ reference, container, property, index }));
    }
  }
}
