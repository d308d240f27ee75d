/** Fixes for times, the horizon, studies and missing declarations. */
import type { TextEdit } from 'vscode-languageserver-types';
import { GrammarUtils } from 'langium';
import * as ast from '../../generated/ast.js';
import { readQuantity } from '../../quantity-reader.js';
import type { Fix, Fixers, FixSituation } from './fix.js';
import { insertBefore, insertInBlock, nodeOfType, replaceNode, replaceRange, textOf } from './fix.js';

export const STUDY_FIXES: Fixers = {
  'amounts-order': sortAmounts,
  'horizon-step': fitHorizon,
  'horizon-order': changeToSuggestion,
  'time-off-grid': changeToSuggestion,
  'time-start': changeToSuggestion,
  'axis-range-length': changeToSuggestion,
  'axis-time': ({ diagnostic, data }) => {
    const time = textOf(data, 'suggestion');
    const { end } = diagnostic.range;
    if (!time) return [];
    return [
      {
        title: `Add 'at ${time}'`,
        edits: [{ range: { start: end, end }, newText: ` at ${time}` }],
        preferred: true,
      },
    ];
  },
  'time-order': swapTimes,
  'study-entry-missing': (situation) => {
    const study = nodeOfType(situation, ast.isStudy);
    const example = exampleFor(situation);
    if (!study || !example) return [];
    const edits = insertInBlock(study, example, situation.document);
    return [{ title: `Add '${example}'`, edits, preferred: true }];
  },
  'declaration-missing': (situation) => {
    const example = textOf(situation.data, 'example')?.replaceAll('CNY', situation.program.currency);
    const [first] = situation.document.parseResult.value.elements;
    if (!example || !first) return [];
    const isHeader = textOf(situation.data, 'declaration') === 'scenario';
    const header = situation.document.parseResult.value.elements.find(ast.isScenarioHeader);
    const end = header?.$cstNode?.range.end;
    const after: TextEdit[] = end ? [{ range: { start: end, end }, newText: `\n${example}` }] : [];
    const edits = isHeader ? insertBefore(first, example) : after;
    return edits.length > 0 ? [{ title: `Add '${example.split('\n')[0]}'`, edits }] : [];
  },
};

function changeToSuggestion({ diagnostic, data }: FixSituation): Fix[] {
  const suggestion = textOf(data, 'suggestion');
  if (!suggestion) return [];
  return [
    {
      title: `Change to ${suggestion}`,
      edits: [replaceRange(diagnostic.range, suggestion)],
      preferred: true,
    },
  ];
}

/** A range of times the right way round, or one time where both ends are the same. */
function swapTimes(situation: FixSituation): Fix[] {
  const axis = nodeOfType(situation, ast.isAxis);
  const from = GrammarUtils.findNodeForProperty(axis?.$cstNode, 'time');
  const until = GrammarUtils.findNodeForProperty(axis?.$cstNode, 'until');
  if (!from || !until) return [];
  const text = from.text === until.text ? from.text : `${until.text} to ${from.text}`;
  const range = { start: from.range.start, end: until.range.end };
  return [{ title: `Change to ${text}`, edits: [replaceRange(range, text)], preferred: true }];
}

/** Either end of the horizon or its step can give way. */
function fitHorizon(situation: FixSituation): Fix[] {
  const horizon = nodeOfType(situation, ast.isHorizon);
  const suggestion = textOf(situation.data, 'suggestion');
  const to = GrammarUtils.findNodeForProperty(horizon?.$cstNode, 'to');
  const fixes: Fix[] = [];
  if (to && suggestion) {
    const edits = [replaceRange(to.range, suggestion)];
    fixes.push({ title: `End the horizon at ${suggestion}`, edits, preferred: true });
  }
  const { grid } = situation.program;
  if (!horizon?.step || !grid) return fixes;
  const length = grid.endMinutes - grid.startMinutes;
  const step = dividingStep(length, grid.stepMinutes);
  if (step)
    fixes.push({ title: `Use steps of ${step} min`, edits: replaceNode(horizon.step, `${step} min`) });
  return fixes;
}

/** The whole number of minutes that divides the horizon and is closest to the step. */
function dividingStep(lengthMinutes: number, stepMinutes: number): number | undefined {
  let best: number | undefined;
  for (let step = 1; step <= Math.min(lengthMinutes, 24 * 60); step++) {
    if (lengthMinutes % step !== 0) continue;
    if (best === undefined || Math.abs(step - stepMinutes) < Math.abs(best - stepMinutes)) best = step;
  }
  return best;
}

/** Budgets and tiers from the least to the largest, each once, `unlimited` last. */
function sortAmounts(situation: FixSituation): Fix[] {
  const list = nodeOfType(situation, (node) => ast.isSubsidy(node) || ast.isTiers(node)) as
    ast.Subsidy | ast.Tiers | undefined;
  if (!list) return [];
  const items = ast.isTiers(list)
    ? list.amounts.map((node) => ({ node, amount: moneyOf(node) }))
    : list.caps.map((node) => ({ node, amount: node.unlimited ? Infinity : moneyOf(node.amount) }));
  if (items.some(({ node, amount }) => amount === undefined || !node.$cstNode)) return [];
  const sorted = [...items].sort((a, b) => a.amount! - b.amount!);
  const unique = sorted.filter(({ amount }, index) => amount !== sorted[index - 1]?.amount);
  const keyword = ast.isTiers(list) ? 'tiers' : 'subsidy';
  const text = `${keyword} ${unique.map(({ node }) => node.$cstNode!.text).join(', ')}`;
  return [
    {
      title: `Sort the ${ast.isTiers(list) ? 'tiers' : 'budgets'}`,
      edits: replaceNode(list, text),
      preferred: true,
    },
  ];
}

function moneyOf(quantity: ast.Quantity | undefined): number | undefined {
  return readQuantity(quantity, ['money'], () => {})?.value;
}

/** The example of an entry with names of this file in the place of made-up ones. */
function exampleFor({ data, program }: FixSituation): string | undefined {
  const example = textOf(data, 'example');
  const { view, grid } = program;
  const time = view.horizons[0]?.from;
  const region = view.studies.find(({ kind }) => kind === 'characterize')?.name;
  return example
    ?.replace('CS1', view.stations[0]?.name ?? 'CS1')
    .replace('18:00', grid && time ? time : '18:00')
    .replace('region Region', `region ${region ?? 'Region'}`)
    .replaceAll('CNY', program.currency);
}
