/** A result as one HTML file that needs nothing else: for the desk, for a mail, for paper. */
import { renderToString } from 'preact-render-to-string';
import type { CharacterizeResult, ResultFile } from '../solver/result.js';
import { derivePointDetail } from './derive-point.js';
import { deriveStudyView, findPoint } from './derive.js';
import { paletteFor } from './drawings/palette.js';
import { layOutMap } from './layout.js';
import { projectRegions } from './project.js';
import { ReportPage, type ReportPoint, type ReportStudy } from './report-page.js';

/**
 * @throws Error when the file holds no region
 * @returns the whole page; all text of the file is escaped by the renderer
 */
export async function reportHtml(file: ResultFile): Promise<string> {
  const characterized = file.studies.filter((s): s is CharacterizeResult => s.kind === 'characterize');
  if (characterized.length === 0) throw new Error('The result has no region to report on.');
  const map = layOutMap(file.scenario);
  const studies = characterized.map((study): ReportStudy => {
    const view = deriveStudyView(file, study.name)!;
    const axes = view.axes.slice(0, 3).map((_, k) => k);
    return {
      view,
      axes,
      projection: view.axes.length > 3 ? projectRegions(view, axes) : null,
      points: pointsToShow(view).flatMap((id): ReportPoint[] => {
        const point = findPoint(file, study.name, id);
        const shown = view.points.find((p) => p.id === id);
        return point && shown ? [{ point: shown, detail: derivePointDetail(file, id, point) }] : [];
      }),
    };
  });
  const page = <ReportPage file={file} studies={studies} map={map} palette={paletteFor('light')} />;
  return `<!doctype html>\n${renderToString(page)}\n`;
}

/** The operating points, the coupon-free one, and of the largest region the two ends of each axis. */
function pointsToShow(view: NonNullable<ReturnType<typeof deriveStudyView>>): string[] {
  const named = view.points.filter((p) => p.kind !== 'boundary').map((p) => p.id);
  const last = view.points.filter((p) => p.region === view.regions.length - 1);
  const ends = view.axes.flatMap((_, k) => {
    const sorted = [...last].sort((a, b) => a.positionMw[k] - b.positionMw[k]);
    return sorted.length ? [sorted[0].id, sorted[sorted.length - 1].id] : [];
  });
  return [...new Set([...named, ...ends])];
}
