/** One language server as a process, driven through the protocol as an editor does. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Diagnostic, ProtocolConnection } from 'vscode-languageserver/node';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

export class Session {
  private readonly process: ChildProcess;
  private readonly connection: ProtocolConnection;
  private readonly waiting = new Map<string, (diagnostics: Diagnostic[]) => void>();
  private version = 1;
  /** Diagnostics that the server sent, for each document. */
  readonly published = new Map<string, number>();

  constructor(command: readonly string[]) {
    this.process = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout!),
      new StreamMessageWriter(this.process.stdin!),
    );
    this.connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
        this.published.set(uri, (this.published.get(uri) ?? 0) + 1);
        this.waiting.get(uri)?.(diagnostics);
        this.waiting.delete(uri);
      },
    );
    this.connection.listen();
  }

  async initialize(rootUri: string | null): Promise<void> {
    await this.connection.sendRequest('initialize', {
      processId: null,
      rootUri,
      capabilities: {},
      workspaceFolders: rootUri ? [{ uri: rootUri, name: 'bench' }] : null,
    });
    await this.connection.sendNotification('initialized', {});
  }

  /** Milliseconds until the diagnostics of the opened file arrive, and how many there are. */
  async open(uri: string, languageId: string, text: string): Promise<{ ms: number; diagnostics: number }> {
    const start = performance.now();
    const arrived = this.nextDiagnostics(uri);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: this.version++, text },
    });
    const diagnostics = await arrived;
    return { ms: performance.now() - start, diagnostics: diagnostics.length };
  }

  /** Types or deletes one character, and waits for the diagnostics. */
  async keystroke(uri: string, line: number, character: number, text: string): Promise<number> {
    const start = performance.now();
    const arrived = this.nextDiagnostics(uri);
    await this.change(uri, line, character, text);
    await arrived;
    return performance.now() - start;
  }

  /** Sends a change without waiting; an empty text deletes the character behind the position. */
  async change(uri: string, line: number, character: number, text: string): Promise<void> {
    const start = { line, character };
    const range = { start, end: text === '' ? { line, character: character + 1 } : start };
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: this.version++ },
      contentChanges: [{ range, text }],
    });
  }

  nextDiagnostics(uri: string): Promise<Diagnostic[]> {
    return new Promise((resolve) => this.waiting.set(uri, resolve));
  }

  async request<T>(method: string, params: unknown): Promise<T> {
    return this.connection.sendRequest<T>(method, params);
  }

  /** Resident memory in MB; undefined where the system does not say. */
  residentMb(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    } catch {
      return undefined;
    }
  }

  /** Processor time of the server's main thread so far, in ms; undefined where the system does not say. */
  processorMs(): number | undefined {
    try {
      const text = readFileSync(`/proc/${this.process.pid}/task/${this.process.pid}/schedstat`, 'utf8');
      return Number(text.split(' ')[0]) / 1e6;
    } catch {
      return undefined;
    }
  }

  async close(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    this.connection.dispose();
  }
}
