/** The side panel of one study: its webview on one side, its session on the other. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { deriveStudyView, findPoint } from '../../report/derive.js';
import { derivePointDetail } from '../../report/derive-point.js';
import { layOutMap } from '../../report/layout.js';
import { projectRegions } from '../../report/project.js';
import type { MapView, StudyView } from '../../report/view-model.js';
import type { ExportMessage } from './export.js';
import { panelHtml } from './panel-html.js';
import { Outbox } from './outbox.js';
import { planOf, type StudyRecord } from './plans.js';
import { PANEL_PROTOCOL_VERSION, ToPanel, type Element, type ToWebview } from './protocol.js';
import type { Session } from './session.js';

type WithoutVersion<T> = T extends unknown ? Omit<T, 'version'> : never;

export interface PanelDependencies {
  extensionUri: vscode.Uri;
  log: vscode.LogOutputChannel;
  reveal(element: Element): Promise<void>;
  save(message: ExportMessage, record: StudyRecord, view: StudyView): Promise<void>;
}

export const PANEL_TYPE = 'v2g.region';

export class RegionPanel implements vscode.Disposable {
  /** What is shown. */
  view: StudyView | null = null;
  private map: { of: unknown; view: MapView } | null = null;
  private ready = false;
  /** Of a study over a range of times: which of its regions is shown. */
  private interval = 0;
  private readonly listeners: vscode.Disposable[] = [];
  private readonly views = new Outbox<StudyView | null>((view) => this.send({ type: 'view', view }));

  constructor(
    private readonly panel: vscode.WebviewPanel,
    readonly uri: vscode.Uri,
    readonly session: Session,
    private readonly deps: PanelDependencies,
  ) {
    const { webview } = panel;
    const dist = vscode.Uri.joinPath(deps.extensionUri, 'dist');
    const within = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.title = session.study;
    this.listeners.push(webview.onDidReceiveMessage((message: unknown) => this.receive(message)));
    webview.html = panelHtml({
      scriptUri: within('webview.js'),
      styleUri: within('webview.css'),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      uri: uri.toString(),
      study: session.study,
    });
  }

  onDispose(listener: () => void): void {
    this.listeners.push(this.panel.onDidDispose(listener));
  }

  /** To be called for a panel that was there before; one just created shows itself. */
  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  showView(): void {
    const { result, study, earlier } = this.session;
    const { interval } = this;
    this.view = (result && deriveStudyView(result, study, { interval, earlier })) ?? null;
    if (this.ready) this.views.put(() => this.view);
  }

  showStatus(): void {
    const { study, run, stale } = this.session;
    const file = this.uri.path.split('/').at(-1) ?? '';
    const say = () => this.send({ type: 'status', study, file, run, stale });
    // Nobody hears that a run has come to its end before seeing what it has found. What was just asked for - to run, to
    // stop - is seen at once, though a slow machine may still be drawing.
    if (run.kind === 'idle' || run.kind === 'failed') this.views.after(say);
    else this.views.now(say);
  }

  showElement(element: Element): void {
    this.send({ type: 'element', element });
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
    this.session.dispose();
    this.panel.dispose();
  }

  private send(message: WithoutVersion<ToWebview>): void {
    // Before the page says that it is ready, nobody listens; it gets everything then.
    if (this.ready) void this.panel.webview.postMessage({ ...message, version: PANEL_PROTOCOL_VERSION });
  }

  private receive(message: unknown): void {
    const parsed = ToPanel.safeParse(message);
    if (!parsed.success) {
      this.deps.log.warn(`The panel sent a message that its protocol does not have: ${parsed.error.message}`);
      return;
    }
    this.answer(parsed.data).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.deps.log.error(`Panel of ${this.session.study}: ${reason}`);
      void vscode.window.showErrorMessage(`V2G: ${reason}`);
    });
  }

  private async answer(message: ToPanel): Promise<void> {
    const { session } = this;
    switch (message.type) {
      case 'ready':
        this.ready = true;
        this.views.reset();
        this.showStatus();
        this.showView();
        return;
      case 'seen':
        return this.views.seen();
      case 'run':
        return session.start();
      case 'cancel':
        return session.cancel();
      case 'ask':
        return session.ask(message.question);
      case 'showInterval':
        this.interval = message.index;
        return this.showView();
      case 'selectPoint': {
        const point =
          session.result && findPoint(session.result, session.study, message.pointId, this.interval);
        const plan = point && session.record && planOf(session.record, point);
        // The point may be gone with a result that has just been replaced.
        if (!plan || !session.result) return;
        const detail = derivePointDetail(session.result, message.pointId, { ...point, plan });
        this.send({ type: 'detail', detail });
        return;
      }
      case 'needMap': {
        const scenario = session.result?.scenario;
        if (!scenario) return;
        if (this.map?.of !== scenario) this.map = { of: scenario, view: layOutMap(scenario) };
        this.send({ type: 'map', map: this.map.view });
        return;
      }
      case 'project':
        if (this.view && message.axes.every((a) => a < this.view!.axes.length)) {
          this.send({ type: 'projection', projection: projectRegions(this.view, message.axes) });
        }
        return;
      case 'reveal':
        return this.deps.reveal(message.element);
      case 'openFile':
        await vscode.window.showTextDocument(this.uri, { viewColumn: vscode.ViewColumn.One });
        return;
      case 'export':
        if (session.record && this.view) await this.deps.save(message, session.record, this.view);
        return;
    }
  }
}
