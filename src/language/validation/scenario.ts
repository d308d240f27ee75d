/** A scenario states its parts, each once. */
import type { AstNode } from 'langium';
import type { ProgramView } from '../program.js';
import type { CheckContext } from './context.js';
import { reportRepeated } from './context.js';

/** What a scenario cannot do without, with the text to add. */
const PARTS: readonly [what: string, (view: ProgramView) => number, example: string][] = [
  ['horizon', (view) => view.horizons.length, 'horizon 17:00 to 19:00 step 10 min'],
  [
    'travelers',
    (view) => view.travelers.length,
    'travelers { charging 20 %, v2g 10 %, value of time 30 CNY/h }',
  ],
  [
    'roads',
    (view) => view.roads.length,
    'roads { node a, b  link a -> b { time 7 min, capacity 1200 veh/h } }',
  ],
  ['demand', (view) => view.demands.length, 'roads { demand a -> b { 300 veh/h } }'],
];

export function checkScenario(context: CheckContext): void {
  checkOnce(context);
  checkParts(context);
  const { value, lexerErrors, parserErrors } = context.document.parseResult;
  const unread = lexerErrors.length + parserErrors.length > 0;
  if (value.elements.length + value.imports.length === 0 && !unread) {
    context.error('file-empty', value, "The file declares nothing; start with 'scenario Name'.");
  }
}

function checkOnce(context: CheckContext): void {
  const { view } = context;
  const unique: [string, readonly AstNode[]][] = [
    ['scenario', view.scenarios],
    ['horizon', view.horizons],
    ['currency', view.currencies],
    ['travelers', view.travelers],
  ];
  for (const [what, nodes] of unique) {
    reportRepeated(
      context,
      nodes,
      () => what,
      () => ({
        code: 'declaration-duplicate',
        message: `'${what}' is stated already; a scenario has one.`,
        keyword: what,
      }),
    );
  }
  const [first] = view.feeders;
  const others = view.feeders.filter(({ name }) => name !== undefined && name !== first.name);
  reportRepeated(
    context,
    others.length > 0 ? [first, others[0]] : [],
    () => 'feeder',
    () => ({
      code: 'declaration-duplicate',
      message: 'A scenario has one feeder; blocks with the same name are parts of one.',
      property: 'name',
    }),
  );
}

function checkParts(context: CheckContext): void {
  const { own, view, isEntry } = context;
  if (!isEntry) return;
  const [header] = own.scenarios;
  if (view.scenarios.length === 0) {
    const at = own.studies[0] ?? own.horizons[0];
    const message = "A file with a horizon or a study needs a scenario: add 'scenario Name', or import it.";
    if (at)
      context.error('declaration-missing', at, message, {
        data: { declaration: 'scenario', example: 'scenario Name' },
      });
    return;
  }
  if (!header) return;
  for (const [what, count, example] of PARTS) {
    if (count(view) > 0) continue;
    const message = `The scenario has no ${what}; add '${example}'.`;
    context.error('declaration-missing', header, message, {
      property: 'name',
      data: { declaration: what, example },
    });
  }
}
