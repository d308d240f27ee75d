/** Studies and their panels: commands, panels found again after a reload, runs on save, and the way to the lines. */
import { availableParallelism } from 'node:os';
import * as vscode from 'vscode';
import { measure } from '../../report/labels.js';
import type { StudyView } from '../../report/view-model.js';
import type { SourceLocation } from '../../language/protocol.js';
import type { V2gLanguageClient } from '../client/language-client.js';
import { characterizeCommands } from '../commands/characterize.js';
import type { StatusItem } from '../status/status-item.js';
import { saveExport } from './export.js';
import { KeptProcess } from './kept-process.js';
import { RegionPanel, PANEL_TYPE } from './panel.js';
import { PanelState, type Element } from './protocol.js';
import { directionText, progressText } from './progress-text.js';
import { ResultStore } from './result-store.js';
import { Session, type SessionInputs } from './session.js';
import { declarationOf, elementAt, isAddress, type Sources } from './sources.js';
import { drawReport, startRun } from './study-process.js';

export interface RegionDependencies {
  client: Pick<V2gLanguageClient, 'studies' | 'scenario' | 'setStudyResult'>;
  status: Pick<StatusItem, 'studyRuns' | 'studyEnded'>;
  log: vscode.LogOutputChannel;
}

export function registerRegion(
  context: vscode.ExtensionContext,
  deps: RegionDependencies,
): vscode.Disposable {
  const manager = new PanelManager(context, deps);
  return vscode.Disposable.from(
    manager,
    characterizeCommands({
      studies: (uri) => deps.client.studies(uri),
      open: (uri, study, run) => manager.open(uri, study, run),
    }),
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
      deserializeWebviewPanel: (panel, state) => manager.restore(panel, state),
    }),
    vscode.workspace.onDidSaveTextDocument((document) => manager.saved(document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => manager.changed(document)),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => manager.cursorMoved(textEditor)),
  );
}

/** After the last keystroke, before the result is held against the file. */
const COMPARE_AFTER_MS = 600;

/** Between two changes of a lens while a study runs. */
const LENS_EVERY_MS = 3000;

