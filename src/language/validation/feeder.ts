/** The parts of a feeder, one by one. Whether they form a tree is the matter of feeder-tree.ts. */
import type { Reading } from '../block-reader.js';
import { BLOCK_TITLES, readBlock } from '../block-reader.js';
import type { Line } from '../generated/ast.js';
import { PROPERTIES } from '../properties.js';
import type { CheckContext } from './context.js';
import { reportRepeated } from './context.js';

export function checkFeeder(context: CheckContext): void {
  const { own, view, isEntry } = context;
  checkLines(context);
  for (const kind of ['source', 'generator', 'pv'] as const) {
    const list = { source: own.sources, generator: own.generators, pv: own.pvs }[kind];
    for (const unit of list) {
      if (unit.bus) continue;
      const message = `${BLOCK_TITLES[kind]} is connected to a bus: write '${kind} ${unit.name} at b1'.`;
      context.error('bus-missing', unit, message, { property: 'name' });
    }
  }
  for (const pv of own.pvs) {
    const { values } = readBlock(pv, 'pv');
    const [output, rating] = [values.get('output'), values.get('rating')];
    if (!output || !rating || !(output.low > rating.low)) continue;
    const message = 'The output exceeds the rating of the inverter, which curtails it.';
    context.warning('output-above-rating', output.node, message, {
      related: [{ node: rating.node, message: 'the rating' }],
    });
  }
  // A library of shapes or a part of a feeder need not be complete; a feeder with a source, or one in use, must.
  if (own.feeders.length > 0 && (isEntry || own.sources.length > 0)) checkComplete(context);
  reportRepeated(
    context,
    view.sources,
    () => 'source',
    () => ({
      code: 'source-duplicate',
      message: 'A radial feeder has one source; the other one has to be a generator.',
      property: 'name',
    }),
  );
}

function checkLines(context: CheckContext): void {
  for (const line of context.own.lines) {
    if (line.from.$refText === line.to.$refText) {
      context.error(
        'line-loop',
        line,
        `A line leads from one bus to another, not back to '${line.to.$refText}'.`,
        { property: 'to' },
      );
    }
    const { values } = readBlock(line, 'line');
    const [r, x] = [values.get('r'), values.get('x')];
    if (r?.low === 0 && x?.low === 0) {
      const message =
        'A line without resistance and reactance cannot be solved: merge its buses, or give it a small impedance.';
      context.error('impedance-zero', r.node, message);
    }
  }
  reportRepeated(context, context.view.lines, unorderedEnds, (line) => ({
    code: 'line-duplicate',
    message: `There is a line between '${line.from.$refText}' and '${line.to.$refText}' already.`,
    property: 'to',
  }));
}

/** The same for both directions of a line. */
function unorderedEnds({ from, to }: Line): string {
  return [from.$refText, to.$refText].sort().join('--');
}

function checkComplete(context: CheckContext): void {
  const { own, view } = context;
  const [feeder] = own.feeders;
  const settings = view.feeders.map((block) => readBlock(block, 'feeder').values);
  const find = (id: string): Reading | undefined =>
    settings.map((values) => values.get(id)).find((reading) => reading);
  for (const rule of PROPERTIES.feeder) {
    if (!rule.required || find(rule.id)) continue;
    const message = `${BLOCK_TITLES.feeder} needs '${rule.key}', for example '${rule.example}'.`;
    context.error('property-missing', feeder, message, {
      property: 'name',
      data: { rule: rule.id, example: rule.example },
    });
  }
  if (view.sources.length === 0) {
    const message =
      "A feeder needs a source, for example 'source Grid at b1 { -5 MW to 12 MW, -8 Mvar to 8 Mvar }'.";
    context.error('source-missing', feeder, message, { property: 'name' });
  }
  const band = find('voltage');
  for (const source of own.sources) {
    const voltage = readBlock(source, 'source').values.get('voltage');
    const held = voltage?.low ?? 1;
    if (!band || band.low > band.high || !(held < band.low || held > band.high)) continue;
    const message = `The source holds ${held} pu, outside of the feeder's band of ${band.low} to ${band.high} pu.`;
    const related = [{ node: band.node, message: 'the band' }];
    context.error('source-outside-band', voltage?.node ?? source, message, { related });
  }
}
