/**
 * The referee: recomputes what a result file claims from the file alone. It shares the types of the file with the
 * solver and no computation, and is the arbiter when the solver and the paper seem to disagree.
 */
import type { ResultFile } from '../solver/result.js';
import { verifyDispatch } from './dispatch.js';
import { Alternatives } from './equilibrium.js';
import { Findings, type Finding } from './finding.js';
import { buildNetwork } from './network.js';
import { verifyScenario } from './scenario.js';
import { verifyCharacterize } from './region.js';
import { verifyCompare } from './static.js';

/** Claims that only an optimiser could check. */
export const NOT_RECOMPUTED: readonly string[] = [
  'unique (whether a cold solve from the coupons finds the same loads)',
  'that a point query found the cheapest or the nearest point, and why one was not reached',
  'that the coupons of a load spread have no further equilibria; estimates of a price map',
  'outerSupportMw and outerMeasure beyond being consistent with what was found',
  'estimatedGap, solves, seconds, sensitivities',
  'measures without the feeder, and the hull of what the feeder alone could serve',
  'the infeasibility of tiers and budgets, and the relaxations that would help',
  'that a reserve could be served',
  'that the total loads of a comparison go exactly that far (that no point goes farther is checked)',
];

export function verifyResult(file: ResultFile): Finding[] {
  const findings = new Findings({ study: '', region: null, point: null });
  if (!verifyScenario(file.scenario, findings.at({ study: 'scenario' }))) return findings.all;
  const network = buildNetwork(file.scenario);
  const model = { network, alternatives: new Alternatives(network) };
  for (const study of file.studies) {
    const at = findings.at({ study: study.name });
    switch (study.kind) {
      case 'characterize':
        verifyCharacterize(model, study, at);
        break;
      case 'dispatch':
        verifyDispatch(model, study, file.studies, at);
        break;
      case 'compare':
        verifyCompare(file.scenario, study, file.studies, at);
        break;
    }
  }
  return findings.all;
}
