import type { URI } from 'langium';

/** A file as a person names it: its path, or the address of a document that is no file. */
export function displayPath(uri: URI): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString();
}
