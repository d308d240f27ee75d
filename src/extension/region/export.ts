/** Saves what the panel shows as a file of the author's choice. */
import * as vscode from 'vscode';
import { halfSpacesJson, halfSpacesMatlab, halfSpacesPython } from '../../report/exports/half-spaces.js';
import { pointsCsv } from '../../report/exports/points-csv.js';
import type { StudyView } from '../../report/view-model.js';
import { textOf, type StudyRecord } from './plans.js';
import type { ExportKind, ToPanel } from './protocol.js';

const FILES: Record<ExportKind, { suffix: string; extension: string; name: string }> = {
  svg: { suffix: '', extension: 'svg', name: 'SVG picture' },
  png: { suffix: '', extension: 'png', name: 'PNG picture' },
  csv: { suffix: '-points', extension: 'csv', name: 'Comma-separated values' },
  json: { suffix: '-result', extension: 'json', name: 'V2G result' },
  halfspaces: { suffix: '-halfspaces', extension: 'json', name: 'Half-spaces' },
  matlab: { suffix: '_halfspaces', extension: 'm', name: 'MATLAB' },
  python: { suffix: '_halfspaces', extension: 'py', name: 'Python' },
  html: { suffix: '-report', extension: 'html', name: 'HTML report' },
};

export type ExportMessage = Extract<ToPanel, { type: 'export' }>;

/** @param drawReport makes an HTML page of a result's JSON */
export async function saveExport(
  message: ExportMessage,
  record: StudyRecord,
  view: StudyView,
  file: vscode.Uri,
  drawReport: (result: string) => Promise<string>,
): Promise<void> {
  const { suffix, extension, name } = FILES[message.kind];
  const what = message.view && message.view !== 'region' ? `-${message.view}` : '';
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(file, '..', `${view.study}${what}${suffix}.${extension}`),
    filters: { [name]: [extension] },
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, await contentOf(message, record, view, drawReport));
  const open = 'Open';
  const choice = await vscode.window.showInformationMessage(`Saved ${target.path.split('/').at(-1)}.`, open);
  if (choice === open) await vscode.commands.executeCommand('vscode.open', target);
}

async function contentOf(
  message: ExportMessage,
  record: StudyRecord,
  view: StudyView,
  drawReport: (result: string) => Promise<string>,
): Promise<Uint8Array> {
  switch (message.kind) {
    case 'png':
      return Buffer.from(message.content ?? '', 'base64');
    case 'svg':
      return Buffer.from(message.content ?? '');
    case 'csv':
      return Buffer.from(pointsCsv(view));
    case 'json':
      return Buffer.from(textOf(record));
    case 'halfspaces':
      return Buffer.from(halfSpacesJson(view));
    case 'matlab':
      return Buffer.from(halfSpacesMatlab(view));
    case 'python':
      return Buffer.from(halfSpacesPython(view));
    case 'html':
      return Buffer.from(await drawReport(textOf(record)));
  }
}
