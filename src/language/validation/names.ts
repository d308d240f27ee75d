/** Names are given once for each kind, and mean one thing. */
import type { AstNode } from 'langium';
import type { ProgramView } from '../program.js';
import type { CheckContext } from './context.js';
import { isOwn, reportRepeated } from './context.js';

type Named = AstNode & { name: string };

/** Kinds that share their names: set points are listed by name for all that feeds into the feeder. */
const KINDS: readonly [what: string, (view: ProgramView) => readonly Named[]][] = [
  ['node', (view) => view.nodes],
  ['station', (view) => view.stations],
  ['bus', (view) => view.buses],
  ['source, generator or PV system', (view) => [...view.sources, ...view.generators, ...view.pvs]],
  ['shape', (view) => view.shapes],
  ['study', (view) => view.studies],
];

export function checkNames(context: CheckContext): void {
  for (const [what, list] of KINDS) {
    const named = list(context.view);
    const seen = named.filter((node) => isOwn(context, node));
    for (const node of seen) {
      if (node.name.trim() === '')
        context.error('name-empty', node, `A ${what} needs a name.`, { property: 'name' });
    }
    const tail = `each ${what} needs a name of its own.`;
    reportRepeated(
      context,
      // Two imported files that disagree are reported at the import, by the placement of problems.
      named,
      (node) => node.name,
      (node, name) => ({
        code: isOwn(context, node) ? 'name-duplicate' : 'name-ambiguous',
        message: `'${name}' is already the name of a ${what}; ${tail}`,
        property: 'name',
        data: { name },
      }),
    );
  }
}
