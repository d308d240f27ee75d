/** A file system in memory with the examples, for the tests of virtual workspaces. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import * as vscode from 'vscode';

class MemoryFiles implements vscode.FileSystemProvider {
  private readonly files = new Map<string, Uint8Array>();
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;

  /** @param folder on the disk; its files appear below `/examples` */
  constructor(folder: string) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, name);
      if (statSync(path).isFile()) {
        this.files.set(`/examples/${relative(folder, path).replaceAll(sep, '/')}`, readFileSync(path));
      }
    }
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const file = this.files.get(uri.path);
    if (!file && this.readDirectory(uri).length === 0) throw vscode.FileSystemError.FileNotFound(uri);
    const type = file ? vscode.FileType.File : vscode.FileType.Directory;
    return { type, ctime: 0, mtime: 0, size: file?.byteLength ?? 0 };
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    const below = [...this.files.keys()].filter((name) => name.startsWith(prefix));
    const names = new Set(below.map((name) => name.slice(prefix.length).split('/')[0]));
    return [...names].map((name) => [
      name,
      this.files.has(prefix + name) ? vscode.FileType.File : vscode.FileType.Directory,
    ]);
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const file = this.files.get(uri.path);
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    this.files.set(uri.path, content);
    this.changes.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  createDirectory(): void {}

  delete(uri: vscode.Uri): void {
    this.files.delete(uri.path);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    this.writeFile(to, this.readFile(from));
    this.delete(from);
  }
}

export function activate({ extensionPath, subscriptions }: vscode.ExtensionContext): void {
  const files = new MemoryFiles(join(extensionPath, '../../../examples'));
  subscriptions.push(vscode.workspace.registerFileSystemProvider('v2g-memory', files));
}
