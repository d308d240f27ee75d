/** Quick fixes for diagnostics, and rewrites that are offered anywhere. */
import type { AstNode, LangiumDocument } from 'langium';
import { CstUtils } from 'langium';
import type { CodeActionProvider, LangiumServices } from 'langium/lsp';
import type { CodeAction, CodeActionParams, Diagnostic } from 'vscode-languageserver';
import { CodeActionKind } from 'vscode-languageserver-types';
import type { DiagnosticCode } from '../codes.js';
import type { ProgramDocument } from '../program.js';
import type { EntryProgram } from './entry-program.js';
import { entryProgram } from './entry-program.js';
import type { Fix, Fixers } from './fixes/fix.js';
import { NAME_FIXES } from './fixes/names.js';
import { NETWORK_FIXES, reverseLink } from './fixes/network.js';
import { conversions, QUANTITY_FIXES } from './fixes/quantities.js';
import { STUDY_FIXES } from './fixes/studies.js';

/** The fixes of each code. */
export const FIXES: Fixers = { ...NAME_FIXES, ...QUANTITY_FIXES, ...NETWORK_FIXES, ...STUDY_FIXES };

export class V2gCodeActions implements CodeActionProvider {
  private readonly services: LangiumServices;

  constructor(services: LangiumServices) {
    this.services = services;
  }

  getCodeActions(document: LangiumDocument, { range, context }: CodeActionParams): CodeAction[] {
    const program = entryProgram(
      document as ProgramDocument,
      this.services.shared.workspace.LangiumDocuments,
    );
    const wanted = (kind: string) => !context.only || context.only.some((only) => kind.startsWith(only));
    const actions: CodeAction[] = [];
    if (wanted(CodeActionKind.QuickFix)) {
      for (const diagnostic of context.diagnostics) {
        actions.push(...this.fixesOf(diagnostic, document as ProgramDocument, program));
      }
    }
    const node = nodeAt(document, document.textDocument.offsetAt(range.start));
    if (node && wanted(CodeActionKind.RefactorRewrite)) {
      const rewrites = [...conversions({ node, program }), ...reverseLink({ node, program })];
      actions.push(...rewrites.map((fix) => toAction(fix, document, CodeActionKind.RefactorRewrite)));
    }
    return actions;
  }

  private fixesOf(shown: Diagnostic, document: ProgramDocument, program: EntryProgram): CodeAction[] {
    // An editor may not send back the data of a diagnostic; the document has it.
    const diagnostic = document.diagnostics?.find((known) => isSame(known, shown)) ?? shown;
    const fixer = FIXES[diagnostic.code as DiagnosticCode];
    const node = nodeAt(document, document.textDocument.offsetAt(diagnostic.range.start));
    if (!fixer || !node) return [];
    const data = (diagnostic.data ?? {}) as Readonly<Record<string, unknown>>;
    return fixer({ document, program, diagnostic, node, data })
      .filter(({ edits }) => edits.length > 0)
      .map((fix) => ({
        ...toAction(fix, document, CodeActionKind.QuickFix),
        diagnostics: [shown],
        isPreferred: fix.preferred ?? false,
      }));
  }
}

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return a.code === b.code && JSON.stringify(a.range) === JSON.stringify(b.range);
}

function nodeAt(document: LangiumDocument, offset: number): AstNode | undefined {
  const root = document.parseResult.value.$cstNode;
  const leaf =
    root && (CstUtils.findLeafNodeAtOffset(root, offset) ?? CstUtils.findLeafNodeBeforeOffset(root, offset));
  return leaf?.astNode;
}

function toAction({ title, edits, uri }: Fix, document: LangiumDocument, kind: CodeActionKind): CodeAction {
  return { title, kind, edit: { changes: { [uri ?? document.uri.toString()]: [...edits] } } };
}
