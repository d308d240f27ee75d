import * as vscode from 'vscode';
import type { V2gLanguageClient } from '../client/language-client.js';

/** V2G: Restart Language Server. */
export function restartServerCommand(client: V2gLanguageClient): vscode.Disposable {
  return vscode.commands.registerCommand('v2g.restartServer', () => client.restart());
}
