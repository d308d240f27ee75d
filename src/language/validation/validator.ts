/** Runs the checks of a document and turns what they find, and what parser and linker found, into diagnostics. */
import type { AstNode, DiagnosticInfo, ParseResult, ValidationCategory, ValidationOptions } from 'langium';
import { AstUtils, DefaultDocumentValidator, interruptAndCheck, type LangiumCoreServices } from 'langium';
import type { Cancellation, LangiumDocument } from 'langium';
import type { DiagnosticCode } from '../codes.js';
import { importedUris, resolveImport } from '../imports.js';
import { MOST_STRAY_CHARACTERS, TOO_LARGE, TOO_MANY } from '../lexer.js';
import type { Problem } from '../problem.js';
import type { ProgramDocument } from '../program.js';
import { programDocuments } from '../program.js';
import { CHECKS } from './checks.js';
import type { Check } from './context.js';
import { createContext } from './context.js';
import { pathFrom } from './imports.js';
import { describeUnresolved } from './unresolved.js';

/** A file with more problems than this is shown the first ones. */
export const MOST_PROBLEMS = 200;

type Diagnostic = NonNullable<LangiumDocument['diagnostics']>[number];

export class V2gDocumentValidator extends DefaultDocumentValidator {
  private readonly services: LangiumCoreServices;

  constructor(services: LangiumCoreServices) {
    super(services);
    this.services = services;
  }

  override async validateDocument(
    document: LangiumDocument,
    options: ValidationOptions = {},
    cancelToken?: Cancellation.CancellationToken,
  ): Promise<Diagnostic[]> {
    const found = await super.validateDocument(document, options, cancelToken);
    found.sort(
      (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
    );
    if (found.length <= MOST_PROBLEMS) return found;
    const { start } = found[MOST_PROBLEMS].range;
    const message = `There are ${found.length - MOST_PROBLEMS} more problems; they are shown when these are solved.`;
    return [
      ...found.slice(0, MOST_PROBLEMS),
      diagnosticAt({ start, end: start }, 'too-many-problems', message, this.getSource()),
    ];
  }

  protected override processLexingErrors(parseResult: ParseResult, diagnostics: Diagnostic[]): void {
    for (const { line = 1, column = 1, length, message } of parseResult.lexerErrors) {
      const start = { line: line - 1, character: column - 1 };
      const end = { line: line - 1, character: column - 1 + length };
      const code =
        message === TOO_LARGE ? 'file-too-large' : message === TOO_MANY ? 'too-many-problems' : 'character';
      diagnostics.push(diagnosticAt({ start, end }, code, message, this.getSource()));
    }
  }

  protected override processParsingErrors(
    parseResult: ParseResult,
    diagnostics: Diagnostic[],
    options: ValidationOptions,
  ): void {
    const found: Diagnostic[] = [];
    // What follows the last stray character that was read is missing, not wrong.
    if (parseResult.lexerErrors.length > MOST_STRAY_CHARACTERS) return;
    super.processParsingErrors(parseResult, found, options);
    for (const diagnostic of found)
      diagnostics.push({ ...diagnostic, code: 'syntax' satisfies DiagnosticCode });
  }

  protected override processLinkingErrors(document: LangiumDocument, diagnostics: Diagnostic[]): void {
    for (const reference of document.references) {
      if (!reference.error || reference.$refText === undefined) continue;
      const problem = describeUnresolved(reference.error.info, document as ProgramDocument, this.services);
      const { container: node, property, index } = reference.error.info;
      diagnostics.push(
        this.bind({ severity: 'error', node, property, index, ...problem }, document as ProgramDocument),
      );
    }
  }

  /** All checks look at the document as a whole, so that one pass over its nodes by Langium is not needed. */
  protected override async validateAst(
    root: AstNode,
    options: ValidationOptions,
    cancelToken?: Cancellation.CancellationToken,
  ): Promise<Diagnostic[]> {
    const document = AstUtils.getDocument(root) as ProgramDocument;
    const diagnostics: Diagnostic[] = [];
    const report = (problem: Problem) => diagnostics.push(this.bind(problem, document));
    const context = createContext(document, this.services.shared, report);
    const wanted = (category: ValidationCategory) =>
      !options.categories || options.categories.includes(category);
    const checks: readonly Check[] = [
      ...(wanted('fast') ? CHECKS.fast : []),
      ...(wanted('slow') ? CHECKS.slow : []),
    ];
    for (const check of checks) {
      if (cancelToken) await interruptAndCheck(cancelToken);
      try {
        check(context);
      } catch (error) {
        const message = `A check failed (${check.name}: ${error instanceof Error ? error.message : String(error)}); please report this file.`;
        report({ severity: 'warning', code: 'check-failed', message, node: root });
      }
    }
    return diagnostics;
  }

  /** A problem of an imported file that only shows here is reported at the import that leads to it. */
  private bind(problem: Problem, document: ProgramDocument): Diagnostic {
    const { node, property, index, keyword, severity, code, data } = problem;
    const elsewhere = AstUtils.findRootNode(node) !== document.parseResult.value;
    const place = elsewhere ? this.importOf(node, document) : { node, property, index, keyword };
    const from = elsewhere ? `${pathFrom(document, AstUtils.getDocument(node).uri)}: ` : '';
    const related = [...(elsewhere ? [{ node, message: problem.message }] : []), ...(problem.related ?? [])];
    const info: DiagnosticInfo<AstNode, string> = {
      ...(place as DiagnosticInfo<AstNode, string>),
      code,
      data: { ...data, code },
      relatedInformation: related.flatMap(({ node: other, message }) => {
        const range = other.$cstNode?.range;
        return range
          ? [{ location: { uri: AstUtils.getDocument(other).uri.toString(), range }, message }]
          : [];
      }),
    };
    // A root without any text has no node of the syntax tree, and the start of the file as its range.
    if (!elsewhere && node === document.parseResult.value) info.range = START;
    return this.toDiagnostic(severity, from + problem.message, info);
  }

  private importOf(node: AstNode, document: ProgramDocument) {
    const target = AstUtils.getDocument(node).uri.toString();
    const documents = this.services.shared.workspace.LangiumDocuments;
    const leads = importedUris(document).find((uri) => {
      const imported = documents.getDocument(uri) as ProgramDocument | undefined;
      return imported && programDocuments(imported, documents).some((each) => each.uri.toString() === target);
    });
    const statement = document.parseResult.value.imports.find(
      (each) => resolveImport(each)?.toString() === leads?.toString(),
    );
    return statement ? { node: statement, property: 'path' } : { node: document.parseResult.value };
  }
}

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function diagnosticAt(
  range: Diagnostic['range'],
  code: DiagnosticCode,
  message: string,
  source: string | undefined,
): Diagnostic {
  return { severity: 1, range, code, message, source, data: { code } };
}
