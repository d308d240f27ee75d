/** Reads a file and everything that it imports into the workspace. */
import type { LangiumDocuments, LangiumSharedCoreServices, URI } from 'langium';
import { importedUris } from './imports.js';
import type { ProgramDocument } from './program.js';

export interface Loaded {
  readonly document?: ProgramDocument;
  /** Why the file could not be read. */
  readonly error: string;
}

/** Loads a file and its imports, directly or not; imports that cannot be read are left to the check of imports. */
export async function loadDocument(uri: URI, shared: LangiumSharedCoreServices): Promise<Loaded> {
  let document: ProgramDocument;
  try {
    document = await getOrLoad(uri, shared.workspace.LangiumDocuments);
  } catch (error) {
    return { error: `The file cannot be read: ${reason(error)}.` };
  }
  await loadImports(document, shared);
  return { document, error: '' };
}

/** Loads what a document imports, and what that imports; returns the documents that were new to the workspace. */
export async function loadImports(
  document: ProgramDocument,
  shared: LangiumSharedCoreServices,
): Promise<ProgramDocument[]> {
  const { LangiumDocuments: documents, FileSystemProvider: files } = shared.workspace;
  const added: ProgramDocument[] = [];
  const pending = [document];
  for (const next of pending) {
    for (const uri of importedUris(next)) {
      if (documents.hasDocument(uri) || !(await isFile(uri))) continue;
      try {
        const imported = await getOrLoad(uri, documents);
        added.push(imported);
        pending.push(imported);
      } catch {
        // Unreadable: the check of imports reports every import without a document.
      }
    }
  }
  return added;

  async function isFile(uri: URI): Promise<boolean> {
    try {
      return (await files.exists(uri)) && (await files.stat(uri)).isFile;
    } catch {
      return false;
    }
  }
}

/** Like `getOrCreateDocument`, which throws when somebody else loads the same file at the same time. */
async function getOrLoad(uri: URI, documents: LangiumDocuments): Promise<ProgramDocument> {
  try {
    return (await documents.getOrCreateDocument(uri)) as ProgramDocument;
  } catch (error) {
    const loaded = documents.getDocument(uri);
    if (loaded) return loaded as ProgramDocument;
    throw error;
  }
}

function reason(error: unknown): string {
  const code = (error as { code?: string }).code;
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EISDIR') return 'it is a folder';
  return error instanceof Error ? error.message : String(error);
}
