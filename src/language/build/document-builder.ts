/** Builds documents together with what they import, wherever that lies: an editor may open a single file. */
import type { BuildOptions, LangiumDocument, LangiumSharedCoreServices } from 'langium';
import { type Cancellation, DefaultDocumentBuilder, DocumentState } from 'langium';
import { loadImports } from '../load-imports.js';
import type { ProgramDocument } from '../program.js';

export class V2gDocumentBuilder extends DefaultDocumentBuilder {
  constructor(private readonly services: LangiumSharedCoreServices) {
    super(services);
  }

  protected override async buildDocuments(
    documents: LangiumDocument[],
    options: BuildOptions,
    cancelToken: Cancellation.CancellationToken,
  ): Promise<void> {
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
}
