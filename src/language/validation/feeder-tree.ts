/** Slow: the lines of a feeder form one tree that spans its buses from the source. */
import type { AstNode } from 'langium';
import type { Bus, Line } from '../generated/ast.js';
import type { CheckContext } from './context.js';
import { isOwn } from './context.js';

/** More buses than this are counted rather than listed. */
const LISTED = 5;

export function checkFeederTree(context: CheckContext): void {
  const { view, own, isEntry } = context;
  if (view.buses.length === 0 || (!isEntry && own.sources.length === 0)) return;
  // A feeder that lies in one imported file with its source is checked there.
  const parts: readonly AstNode[] = [...view.buses, ...view.lines, ...view.sources];
  if (!parts.some((part) => isOwn(context, part)) && new Set(parts.map(documentOf)).size === 1) return;
  const lines = view.lines.filter(
    (line) => line.from.ref && line.to.ref && line.from.$refText !== line.to.$refText,
  );
  const used = new Set(lines.flatMap(({ from, to }) => [from.$refText, to.$refText]));
  const lonely = view.buses.length === 1 ? [] : view.buses.filter(({ name }) => !used.has(name));
  for (const bus of lonely) {
    context.error('bus-no-line', bus, `No line leads to bus '${bus.name}'.`, {
      property: 'name',
      data: { name: bus.name },
    });
  }
  checkLoops(context, lines);
  checkIslands(context, lines, new Set(lonely));
}

/** A line between two buses that are connected already closes a loop. */
function checkLoops(context: CheckContext, lines: readonly Line[]): void {
  const groups = new Groups();
  const seen = new Set<string>();
  for (const line of lines) {
    const [from, to] = [line.from.$refText, line.to.$refText];
    const ends = [from, to].sort().join('--');
    if (seen.has(ends)) continue; // reported as a duplicate
    seen.add(ends);
    if (groups.join(from, to)) continue;
    const message = `This line closes a loop: '${from}' and '${to}' are connected already. A feeder is radial: leave out one line of the loop.`;
    context.error('feeder-loop', line, message);
  }
}

function checkIslands(context: CheckContext, lines: readonly Line[], lonely: ReadonlySet<Bus>): void {
  const root = context.view.sources[0]?.bus?.$refText;
  if (!root) return;
  const groups = new Groups();
  for (const { from, to } of lines) groups.join(from.$refText, to.$refText);
  const islands = new Map<string, Bus[]>();
  for (const bus of context.view.buses) {
    const group = groups.find(bus.name);
    if (group === groups.find(root) || lonely.has(bus)) continue;
    islands.set(group, [...(islands.get(group) ?? []), bus]);
  }
  for (const buses of islands.values()) {
    const names = buses
      .slice(0, LISTED)
      .map(({ name }) => `'${name}'`)
      .join(', ');
    const rest = buses.length > LISTED ? ` and ${buses.length - LISTED} more` : '';
    const message = `No line connects ${names}${rest} with the source at '${root}'.`;
    context.error('feeder-island', buses[0], message, { property: 'name' });
  }
}

function documentOf(node: AstNode): AstNode {
  let root = node;
  while (root.$container) root = root.$container;
  return root;
}

/** Connected groups of buses: union by naming a parent, with path halving. */
class Groups {
  private readonly parents = new Map<string, string>();

  find(name: string): string {
    let current = name;
    for (let parent = this.parents.get(current); parent !== undefined; parent = this.parents.get(current)) {
      const grandparent = this.parents.get(parent);
      if (grandparent !== undefined) this.parents.set(current, grandparent);
      current = parent;
    }
    return current;
  }

  /** False when both were in one group before. */
  join(a: string, b: string): boolean {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    if (rootA === rootB) return false;
    this.parents.set(rootA, rootB);
    return true;
  }
}
