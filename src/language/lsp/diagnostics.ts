/** Diagnostics as an editor shows them: each code leads to its entry in the manual. */
import type { Cancellation, LangiumDocument, ValidationOptions } from 'langium';
import { V2gDocumentValidator } from '../validation/validator.js';

/** Entries are headings of the manual, named as the codes are. */
export const MANUAL = 'https://github.com/v2g-flexibility/v2g-flexibility/blob/main/docs/language.md';

type Diagnostics = Awaited<ReturnType<V2gDocumentValidator['validateDocument']>>;

export class V2gDiagnostics extends V2gDocumentValidator {
  override async validateDocument(
    document: LangiumDocument,
    options?: ValidationOptions,
    cancelToken?: Cancellation.CancellationToken,
  ): Promise<Diagnostics> {
    const diagnostics = await super.validateDocument(document, options, cancelToken);
    for (const diagnostic of diagnostics) {
      if (diagnostic.code) diagnostic.codeDescription = { href: `${MANUAL}#${diagnostic.code}` };
    }
    return diagnostics;
  }
}
