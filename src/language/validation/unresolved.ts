/** What to say about a name that means nothing here. */
import type { LangiumCoreServices, ReferenceInfo } from 'langium';
import { UriUtils } from 'langium';
import { closest } from '../did-you-mean.js';
import type { Problem } from '../problem.js';
import type { ProgramDocument } from '../program.js';
import { pathFrom } from './imports.js';

const KINDS: Readonly<Record<string, string>> = {
  RoadNode: 'node',
  Station: 'station',
  Bus: 'bus',
  Shape: 'shape',
  Study: 'study',
};

/** Suggests a name of the same kind that is visible, or the file that declares it and could be imported. */
export function describeUnresolved(
  info: ReferenceInfo,
  document: ProgramDocument,
  services: LangiumCoreServices,
): Pick<Problem, 'code' | 'message' | 'data'> {
  const kind = services.shared.AstReflection.getReferenceType(info);
  const name = info.reference.$refText;
  const what = KINDS[kind] ?? kind;
  const other = services.shared.workspace.IndexManager.allElements(kind)
    .filter(
      (description) => description.name === name && !UriUtils.equals(description.documentUri, document.uri),
    )
    .head();
  if (other) {
    const path = pathFrom(document, other.documentUri);
    const message = `The ${what} '${name}' is declared in '${path}', which this file does not import.`;
    return { code: 'name-not-imported', message, data: { name, kind, path } };
  }
  const visible = services.references.ScopeProvider.getScope(info)
    .getAllElements()
    .map((description) => description.name);
  const suggestion = closest(name, visible);
  const guess = suggestion ? ` Did you mean '${suggestion}'?` : '';
  return {
    code: 'name-unknown',
    message: `There is no ${what} '${name}'.${guess}`,
    data: { name, kind, suggestion: suggestion ?? null },
  };
}
