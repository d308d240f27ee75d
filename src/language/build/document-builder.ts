/** Builds documents together with what they import, wherever that lies: an editor may open a single file. */
import type { AstNode, BuildOptions, LangiumDocument } from 'langium';
import { Cancellation, DefaultDocumentBuilder, DocumentState, OperationCancelled, URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { loadImports } from '../load-imports.js';
import type { ProgramDocument } from '../program.js';

/** Characters; parsing less than this takes no longer than waiting for the next keystroke. */
const LONG_TEXT = 150_000;

/** Parsing cannot be interrupted: a keystroke that is on its way comes first. */
const SETTLE_MS = 30;

export class V2gDocumentBuilder extends DefaultDocumentBuilder {
  /** By address: which text of the editor was parsed last. */
  private readonly parsed = new Map<string, { text: TextDocument; version: number }>();
  /** Requests that wait for a state; each looks again when one is reached. */
  private readonly waiting = new Set<() => void>();

  constructor(private readonly services: LangiumSharedServices) {
    super(services);
  }

  /** Afterwards also what the beginning of this build has cut short: nothing else would take it up again. */
  override async build<T extends AstNode>(
    documents: LangiumDocument<T>[],
    options: BuildOptions = {},
    cancelToken = Cancellation.CancellationToken.None,
  ): Promise<void> {
    await super.build(documents, options, cancelToken);
    const cutShort = this.langiumDocuments.all.filter(
      ({ uri }) => !this.buildState.get(uri.toString())?.completed,
    );
    await this.buildDocuments(cutShort.toArray(), this.updateBuildOptions, cancelToken);
  }

  protected override async buildDocuments(
    documents: LangiumDocument[],
    options: BuildOptions,
    cancelToken: Cancellation.CancellationToken,
  ): Promise<void> {
    // Before anything can be cut short: a build that takes it up again does the same checks.
    this.prepareBuild(documents, options);
    await this.settle(documents, cancelToken);
    await this.runCancelable(documents, DocumentState.Parsed, cancelToken, async (document) => {
      const text = this.textDocuments?.get(document.uri);
      if (text) this.parsed.set(document.uri.toString(), { text, version: text.version });
      else this.parsed.delete(document.uri.toString());
      await this.langiumDocumentFactory.update(document, cancelToken);
    });
    const all = [...documents];
    for (const document of documents) {
      const added = await loadImports(document as ProgramDocument, this.services);
      all.push(...added.filter((one) => !all.includes(one)));
    }
    await super.buildDocuments(all, options, cancelToken);
  }

  /**
   * Those who listen for a state hear of it even when the build is cut short in that moment: the next one goes on behind
   * it, and they would wait until the file is changed again.
   */
  protected override async notifyDocumentPhase(
    document: LangiumDocument,
    state: DocumentState,
  ): Promise<void> {
    this.wake();
    await super.notifyDocumentPhase(document, state, Cancellation.CancellationToken.None);
  }

  protected override async runCancelable(
    ...args: Parameters<DefaultDocumentBuilder['runCancelable']>
  ): Promise<void> {
    await super.runCancelable(...args);
    this.wake();
  }

  /**
   * An open file reaches every state, sooner or later, with the text that the editor has shown. What is asked about it
   * is answered then: not with an error, after which an editor does not ask again, and not about an earlier text.
   */
  protected override async awaitDocumentState(
    state: DocumentState,
    uri: URI,
    cancelToken: Cancellation.CancellationToken,
  ): Promise<URI> {
    if (!this.textDocuments?.get(uri)) return super.awaitDocumentState(state, uri, cancelToken);
    await this.waitFor(() => this.hasReached(state, uri), cancelToken);
    return uri;
  }

  /** What is asked about all files is answered when each open one has got there. */
  protected override awaitBuilderState(
    state: DocumentState,
    cancelToken: Cancellation.CancellationToken,
  ): Promise<void> {
    const open = () => this.services.workspace.TextDocuments.keys().map((uri) => URI.parse(uri));
    return this.waitFor(
      () => this.currentState >= state && open().every((uri) => this.hasReached(state, uri)),
      cancelToken,
    );
  }

  private waitFor(reached: () => boolean, cancelToken: Cancellation.CancellationToken): Promise<void> {
    if (reached()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!reached()) return;
        stopWaiting();
        resolve();
      };
      const cancelled = cancelToken.onCancellationRequested(() => {
        stopWaiting();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- Langium's own sign
        reject(OperationCancelled);
      });
      const stopWaiting = () => {
        this.waiting.delete(look);
        cancelled.dispose();
      };
      this.waiting.add(look);
    });
  }

  private wake(): void {
    for (const look of [...this.waiting]) look();
  }

  private hasReached(state: DocumentState, uri: URI): boolean {
    const document = this.langiumDocuments.getDocument(uri);
    if (!document || document.state < state) return false;
    const text = this.textDocuments?.get(uri);
    const parsed = this.parsed.get(uri.toString());
    return !text || (parsed?.text === text && parsed.version === text.version);
  }

  /** Gives keystrokes that have arrived meanwhile the chance to cancel the parsing of a long file before it begins. */
  private async settle(
    documents: readonly LangiumDocument[],
    cancelToken: Cancellation.CancellationToken,
  ): Promise<void> {
    const isLong = ({ uri }: LangiumDocument) =>
      (this.textDocuments?.get(uri)?.getText().length ?? 0) > LONG_TEXT;
    if (!documents.some((document) => document.state < DocumentState.Parsed && isLong(document))) return;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- Langium's own sign of a cancelled operation
    if (cancelToken.isCancellationRequested) throw OperationCancelled;
  }
}
