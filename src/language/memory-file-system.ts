/** Files held in memory, for tests and for hosts without a disk. */
import type { FileSystemNode, FileSystemProvider, URI } from 'langium';

export class MemoryFileSystem implements FileSystemProvider {
  /** @param files Texts by path, such as `/grid.v2g`. */
  constructor(private readonly files: Readonly<Record<string, string>>) {}

  existsSync(uri: URI): boolean {
    return Object.hasOwn(this.files, uri.path);
  }

  statSync(uri: URI): FileSystemNode {
    return { isFile: this.existsSync(uri), isDirectory: false, uri };
  }

  readFileSync(uri: URI): string {
    if (!this.existsSync(uri)) throw new Error(`no file ${uri.path}`);
    return this.files[uri.path];
  }

  readBinarySync(uri: URI): Uint8Array {
    return new TextEncoder().encode(this.readFileSync(uri));
  }

  readDirectorySync(): FileSystemNode[] {
    return [];
  }

  async exists(uri: URI): Promise<boolean> {
    return this.existsSync(uri);
  }

  async stat(uri: URI): Promise<FileSystemNode> {
    return this.statSync(uri);
  }

  async readFile(uri: URI): Promise<string> {
    return this.readFileSync(uri);
  }

  async readBinary(uri: URI): Promise<Uint8Array> {
    return this.readBinarySync(uri);
  }

  async readDirectory(): Promise<FileSystemNode[]> {
    return [];
  }
}
