/** Tells the client what the server is doing, for its status item. */
import { DocumentState } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';
import type { ServerState } from '../protocol.js';
import { PROTOCOL_VERSION, SERVER_STATE_NOTIFICATION } from '../protocol.js';

/** Checks that are done before this do not make the status item flicker. */
const CHECKING_AFTER_MS = 150;

export function reportServerState(connection: Connection, shared: LangiumSharedServices): void {
  const send = (state: ServerState['state'], message?: string) => {
    const params: ServerState = { version: PROTOCOL_VERSION, state, ...(message ? { message } : {}) };
    void connection.sendNotification(SERVER_STATE_NOTIFICATION, params);
  };
  let pending: NodeJS.Timeout | undefined;
  shared.workspace.DocumentBuilder.onUpdate((changed) => {
    if (changed.length > 0) pending ??= setTimeout(() => send('checking'), CHECKING_AFTER_MS);
  });
  shared.workspace.DocumentBuilder.onBuildPhase(DocumentState.Validated, () => {
    clearTimeout(pending);
    pending = undefined;
    send('ready');
  });
  // Whatever failed is in the log, and the next change starts afresh.
  process.on('unhandledRejection', (reason) => {
    connection.console.error(`Unhandled rejection: ${String(reason)}`);
    send('failed', 'an internal error; see the log, then choose "V2G: Restart Language Server"');
  });
}
