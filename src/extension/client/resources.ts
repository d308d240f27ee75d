import * as vscode from 'vscode';
import { DocumentParams, PROTOCOL_VERSION, type ResourceAnswer } from '../../language/protocol.js';

/** Answers the server's question what lies at an address that is on no disk. */
export async function readResource(message: unknown): Promise<ResourceAnswer> {
  const uri = vscode.Uri.parse(DocumentParams.parse(message).uri);
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    if (type & vscode.FileType.Directory) {
      const entries = (await vscode.workspace.fs.readDirectory(uri)).map(([name, kind]) => ({
        name,
        isFolder: (kind & vscode.FileType.Directory) !== 0,
      }));
      return { version: PROTOCOL_VERSION, kind: 'folder', entries };
    }
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return { version: PROTOCOL_VERSION, kind: 'file', text };
  } catch {
    // Whatever keeps it from being read: the import that names it is marked.
    return { version: PROTOCOL_VERSION, kind: 'nothing' };
  }
}
