/** The shares of travellers who charge and who offer V2G leave room for each other. */
import { readBlock } from '../block-reader.js';
import type { CheckContext } from './context.js';

/** Shares that miss 100 % by rounding are not worth an error. */
const SHARE_TOLERANCE = 1e-9;

export function checkTravelers(context: CheckContext): void {
  for (const travelers of context.own.travelers) {
    const { values } = readBlock(travelers, 'travelers');
    const [charging, v2g] = [values.get('charging'), values.get('v2g')];
    if (
      !charging ||
      !v2g ||
      charging.low > 1 ||
      v2g.low > 1 ||
      !(charging.low + v2g.low > 1 + SHARE_TOLERANCE)
    )
      continue;
    const sum = Number(((charging.low + v2g.low) * 100).toFixed(6));
    const message = `The shares of charging and V2G travellers add up to ${sum} %, more than all.`;
    const related = [{ node: charging.node, message: 'the other share' }];
    context.error('shares-exceed', v2g.node, message, { related });
  }
}
