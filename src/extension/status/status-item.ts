import * as vscode from 'vscode';
import { healthOf, labelOf, type Health, type ServerHealth, type StudyProgressText } from './health.js';

/** The status bar entry: health at a glance, a menu on click; there while a `.v2g` file is visible or a study runs. */
export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('v2g.status', vscode.StatusBarAlignment.Left, 0);
  private readonly runningStudies = new Map<string, StudyProgressText>();
  private readonly editorListener: vscode.Disposable;
  private server: ServerHealth = { kind: 'starting' };

  constructor(menuCommand: string) {
    this.item.name = 'V2G Flexibility';
    this.item.command = menuCommand;
    this.editorListener = vscode.window.onDidChangeVisibleTextEditors(() => this.refresh());
    this.refresh();
  }

  get health(): Health {
    return healthOf(this.server, this.runningStudies);
  }

  setServer(health: ServerHealth): void {
    this.server = health;
    this.refresh();
  }

  /**
   * @param text in a few words, such as "12 of 26 directions"
   * @param detail what only the tooltip says
   */
  studyRuns(study: string, text: string, detail = ''): void {
    this.runningStudies.set(study, { text, detail });
    this.refresh();
  }

  studyEnded(study: string): void {
    this.runningStudies.delete(study);
    this.refresh();
  }

  dispose(): void {
    this.editorListener.dispose();
    this.item.dispose();
  }

  private refresh(): void {
    const health = this.health;
    const { text, tooltip } = labelOf(health);
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { label: tooltip, role: 'button' };
    this.item.backgroundColor =
      health.kind === 'failed' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    const editing = vscode.window.visibleTextEditors.some(({ document }) => document.languageId === 'v2g');
    if (editing || health.kind === 'running') this.item.show();
    else this.item.hide();
  }
}
