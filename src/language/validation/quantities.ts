/** Values, units and currencies of all blocks of a file. */
import type { BlockNode } from '../block-reader.js';
import { readBlock } from '../block-reader.js';
import type { Feeder } from '../generated/ast.js';
import type { ProgramView } from '../program.js';
import type { BlockKind } from '../properties.js';
import { parseCurrency } from '../quantities.js';
import type { CheckContext } from './context.js';

export function checkQuantities(context: CheckContext): void {
  for (const [node, kind] of blocksOf(context.own)) {
    const { problems, currencies } = readBlock(node, kind);
    problems.forEach(context.report);
    for (const { node: quantity, code } of currencies) checkCurrency(context, quantity, code);
  }
  for (const choice of context.own.currencies) {
    if (choice.code === undefined || parseCurrency(choice.code)) continue;
    const message = `'${choice.code}' is no currency: write a code such as CNY, EUR or USD.`;
    context.error('currency-unknown', choice, message, { property: 'code' });
  }
}

/** Reports money in another currency than the program's. */
export function checkCurrency(
  context: CheckContext,
  node: Parameters<CheckContext['error']>[1],
  code: string,
): void {
  if (!context.currency || code === context.currency) return;
  const message = `The scenario counts in ${context.currency}, this is in ${code}.`;
  context.error('currency-mismatch', node, message, {
    property: 'unit',
    data: { expected: context.currency },
  });
}

/** All blocks of properties in a program, with their kinds. */
export function* blocksOf(view: ProgramView): Generator<[BlockNode | Feeder, BlockKind]> {
  for (const travelers of view.travelers) yield [travelers, 'travelers'];
  for (const link of view.links) yield [link, 'link'];
  for (const demand of view.demands) yield [demand, 'demand'];
  for (const station of view.stations) {
    for (const service of station.services) if (service.kind) yield [service, service.kind];
  }
  for (const feeder of view.feeders) yield [feeder, 'feeder'];
  for (const bus of view.buses) yield [bus, 'bus'];
  for (const line of view.lines) yield [line, 'line'];
  for (const source of view.sources) yield [source, 'source'];
  for (const generator of view.generators) yield [generator, 'generator'];
  for (const pv of view.pvs) yield [pv, 'pv'];
  for (const shape of view.shapes) yield [shape, 'shape'];
}
