import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  TransportKind,
  type CloseHandlerResult,
} from 'vscode-languageclient/node';
import {
  PROTOCOL_VERSION,
  RESOURCE_REQUEST,
  SCENARIO_REQUEST,
  SERVER_STATE_NOTIFICATION,
  STUDIES_REQUEST,
  STUDY_RESULT_NOTIFICATION,
  ScenarioAnswer,
  ServerState,
  StudiesAnswer,
  type InitializationOptions,
  type StudyOutline,
} from '../../language/protocol.js';
import { LastResults } from './last-results.js';
import { readResource } from './resources.js';
import type { ServerHealth } from '../status/health.js';

/** A server that ended this often within the window is not started again by itself. */
const MAX_RESTARTS = 3;
const RESTART_WINDOW_MS = 60_000;
const GAVE_UP = 'the language server keeps stopping; see its log, then choose "V2G: Restart Language Server"';

/** The language server as the rest of the extension sees it. */
export class V2gLanguageClient implements vscode.Disposable {
  private client: LanguageClient;
  private readonly healthEmitter = new vscode.EventEmitter<ServerHealth>();
  private readonly module: string;
  private readonly lastResults: LastResults;
  private closings: number[] = [];
  readonly onHealth = this.healthEmitter.event;

  private readonly watcher = vscode.workspace.createFileSystemWatcher('**/*.v2g');

  constructor(
    context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.module = context.asAbsolutePath('dist/server.js');
    this.lastResults = new LastResults(context.workspaceState);
    this.client = this.createClient();
  }

  private createClient(): LanguageClient {
    const { module } = this;
    const client = new LanguageClient(
      'v2g',
      'V2G Flexibility',
      {
        // Forked on the Node that runs VS Code itself; no other Node needs to be installed.
        run: { module, transport: TransportKind.ipc },
        debug: {
          module,
          transport: TransportKind.ipc,
          options: { execArgv: ['--nolazy', '--inspect=6009'] },
        },
      },
      {
        documentSelector: [{ language: 'v2g' }],
        outputChannel: this.log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        synchronize: {
          configurationSection: 'v2g',
          fileEvents: this.watcher,
        },
        // Asked for at each start, also at those after a crash.
        initializationOptions: (): InitializationOptions => ({
          readsResources: true,
          lastResults: this.lastResults.all,
        }),
        initializationFailedHandler: () => false,
        errorHandler: {
          error: () => ({ action: ErrorAction.Continue, handled: true }),
          closed: () => this.onClosed(),
        },
      },
    );
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) this.healthEmitter.fire({ kind: 'starting' });
      if (newState === State.Running) this.healthEmitter.fire({ kind: 'ready' });
    });
    client.onNotification(SERVER_STATE_NOTIFICATION, (params: unknown) => {
      const { state, message = 'the language server failed; see its log' } = ServerState.parse(params);
      this.healthEmitter.fire(state === 'failed' ? { kind: state, message } : { kind: state });
    });
    client.onRequest(RESOURCE_REQUEST, readResource);
    return client;
  }

  /** Never rejects: a server that does not start is shown by the status item. */
  async start(): Promise<void> {
    try {
      await this.client.start();
    } catch (error) {
      this.failed(error);
    }
  }

  /** With a new client: one whose server ended while it started can neither be stopped nor started again. */
  async restart(): Promise<void> {
    this.closings = [];
    const old = this.client;
    this.client = this.createClient();
    try {
      await old.dispose();
    } catch (error) {
      this.log.warn(`The language server did not stop: ${String(error)}`);
    }
    await this.start();
  }

  /** The studies of a file, in its order. */
  async studies(uri: vscode.Uri): Promise<StudyOutline[]> {
    const params = { version: PROTOCOL_VERSION, uri: uri.toString() };
    return StudiesAnswer.parse(await this.client.sendRequest(STUDIES_REQUEST, params)).studies;
  }

  /** The scenario and the studies of a file with its imports. */
  async scenario(uri: vscode.Uri): Promise<ScenarioAnswer> {
    const params = { version: PROTOCOL_VERSION, uri: uri.toString() };
    return ScenarioAnswer.parse(await this.client.sendRequest(SCENARIO_REQUEST, params));
  }

  /** Tells the server a study's last result for its lens; null takes it away. One that is not running hears it later. */
  async setStudyResult(uri: vscode.Uri, study: string, summary: string | null): Promise<void> {
    const file = uri.toString();
    await (summary === null
      ? this.lastResults.delete(file, study)
      : this.lastResults.set({ uri: file, study, summary }));
    if (!this.client.isRunning()) return;
    const params = { version: PROTOCOL_VERSION, uri: file, study, summary };
    await this.client.sendNotification(STUDY_RESULT_NOTIFICATION, params);
  }

  async stop(): Promise<void> {
    if (this.client.state !== State.Stopped) await this.client.stop();
  }

  dispose(): void {
    this.watcher.dispose();
    this.healthEmitter.dispose();
  }

  private onClosed(): CloseHandlerResult {
    const now = Date.now();
    this.closings = [...this.closings.filter((time) => now - time < RESTART_WINDOW_MS), now];
    if (this.closings.length <= MAX_RESTARTS) return { action: CloseAction.Restart, handled: true };
    this.healthEmitter.fire({ kind: 'failed', message: GAVE_UP });
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  private failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.log.error(`The language server did not start: ${reason}`);
    this.healthEmitter.fire({ kind: 'failed', message: `the language server did not start: ${reason}` });
  }
}
