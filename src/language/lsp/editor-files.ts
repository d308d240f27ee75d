/** Files on the disk are read from there; all others, as in a virtual workspace, by the editor. */
import type { FileSystemNode, FileSystemProvider, URI } from 'langium';
import { UriUtils } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';
import { InitializationOptions, PROTOCOL_VERSION, RESOURCE_REQUEST, ResourceAnswer } from '../protocol.js';

const NOTHING: ResourceAnswer = { version: PROTOCOL_VERSION, kind: 'nothing' };

export class EditorFiles implements FileSystemProvider {
  private editorReads = false;

  constructor(
    private readonly disk: FileSystemProvider,
    private readonly connection: Connection,
  ) {}

  /** Heeds what the client says of itself when it starts. */
  listen({ lsp }: LangiumSharedServices): void {
    lsp.LanguageServer.onInitialize(({ initializationOptions }) => {
      const options = InitializationOptions.safeParse(initializationOptions);
      this.editorReads = options.success && options.data.readsResources === true;
    });
  }

  async exists(uri: URI): Promise<boolean> {
    return isOnDisk(uri) ? this.disk.exists(uri) : (await this.ask(uri)).kind !== 'nothing';
  }

  async stat(uri: URI): Promise<FileSystemNode> {
    if (isOnDisk(uri)) return this.disk.stat(uri);
    const { kind } = await this.ask(uri);
    if (kind === 'nothing') throw new Error(`there is nothing at ${uri.toString()}`);
    return { uri, isFile: kind === 'file', isDirectory: kind === 'folder' };
  }

  async readFile(uri: URI): Promise<string> {
    if (isOnDisk(uri)) return this.disk.readFile(uri);
    const answer = await this.ask(uri);
    if (answer.kind !== 'file') throw new Error(`there is no file ${uri.toString()}`);
    return answer.text;
  }

  async readBinary(uri: URI): Promise<Uint8Array> {
    return isOnDisk(uri) ? this.disk.readBinary(uri) : new TextEncoder().encode(await this.readFile(uri));
  }

  async readDirectory(uri: URI): Promise<FileSystemNode[]> {
    if (isOnDisk(uri)) return this.disk.readDirectory(uri);
    const answer = await this.ask(uri);
    const entries = answer.kind === 'folder' ? answer.entries : [];
    return entries.map(({ name, isFolder }) => ({
      uri: UriUtils.joinPath(uri, name),
      isFile: !isFolder,
      isDirectory: isFolder,
    }));
  }

  // An editor answers when it does: at once there is only the disk.

  existsSync(uri: URI): boolean {
    return isOnDisk(uri) && this.disk.existsSync(uri);
  }

  statSync(uri: URI): FileSystemNode {
    return this.disk.statSync(onDisk(uri));
  }

  readFileSync(uri: URI): string {
    return this.disk.readFileSync(onDisk(uri));
  }

  readBinarySync(uri: URI): Uint8Array {
    return this.disk.readBinarySync(onDisk(uri));
  }

  readDirectorySync(uri: URI): FileSystemNode[] {
    return this.disk.readDirectorySync(onDisk(uri));
  }

  private async ask(uri: URI): Promise<ResourceAnswer> {
    if (!this.editorReads) return NOTHING;
    const params = { version: PROTOCOL_VERSION, uri: uri.toString() };
    return ResourceAnswer.parse(await this.connection.sendRequest(RESOURCE_REQUEST, params));
  }
}

const isOnDisk = ({ scheme }: URI): boolean => scheme === 'file';

function onDisk(uri: URI): URI {
  if (!isOnDisk(uri)) throw new Error(`${uri.toString()} is on no disk`);
  return uri;
}