class PanelManager implements vscode.Disposable {
  private readonly panels = new Map<string, RegionPanel>();
  private readonly sources = new Map<string, Sources>();
  private readonly store: ResultStore;
  /** Bundle of the process that runs studies. */
  private readonly runner: string;
  private comparing: NodeJS.Timeout | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly deps: RegionDependencies,
  ) {
    this.runner = vscode.Uri.joinPath(context.extensionUri, 'dist', 'study-runner.js').fsPath;
    const storage = context.storageUri ?? context.globalStorageUri;
    this.store = new ResultStore(vscode.Uri.joinPath(storage, 'results').fsPath);
  }

  async open(uri: vscode.Uri, study: string, run: boolean): Promise<void> {
    let panel = this.panels.get(keyOf(uri, study));
    if (panel) {
      panel.reveal();
    } else {
      const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      panel = this.adopt(vscode.window.createWebviewPanel(PANEL_TYPE, study, column), uri, study);
      await panel.session.open();
    }
    const running = panel.session.run.kind === 'running';
    if (run || (!panel.session.result && !running)) await panel.session.start();
  }

  /** The panel of a window that was reloaded. */
  async restore(webview: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const state = PanelState.safeParse(kept);
    // A window that was closed before the page had drawn anything has kept no state, only the panel and its title.
    const study = state.success ? state.data.study : webview.title;
    const uri = state.success ? state.data.uri : this.context.workspaceState.get<string>(fileKey(study));
    if (uri === undefined) {
      webview.dispose();
      return;
    }
    await this.adopt(webview, vscode.Uri.parse(uri), study).session.open();
  }

  saved(document: vscode.TextDocument): void {
    if (document.languageId !== 'v2g') return;
    const onSave = vscode.workspace
      .getConfiguration('v2g', document.uri)
      .get<boolean>('study.runOnSave', false);
    for (const panel of this.panels.values()) {
      void panel.session.compare().then(() => {
        if (onSave && vscode.workspace.isTrusted && panel.session.stale) return panel.session.start();
        return undefined;
      });
    }
  }

  changed(document: vscode.TextDocument): void {
    if (document.languageId !== 'v2g' || this.panels.size === 0) return;
    clearTimeout(this.comparing);
    this.comparing = setTimeout(() => {
      for (const panel of this.panels.values()) void panel.session.compare();
    }, COMPARE_AFTER_MS);
  }

  cursorMoved({ document, selection }: vscode.TextEditor): void {
    if (document.languageId !== 'v2g') return;
    for (const panel of this.panels.values()) {
      const sources = this.sources.get(panel.uri.toString()) ?? {};
      const element = elementAt(sources, fileOf(document.uri), selection.active.line + 1);
      if (element) panel.showElement(element);
    }
  }

  dispose(): void {
    clearTimeout(this.comparing);
    // The panels stay for the reloaded window; their runs do not.
    for (const panel of this.panels.values()) panel.session.dispose();
  }

  private adopt(webview: vscode.WebviewPanel, uri: vscode.Uri, study: string): RegionPanel {
    const session = this.session(uri, study, () => panel);
    const panel: RegionPanel = new RegionPanel(webview, uri, session, {
      extensionUri: this.context.extensionUri,
      log: this.deps.log,
      reveal: (element) => this.revealElement(uri, element),
      save: (message, record, view) =>
        saveExport(message, record, view, uri, (result) => drawReport(this.runner, result)),
    });
    const key = keyOf(uri, study);
    this.panels.set(key, panel);
    void this.context.workspaceState.update(fileKey(study), uri.toString());
    panel.onDispose(() => {
      this.panels.delete(key);
      session.dispose();
      this.deps.status.studyEnded(study);
    });
    return panel;
  }

  private session(uri: vscode.Uri, study: string, panel: () => RegionPanel): Session {
    const { status, log } = this.deps;
    const kept = new KeptProcess(this.runner);
    let told = -Infinity;
    const session: Session = new Session(study, {
      inputs: () => this.inputs(uri),
      load: (name) => this.store.load(uri.toString(), name),
      save: (name, stored) => this.store.save(uri.toString(), name, stored),
      start: (request, onMessage) => startRun(kept, request, onMessage, (line) => log.warn(line)),
      endProcess: () => kept.dispose(),
      workers: () => workerCount(uri),
      generator: { name: 'v2g-flexibility', version: String(this.context.extension.packageJSON.version) },
      onView: () => {
        panel().showView();
        const { view } = panel();
        // While points arrive a lens that changes with each of them would keep the editor busy.
        const now = Date.now();
        if (view?.partial && session.run.kind === 'running' && now - told < LENS_EVERY_MS) return;
        told = now;
        void this.tellLens(uri, study, view);
      },
      onStatus: () => {
        panel().showStatus();
        const { run } = session;
        if (run.kind === 'running')
          status.studyRuns(study, progressText(run.progress), directionText(run.progress));
        else status.studyEnded(study);
      },
    });
    return session;
  }

  private async inputs(uri: vscode.Uri): Promise<SessionInputs> {
    const { scenario, studies, errors, sources } = await this.deps.client.scenario(uri);
    if (sources) this.sources.set(uri.toString(), sources);
    if (!scenario) {
      const [first, ...others] = errors;
      const more = others.length ? ` (and ${others.length} more)` : '';
      throw new Error(first ? `The file has errors: ${first}${more}` : 'The file states no scenario.');
    }
    return { scenario, studies };
  }

  private async tellLens(uri: vscode.Uri, study: string, view: StudyView | null): Promise<void> {
    const last = view?.regions.at(-1);
    const seconds = view?.regions.reduce((sum, r) => sum + r.seconds, 0) ?? 0;
    const partial = view?.partial ? ', partial' : '';
    const summary = last
      ? `${measure(last.measure)} ${last.unit} at ${last.label}, ${Math.round(seconds)} s${partial}`
      : null;
    await this.deps.client.setStudyResult(uri, study, summary);
  }

  private async revealElement(uri: vscode.Uri, element: Element): Promise<void> {
    if (!this.sources.has(uri.toString())) await this.inputs(uri);
    const at = declarationOf(this.sources.get(uri.toString()) ?? {}, element);
    if (!at) {
      void vscode.window.setStatusBarMessage(
        `V2G: ${element.kind} ${element.id} is not in the file any more`,
        4000,
      );
      return;
    }
    const file = isAddress(at.file) ? vscode.Uri.parse(at.file) : vscode.Uri.file(at.file);
    const shown = vscode.window.visibleTextEditors.find((e) => e.document.uri.toString() === file.toString());
    const editor = await vscode.window.showTextDocument(file, {
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
      preserveFocus: true,
    });
    const range = toRange(at.range);
    editor.selection = new vscode.Selection(range.start, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

/** Under which the file of a study's panel is remembered. */
const fileKey = (study: string): string => `panel of ${study}`;

const keyOf = (uri: vscode.Uri, study: string): string => `${uri.toString()}\n${study}`;

/** A file as the server names it: its path, or its address when it is on no disk. */
const fileOf = (uri: vscode.Uri): string => (uri.scheme === 'file' ? uri.fsPath : uri.toString());

/** Threads of a study, from the settings. */
export function workerCount(uri: vscode.Uri): number {
  const asked = vscode.workspace.getConfiguration('v2g', uri).get<number>('study.workers', 0);
  // One core is left to the editor.
  return asked > 0 ? asked : Math.max(1, availableParallelism() - 1);
}

function toRange({ line, column, endLine, endColumn }: SourceLocation['range']): vscode.Range {
  return new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}
