/** Links and demands, one by one. Whether they form a network is the matter of paths.ts. */
import { readBlock } from '../block-reader.js';
import { linkId } from '../program.js';
import type { CheckContext } from './context.js';
import { reportRepeated } from './context.js';

export function checkRoads(context: CheckContext): void {
  const { own, view } = context;
  for (const link of own.links) {
    if (link.from.$refText !== link.to.$refText) continue;
    context.error(
      'link-loop',
      link,
      `A link leads from one node to another, not back to '${link.to.$refText}'.`,
      { property: 'to' },
    );
  }
  reportRepeated(context, view.links, linkId, (_, id) => ({
    code: 'link-duplicate',
    message: `There is a link ${id} already; for a parallel road put a node between.`,
    property: 'to',
  }));
  for (const demand of own.demands) {
    if (demand.from.$refText === demand.to.$refText) {
      context.error('demand-loop', demand, 'A demand leads from one node to another.', { property: 'to' });
    }
    const flow = readBlock(demand, 'demand').values.get('flow');
    if (flow && flow.low === 0 && flow.high === 0) {
      context.warning('demand-zero', flow.node, 'Nobody travels: this demand is zero throughout.');
    }
  }
  reportRepeated(context, view.demands, linkId, (_, id) => ({
    code: 'demand-duplicate',
    message: `There is a demand ${id} already; give one, with steps where it changes.`,
    property: 'to',
  }));
}
