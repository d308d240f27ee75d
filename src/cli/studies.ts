/** Which studies a run needs, and what runs each kind of them. */
import type { StudyResult } from '../solver/result.js';
import type { Scenario } from '../solver/scenario.js';
import type { StudySpec, SubsidyCap } from '../solver/study-spec.js';
import type { RunOptions } from '../solver/study-run.js';

/** Runs one study; `previous` holds the results of the studies before it, among them those it builds on. */
export type StudyRunner = (
  scenario: Scenario,
  spec: StudySpec,
  options: RunOptions & { previous: readonly StudyResult[] },
) => Promise<StudyResult>;

/** A kind without a runner is reported as not yet runnable. */
export type StudyRunners = Partial<Record<StudySpec['kind'], StudyRunner>>;

/**
 * The studies asked for and those they build on, each after what it needs.
 * @param name all studies when absent
 */
export function selectStudies(studies: readonly StudySpec[], name?: string): StudySpec[] | Error {
  const named = studies.filter((study) => name === undefined || study.name === name);
  if (studies.length === 0) return new Error('the file states no study');
  if (named.length === 0) {
    return new Error(`no study is named ${name}; there are ${studies.map((study) => study.name).join(', ')}`);
  }
  const regions = new Set(named.map((study) => (study.kind === 'characterize' ? study.name : study.region)));
  const needed = studies.filter((study) => study.kind === 'characterize' && regions.has(study.name));
  return [...needed, ...named.filter((study) => study.kind !== 'characterize')];
}

/** Budgets as on the command line: "2000", "1000,2000", "unlimited"; a currency after the number is fine. */
export function parseBudgets(texts: readonly string[], currency: string): SubsidyCap[] | Error {
  const caps = new Set<SubsidyCap>();
  for (const text of texts.flatMap((one) => one.split(',')).map((one) => one.trim())) {
    const number = text.replace(new RegExp(`\\s*${escapeRegExp(currency)}$`), '');
    if (text === 'unlimited') caps.add(null);
    else if (/^\d+(\.\d+)?$/.test(number)) caps.add(Number(number));
    else return new Error(`--budget ${text}: want an amount in ${currency}, such as 2000, or unlimited`);
  }
  return [...caps].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
}

/** The same study with other budgets; the studies that do not have budgets of their own stay as they are. */
export function withBudgets(study: StudySpec, budgets: readonly SubsidyCap[] | null): StudySpec {
  if (!budgets) return study;
  if (study.kind === 'characterize') return { ...study, subsidyCaps: [...budgets] };
  if (study.kind !== 'dispatch') return study;
  return { ...study, tiers: budgets.filter((cap) => cap !== null) };
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
