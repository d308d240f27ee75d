/** What the panel would answer, from a synthetic result. */
import { deriveStudyView, findPoint } from '../../src/report/derive.js';
import { derivePointDetail } from '../../src/report/derive-point.js';
import { layOutMap } from '../../src/report/layout.js';
import { projectRegions } from '../../src/report/project.js';
import type { ToPanel } from '../../src/extension/region/protocol.js';
import type { ResultFile } from '../../src/solver/result.js';
import { syntheticResult, type SyntheticOptions } from '../fixtures/synthetic-result.js';

const version = 1;

export function syntheticFile({
  partial = false,
  ...options
}: SyntheticOptions & { partial?: boolean } = {}): ResultFile {
  const file = syntheticResult(options);
  if (file.studies[0].kind === 'characterize') file.studies[0].partial = partial;
  return file;
}

export const view = (file: ResultFile = syntheticFile()) => ({
  version,
  type: 'view',
  view: deriveStudyView(file, 'Region'),
});

export const status = (over: object) => ({
  version,
  type: 'status',
  study: 'Region',
  file: 'evening-peak.v2g',
  run: { kind: 'idle' },
  stale: false,
  ...over,
});

/** @param first what is said when the page is ready; the whole result by default */
export function answers(file: ResultFile = syntheticFile(), first: unknown[] = [status({}), view(file)]) {
  const studyView = deriveStudyView(file, 'Region')!;
  const map = layOutMap(file.scenario);
  return (message: ToPanel): unknown[] => {
    if (message.type === 'ready') return first;
    if (message.type === 'selectPoint') {
      const point = findPoint(file, 'Region', message.pointId);
      return point
        ? [{ version, type: 'detail', detail: derivePointDetail(file, message.pointId, point) }]
        : [];
    }
    if (message.type === 'showInterval') {
      const { index: interval } = message;
      return [{ version, type: 'view', view: deriveStudyView(file, 'Region', { interval }) }];
    }
    if (message.type === 'needMap') return [{ version, type: 'map', map }];
    if (message.type === 'project')
      return [{ version, type: 'projection', projection: projectRegions(studyView, message.axes) }];
    return [];
  };
}
