/** What the checks of a document look at, and where they report. */
import type { AstNode, LangiumSharedCoreServices } from 'langium';
import { AstUtils } from 'langium';
import type { TimeGrid } from '../horizon.js';
import { isUsable, readHorizon } from '../horizon.js';
import { isHorizon, isScenarioHeader, isStudy } from '../generated/ast.js';
import type { Problem } from '../problem.js';
import type { ProgramDocument, ProgramView } from '../program.js';
import { programDocuments, viewProgram } from '../program.js';
import { parseCurrency } from '../quantities.js';

export interface CheckContext {
  readonly document: ProgramDocument;
  readonly shared: LangiumSharedCoreServices;
  /** The document and all it imports. */
  readonly view: ProgramView;
  /** The document alone. */
  readonly own: ProgramView;
  /** The document states a scenario, or a part of one that only makes sense as a whole: it is not a library. */
  readonly isEntry: boolean;
  /** Undefined without a horizon that can be counted on. */
  readonly grid: TimeGrid | undefined;
  /** Code that the program states; undefined when it states none. */
  readonly currency: string | undefined;
  error(code: Problem['code'], node: AstNode, message: string, more?: Extra): void;
  warning(code: Problem['code'], node: AstNode, message: string, more?: Extra): void;
  report(problem: Problem): void;
}

export type Extra = Omit<Partial<Problem>, 'severity' | 'code' | 'node' | 'message'>;

/** A check looks at one concept and never throws on purpose; what it throws becomes a diagnostic. */
export type Check = (context: CheckContext) => void;

export function createContext(
  document: ProgramDocument,
  shared: LangiumSharedCoreServices,
  report: (problem: Problem) => void,
): CheckContext {
  const view = viewProgram(programDocuments(document, shared.workspace.LangiumDocuments));
  const grid = view.horizons[0] && readHorizon(view.horizons[0], () => {});
  const { elements } = document.parseResult.value;
  return {
    document,
    shared,
    view,
    report,
    own: viewProgram([document]),
    isEntry: elements.some((element) => isScenarioHeader(element) || isHorizon(element) || isStudy(element)),
    grid: grid && isUsable(grid) ? grid : undefined,
    currency: view.currencies[0] && parseCurrency(view.currencies[0].code ?? ''),
    error: (code, node, message, more) => report({ severity: 'error', code, node, message, ...more }),
    warning: (code, node, message, more) => report({ severity: 'warning', code, node, message, ...more }),
  };
}

/** True for a node of the document that is being checked. */
export function isOwn({ document }: CheckContext, node: AstNode): boolean {
  return AstUtils.findRootNode(node) === document.parseResult.value;
}

/**
 * Reports what occurs a second time, at the later place and with the first one related; where only one of the two is in
 * the document that is being checked, there.
 */
export function reportRepeated<T extends AstNode>(
  context: CheckContext,
  nodes: readonly T[],
  keyOf: (node: T) => string | undefined,
  describe: (node: T, key: string) => Pick<Problem, 'code' | 'message'> & Extra,
): void {
  const first = new Map<string, T>();
  for (const node of nodes) {
    const key = keyOf(node);
    if (key === undefined) continue;
    const earlier = first.get(key);
    if (!earlier) {
      first.set(key, node);
      continue;
    }
    const [at, other] = isOwn(context, node) || !isOwn(context, earlier) ? [node, earlier] : [earlier, node];
    const related = [{ node: other, message: 'the other one' }];
    context.report({ severity: 'error', node: at, related, ...describe(at, key) });
  }
}
