/** Makes an editor ask again where an answer has changed and the text of its file has not. */
import { DocumentState } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';
import { CodeLensRefreshRequest, InlayHintRefreshRequest } from 'vscode-languageserver';

/** After the last of several changes: who types into one file is not shown the hints of another at every keystroke. */
const SETTLED_MS = 300;

export interface EditorRefresh {
  /** The lenses say something else than before. Resolves when the editor has taken note, at once when it cannot. */
  lenses(): Promise<void>;
}

/**
 * Refreshes hints when another open file has changed, because they show what follows from imports and importing files,
 * and hints and lenses when the settings have; an editor asks by itself when the text of their own file changes.
 */
export function refreshEditor(connection: Connection, shared: LangiumSharedServices): EditorRefresh {
  const { DocumentBuilder, ConfigurationProvider, TextDocuments } = shared.workspace;
  let [canLenses, canHints] = [false, false];
  shared.lsp.LanguageServer.onInitialize(({ capabilities: { workspace } }) => {
    canLenses = workspace?.codeLens?.refreshSupport ?? false;
    canHints = workspace?.inlayHint?.refreshSupport ?? false;
  });
  const lenses = async () => {
    if (canLenses) await connection.sendRequest(CodeLensRefreshRequest.type);
  };
  const hints = async () => {
    if (canHints) await connection.sendRequest(InlayHintRefreshRequest.type);
  };
  const unheard = (error: unknown) =>
    connection.console.warn(`The editor was not refreshed: ${String(error)}`);

  const changed = new Set<string>();
  let settled: NodeJS.Timeout | undefined;
  DocumentBuilder.onUpdate((uris, deleted) => {
    for (const uri of [...uris, ...deleted]) changed.add(uri.toString());
  });
  DocumentBuilder.onBuildPhase(DocumentState.Validated, () => {
    const others = TextDocuments.keys().some((uri) => changed.size > (changed.has(uri) ? 1 : 0));
    changed.clear();
    if (!others) return;
    clearTimeout(settled);
    settled = setTimeout(() => void hints().catch(unheard), SETTLED_MS);
  });
  ConfigurationProvider.onConfigurationSectionUpdate(() => {
    void Promise.all([lenses(), hints()]).catch(unheard);
  });
  return { lenses };
}
