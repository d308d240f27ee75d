/**
 * Path sets of the three classes of travellers. A regular path is a simple path from origin to destination. A
 * station path is a simple leg from the origin to the station's node and a simple leg from there to the
 * destination; a station at the origin or the destination counts as passed.
 */
import type { RoadLink } from '../scenario.js';

/** More simple paths than this between two nodes cannot be enumerated in reasonable time and memory. */
export const MAX_PATHS_PER_PAIR = 4000;

/** More link visits than this in one enumeration mean a network that is too dense to enumerate. */
const MAX_SEARCH_STEPS = 2_000_000;

/** The network has too many simple paths between two nodes to list them. */
export class TooManyPathsError extends Error {
  constructor(from: string, to: string) {
    super(
      `more than ${MAX_PATHS_PER_PAIR} simple paths lead from ${from} to ${to}: ` +
        'leave out roads that no one would take, or split the area',
    );
    this.name = 'TooManyPathsError';
  }
}

/** Simple paths between nodes of a road network, as lists of link indices, memoised by pair. */
export class PathFinder {
  private readonly outgoing = new Map<string, number[]>();
  private readonly incoming = new Map<string, number[]>();
  private readonly memo = new Map<string, readonly (readonly number[])[]>();

  constructor(private readonly links: readonly RoadLink[]) {
    links.forEach((link, index) => {
      append(this.outgoing, link.from, index);
      append(this.incoming, link.to, index);
    });
  }

  /**
   * All simple paths, in the order in which depth-first search over the links as declared finds them; the empty
   * path where both ends are one node.
   * @throws TooManyPathsError
   */
  simplePaths(from: string, to: string): readonly (readonly number[])[] {
    const key = JSON.stringify([from, to]);
    let found = this.memo.get(key);
    if (!found) {
      found = this.search(from, to);
      this.memo.set(key, found);
    }
    return found;
  }

  private search(from: string, to: string): readonly (readonly number[])[] {
    if (from === to) return [[]];
    const canReach = this.nodesThatReach(to);
    const found: number[][] = [];
    const path: number[] = [];
    const visited = new Set([from]);
    let steps = 0;
    const visit = (node: string): void => {
      for (const index of this.outgoing.get(node) ?? []) {
        const next = this.links[index].to;
        if (visited.has(next) || !canReach.has(next)) continue;
        if (++steps > MAX_SEARCH_STEPS) throw new TooManyPathsError(from, to);
        path.push(index);
        if (next === to) {
          if (found.push([...path]) > MAX_PATHS_PER_PAIR) throw new TooManyPathsError(from, to);
        } else {
          visited.add(next);
          visit(next);
          visited.delete(next);
        }
        path.pop();
      }
    };
    visit(from);
    return found;
  }

  private nodesThatReach(target: string): Set<string> {
    const reached = new Set([target]);
    const queue = [target];
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      for (const index of this.incoming.get(node) ?? []) {
        const previous = this.links[index].from;
        if (!reached.has(previous)) {
          reached.add(previous);
          queue.push(previous);
        }
      }
    }
    return reached;
  }
}

function append(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
