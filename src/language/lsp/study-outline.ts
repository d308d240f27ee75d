/** The studies of a file as the client lists them: for lenses, tests and menus. */
import { CstUtils, GrammarUtils } from 'langium';
import type { Program, Study } from '../generated/ast.js';
import { isExpect, isStudy } from '../generated/ast.js';
import { StudyOutline } from '../protocol.js';

export function studyOutlines(program: Program): StudyOutline[] {
  return program.elements.filter(isStudy).flatMap((study) => outlineOf(study) ?? []);
}

/** Undefined for a study that is still being written. */
function outlineOf(study: Study): StudyOutline | undefined {
  const name = GrammarUtils.findNodeForProperty(study.$cstNode, 'name');
  if (!study.$cstNode || !name) return undefined;
  const parsed = StudyOutline.safeParse({
    name: study.name,
    kind: study.kind,
    range: study.$cstNode.range,
    nameRange: name.range,
    expectations: study.entries.filter(isExpect).flatMap(({ $cstNode }) => {
      const segment = $cstNode && CstUtils.toDocumentSegment($cstNode);
      return segment ? [{ text: $cstNode.text, range: segment.range }] : [];
    }),
  });
  return parsed.data;
}
