/** Regions as A·P ≤ b for other optimisers: JSON, MATLAB and Python (NumPy) text. P in MW, in the order of the axes. */
import type { Hull } from '../../solver/result.js';
import type { RegionView, StudyView } from '../view-model.js';

interface System {
  /** Ends the names of the matrices. */
  name: string;
  /** Comment above them. */
  label: string;
  a: number[][];
  b: number[];
}

const system = (name: string, label: string, { halfspaces }: Hull): System => ({
  name,
  label,
  a: halfspaces.map((h) => h.normal),
  b: halfspaces.map((h) => h.offset),
});

/** Of each budget that has a region: its hull and, where it is proven, what holds it. */
function systemsOf(view: StudyView): { region: RegionView; inner: System; outer: System | null }[] {
  return view.regions
    .filter((r) => r.hull.halfspaces.length > 0)
    .map((region) => {
      const name = region.subsidyCap === null ? 'unlimited' : String(region.subsidyCap).replace('.', '_');
      const { label, hull, outer } = region;
      return {
        region,
        inner: system(name, label, hull),
        outer:
          outer && system(`outer_${name}`, `${label}: proven, no certified point lies outside`, outer.hull),
      };
    });
}

const allSystems = (view: StudyView): System[] =>
  systemsOf(view).flatMap(({ inner, outer }) => (outer ? [inner, outer] : [inner]));

export function halfSpacesJson(view: StudyView): string {
  const value = {
    description: 'Regions as A·P <= b; P is the net load of the stations in MW, in the order of axes.',
    study: view.study,
    axes: view.axes.map(({ station, label }) => ({ station, label })),
    regions: systemsOf(view).map(({ region, inner, outer }) => ({
      subsidyCap: region.subsidyCap,
      currency: view.currency,
      measure: region.measure,
      measureUnit: region.unit,
      A: inner.a,
      b: inner.b,
      // Proven: no certified point within the budget lies outside.
      ...(outer ? { outer: { measure: region.outerMeasure, A: outer.a, b: outer.b } } : {}),
    })),
  };
  return JSON.stringify(value, null, 1) + '\n';
}

export function halfSpacesMatlab(view: StudyView): string {
  const blocks = allSystems(view).map(
    ({ name, label, a, b }) =>
      `% ${comment(label)}\nA_${name} = [\n${a.map((row) => `  ${row.map(number).join(' ')}`).join('\n')}\n];\n` +
      `b_${name} = [\n${b.map((x) => `  ${number(x)}`).join('\n')}\n];\n`,
  );
  return `${introduction(view, '%')}\n${blocks.join('\n')}`;
}

export function halfSpacesPython(view: StudyView): string {
  const blocks = allSystems(view).map(
    ({ name, label, a, b }) =>
      `# ${comment(label)}\nA_${name} = np.array([\n${a.map((row) => `    [${row.map(number).join(', ')}],`).join('\n')}\n])\n` +
      `b_${name} = np.array([\n${b.map((x) => `    ${number(x)},`).join('\n')}\n])\n`,
  );
  return `${introduction(view, '#')}\nimport numpy as np\n\n${blocks.join('\n')}`;
}

function introduction(view: StudyView, mark: string): string {
  return [
    `${comment(view.study)} of ${comment(view.title)}: regions as A * P <= b.`,
    `P in MW, in this order: ${view.axes.map((a) => comment(a.label)).join(', ')}.`,
    view.partial ? 'Partial: the study ended before its last point.' : '',
  ]
    .filter(Boolean)
    .map((line) => `${mark} ${line}\n`)
    .join('');
}

/** The shortest digits that read back to the same number. */
const number = (x: number) => String(x);
/** A name with a line break would end the comment. */
const comment = (text: string) => text.replace(/[\r\n]+/g, ' ');
