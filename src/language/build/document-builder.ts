/** Builds documents together with what they import, wherever that lies: an editor may open a single file. */
import type { BuildOptions, LangiumDocument, LangiumSharedCoreServices } from 'langium';
import { type Cancellation, DefaultDocumentBuilder, DocumentState, OperationCancelled } from 'langium';
import { loadImports } from '../load-imports.js';
import type { ProgramDocument } from '../program.js';

/** Characters; parsing less than this takes no longer than waiting for the next keystroke. */
const LONG_TEXT = 150_000;

/** Parsing cannot be interrupted: a keystroke that is on its way comes first. */
const SETTLE_MS = 30;

export class V2gDocumentBuilder extends DefaultDocumentBuilder {
  constructor(private readonly services: LangiumSharedCoreServices) {
    super(services);
  }

  protected override async buildDocuments(
    documents: LangiumDocument[],
    options: BuildOptions,
    cancelToken: Cancellation.CancellationToken,
  ): Promise<void> {
    await this.settle(documents, cancelToken);
    await this.runCancelable(documents, DocumentState.Parsed, cancelToken, (document) =>
      this.langiumDocumentFactory.update(document, cancelToken),
    );
    const all = [...documents];
    for (const document of documents) {
      const added = await loadImports(document as ProgramDocument, this.services);
      all.push(...added.filter((one) => !all.includes(one)));
    }
    await super.buildDocuments(all, options, cancelToken);
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
