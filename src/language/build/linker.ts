/** Links the references of a file in one pass, with one scope for each kind of name. */
import type { AstNodeDescription, LangiumDocument, LinkingError, ReferenceInfo, Scope } from 'langium';
import { Cancellation, DefaultLinker, interruptAndCheck } from 'langium';
import { referencesOf } from './walk.js';

/** References linked between two looks at whether a later keystroke has made the work pointless. */
const CHUNK = 1000;

export class V2gLinker extends DefaultLinker {
  /** Of the document that is being linked: which names are visible depends on the file and the kind alone. */
  private scopes: Map<string, Scope> | undefined;

  override async link(document: LangiumDocument, cancelToken = Cancellation.CancellationToken.None) {
    const references = referencesOf(document.parseResult.value);
    for (let start = 0; start < references.length; start += CHUNK) {
      await interruptAndCheck(cancelToken);
      this.scopes = new Map();
      try {
        for (const reference of references.slice(start, start + CHUNK)) this.doLink(reference, document);
      } finally {
        this.scopes = undefined;
      }
    }
  }

  override getCandidate(info: ReferenceInfo): AstNodeDescription | LinkingError {
    return this.scopeOf(info).getElement(info.reference.$refText) ?? this.createLinkingError(info);
  }

  private scopeOf(info: ReferenceInfo): Scope {
    if (!this.scopes) return this.scopeProvider.getScope(info);
    const kind = this.reflection.getReferenceType(info);
    let scope = this.scopes.get(kind);
    if (!scope) this.scopes.set(kind, (scope = this.scopeProvider.getScope(info)));
    return scope;
  }
}
