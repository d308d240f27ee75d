/** What happens when a file is saved, closed, or changed outside of the editor. */
import type { LangiumDocument } from 'langium';
import { URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { DefaultDocumentUpdateHandler } from 'langium/lsp';
import type {
  DidChangeWatchedFilesParams,
  FileSystemWatcher,
  TextDocumentChangeEvent,
} from 'vscode-languageserver';
import { FileChangeType } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** All categories of checks: those while typing, and the slow ones. */
export const ALL_CHECKS = { validation: { categories: ['built-in', 'fast', 'slow'] } };

export class V2gDocumentUpdates extends DefaultDocumentUpdateHandler {
  private readonly services: LangiumSharedServices;

  constructor(services: LangiumSharedServices) {
    super(services);
    this.services = services;
  }

  /** The slow checks of the saved file, and of the open files that import it. */
  didSaveDocument({ document }: TextDocumentChangeEvent<TextDocument>): void {
    const { LangiumDocuments, IndexManager, TextDocuments } = this.services.workspace;
    const saved = new Set([URI.parse(document.uri).toString()]);
    const concerns = (other: LangiumDocument) =>
      saved.has(other.uri.toString()) ||
      (TextDocuments.get(other.uri) !== undefined && IndexManager.isAffected(other, saved));
    this.workspaceLock
      .write((token) =>
        this.documentBuilder.build([...LangiumDocuments.all.filter(concerns)], ALL_CHECKS, token),
      )
      .catch((error: unknown) =>
        this.services.lsp.Connection?.console.error(`The checks on save failed: ${String(error)}`),
      );
  }

  /** Without the editor's text, a file says what is on the disk; a file that was never saved says nothing. */
  didCloseDocument({ document }: TextDocumentChangeEvent<TextDocument>): void {
    const uri = URI.parse(document.uri);
    const { FileSystemProvider } = this.services.workspace;
    void exists(FileSystemProvider.exists(uri)).then((onDisk) =>
      onDisk ? this.fireDocumentUpdate([uri], []) : this.fireDocumentUpdate([], [uri]),
    );
  }

  /** An open file says what the editor says: what its disk says must not check it again, without the slow checks. */
  override didChangeWatchedFiles({ changes }: DidChangeWatchedFilesParams): void {
    const open = ({ uri, type }: DidChangeWatchedFilesParams['changes'][number]) =>
      type !== FileChangeType.Deleted &&
      this.services.workspace.TextDocuments.get(URI.parse(uri)) !== undefined;
    const outside = changes.filter((change) => !open(change));
    if (outside.length > 0) super.didChangeWatchedFiles({ changes: outside });
  }

  protected override getWatchers(): FileSystemWatcher[] {
    return [{ globPattern: '**/*.v2g' }];
  }
}

async function exists(answer: Promise<boolean>): Promise<boolean> {
  try {
    return await answer;
  } catch {
    return false;
  }
}
