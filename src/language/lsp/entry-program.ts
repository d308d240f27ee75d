/** The scenario that a file belongs to: its own, or for a library the first scenario that imports it. */
import type { LangiumDocuments } from 'langium';
import type { TimeGrid } from '../horizon.js';
import { readHorizon } from '../horizon.js';
import type { ProgramDocument, ProgramView } from '../program.js';
import { programDocuments, viewProgram } from '../program.js';
import { currencyOf } from '../scenario-builder.js';

export interface EntryProgram {
  readonly entry: ProgramDocument;
  readonly view: ProgramView;
  /** Undefined without a horizon that can be read. */
  readonly grid: TimeGrid | undefined;
  readonly currency: string;
}

const views = new WeakMap<object, { readonly parts: readonly object[]; readonly program: EntryProgram }>();

/** Kept until one of the files is parsed again. */
export function entryProgram(document: ProgramDocument, documents: LangiumDocuments): EntryProgram {
  const own = readProgramOf(document, documents);
  if (own.view.scenarios.length > 0 || own.view.horizons.length > 0) return own;
  const uri = document.uri.toString();
  const importing = [...documents.all]
    .map((other) => other as ProgramDocument)
    .filter((other) => other !== document && statesHorizon(other))
    .filter((other) => programDocuments(other, documents).some((part) => part.uri.toString() === uri))
    .sort((a, b) => (a.uri.toString() < b.uri.toString() ? -1 : 1));
  return importing[0] ? readProgramOf(importing[0], documents) : own;
}

function statesHorizon(document: ProgramDocument): boolean {
  return document.parseResult.value.elements?.some(({ $type }) => $type === 'Horizon') ?? false;
}

function readProgramOf(entry: ProgramDocument, documents: LangiumDocuments): EntryProgram {
  const files = programDocuments(entry, documents);
  const parts = files.map(({ parseResult }) => parseResult.value);
  const kept = views.get(entry.parseResult.value);
  if (
    kept &&
    kept.parts.length === parts.length &&
    kept.parts.every((part, index) => part === parts[index])
  ) {
    return kept.program;
  }
  const view = viewProgram(files);
  const grid = view.horizons[0] && readHorizon(view.horizons[0], () => {});
  const program = { entry, view, grid, currency: currencyOf(view) };
  views.set(entry.parseResult.value, { parts, program });
  return program;
}
