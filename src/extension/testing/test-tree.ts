import * as vscode from 'vscode';
import type { Range, StudyOutline } from '../../language/protocol.js';

/** What a test item stands for. */
export interface StudyTest {
  readonly uri: vscode.Uri;
  readonly study: StudyOutline;
}

const CHANGE_DELAY_MS = 500;
const NOT_SEARCHED = '**/{node_modules,.git}/**';

export const toRange = ({ start, end }: Range): vscode.Range =>
  new vscode.Range(start.line, start.character, end.line, end.character);

/** Keeps the tests of a controller in step with the files: one item a file, below it one a study with `expect` lines. */
export class TestTree implements vscode.Disposable {
  private readonly tests = new WeakMap<vscode.TestItem, StudyTest>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly listeners: vscode.Disposable[];

  constructor(
    private readonly controller: vscode.TestController,
    private readonly studiesOf: (uri: vscode.Uri) => Promise<StudyOutline[]>,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.v2g');
    this.listeners = [
      watcher,
      watcher.onDidCreate((uri) => this.refresh(uri)),
      watcher.onDidChange((uri) => this.refresh(uri)),
      watcher.onDidDelete((uri) => this.controller.items.delete(uri.toString())),
      vscode.workspace.onDidOpenTextDocument((document) => this.refreshIfV2g(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.refreshIfV2g(document)),
    ];
    controller.resolveHandler = async (item) => {
      if (!item) await this.discover();
    };
    controller.refreshHandler = () => this.discover();
  }

  testOf(item: vscode.TestItem): StudyTest | undefined {
    return this.tests.get(item);
  }

  find(uri: vscode.Uri, study: string): vscode.TestItem | undefined {
    return this.controller.items.get(uri.toString())?.children.get(study);
  }

  async discover(): Promise<void> {
    const found = await findFiles();
    const open = vscode.workspace.textDocuments.filter(isV2g).map((document) => document.uri);
    const uris = new Map([...found, ...open].map((uri) => [uri.toString(), uri]));
    for (const [id] of this.controller.items) if (!uris.has(id)) this.controller.items.delete(id);
    for (const uri of uris.values()) await this.update(uri);
  }

  /** Reads the studies of one file again. */
  async update(uri: vscode.Uri): Promise<void> {
    const studies = (await this.studiesOf(uri)).filter((study) => study.expectations.length > 0);
    const id = uri.toString();
    if (studies.length === 0) {
      this.controller.items.delete(id);
      return;
    }
    const known = this.controller.items.get(id);
    const file = known ?? this.controller.createTestItem(id, vscode.workspace.asRelativePath(uri), uri);
    if (!known) this.controller.items.add(file);
    file.children.replace(
      studies.map((study) => {
        const item =
          file.children.get(study.name) ?? this.controller.createTestItem(study.name, study.name, uri);
        item.range = toRange(study.nameRange);
        item.description = study.kind;
        this.tests.set(item, { uri, study });
        return item;
      }),
    );
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const listener of this.listeners) listener.dispose();
  }

  private refreshIfV2g(document: vscode.TextDocument): void {
    if (isV2g(document)) this.refresh(document.uri);
  }

  private refresh(uri: vscode.Uri): void {
    const id = uri.toString();
    clearTimeout(this.timers.get(id));
    const update = (): void => {
      this.timers.delete(id);
      // A server that is being restarted has no answer; the next change asks again.
      this.update(uri).catch(() => {});
    };
    this.timers.set(id, setTimeout(update, CHANGE_DELAY_MS));
  }
}

/** None where the search fails: then the open files are all there is. */
async function findFiles(): Promise<vscode.Uri[]> {
  try {
    return await vscode.workspace.findFiles('**/*.v2g', NOT_SEARCHED);
  } catch {
    return [];
  }
}

const isV2g = (document: vscode.TextDocument): boolean => document.languageId === 'v2g';
