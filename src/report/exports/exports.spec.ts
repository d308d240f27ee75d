import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { syntheticResult } from '../../../test/fixtures/synthetic-result.js';
import { deriveStudyView } from '../derive.js';
import { halfSpacesJson, halfSpacesMatlab, halfSpacesPython } from './half-spaces.js';
import { pointsCsv } from './points-csv.js';

const view = deriveStudyView(syntheticResult({ points: 40 }), 'Region')!;

interface Json {
  axes: { label: string }[];
  regions: {
    subsidyCap: number;
    A: number[][];
    b: number[];
    outer?: { A: number[][]; b: number[] };
  }[];
}

describe('half-spaces', () => {
  const json = JSON.parse(halfSpacesJson(view)) as Json;

  it('hold every vertex of their region, and touch each', () => {
    expect(json.axes.map((a) => a.label)).toEqual(['CS1 18:00', 'CS2 18:00', 'CS3 18:00']);
    json.regions.forEach(({ A, b }, r) => {
      for (const vertex of view.regions[r].hull.vertices) {
        const slack = A.map((row, i) => b[i] - row.reduce((s, x, k) => s + x * vertex[k], 0));
        expect(Math.min(...slack)).toBeCloseTo(0, 6);
      }
    });
  });

  it('read the same numbers in MATLAB and in Python text', () => {
    const { A, b } = json.regions[1];
    const matlab = halfSpacesMatlab(view);
    const rows = /A_2000 = \[\n([^\]]*)\]/.exec(matlab)![1].trim().split('\n');
    expect(rows.map((row) => row.trim().split(' ').map(Number))).toEqual(A);
    const python = /b_2000 = np\.array\(\[([^\]]*)\]/.exec(halfSpacesPython(view))![1];
    const values = python.split(',').filter((x) => x.trim());
    expect(values.map(Number)).toEqual(b);
  });

  it('have what is proven beside them, where something is', () => {
    expect(json.regions[0].outer).toBeUndefined();
    const bounded = deriveStudyView(syntheticResult({ points: 40, boundsMw: 0.5 }), 'Region')!;
    const { regions } = JSON.parse(halfSpacesJson(bounded)) as Json;
    regions.forEach(({ A, b, outer }) => {
      expect(outer!.A).toEqual(A);
      outer!.b.forEach((offset, i) => expect(offset).toBeCloseTo(b[i] + 0.5, 12));
    });
    expect(halfSpacesMatlab(bounded)).toContain('A_outer_1000 = [');
    expect(halfSpacesPython(bounded)).toContain('b_outer_6000 = np.array([');
  });

  it('keep names with line breaks inside their comments', () => {
    const odd = { ...view, title: 'a\nimport os', axes: view.axes.map((a) => ({ ...a, label: 'CS\r\n1' })) };
    for (const line of halfSpacesPython(odd).split('\n').slice(0, 2)) expect(line).toMatch(/^#/);
  });

  it('is Python that Python reads', () => {
    const code = halfSpacesPython(view).replace('import numpy as np', 'class np:\n  array = list');
    let found: string | undefined;
    try {
      found = execFileSync('python3', ['-c', `${code}\nprint(len(A_1000), len(b_1000))`], {
        encoding: 'utf8',
      });
    } catch (error) {
      // A machine without Python checks the text above only.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    const { A, b } = json.regions[0];
    if (found !== undefined) expect(found.trim()).toBe(`${A.length} ${b.length}`);
  });
});

describe('points as CSV', () => {
  it('has a row for each point and its numbers to the last digit', () => {
    const [header, ...rows] = pointsCsv(view).trim().split('\r\n');
    expect(header.split(',').slice(0, 4)).toEqual(['point', 'kind', 'budget_CNY', 'CS1 18:00 MW']);
    expect(rows).toHaveLength(view.points.length);
    expect(rows[3].split(',').slice(3, 6).map(Number)).toEqual(view.points[3].positionMw);
  });

  it('quotes what has commas or quotes, and never hands a formula to a spreadsheet', () => {
    const point = structuredClone(view.points[0]);
    point.certificate.status = 'gap "1e-3", too large';
    const axes = [{ ...view.axes[0], label: '=HYPERLINK("x")' }, view.axes[1], view.axes[2]];
    const text = pointsCsv({ ...view, axes, points: [point] });
    expect(text).toContain('"gap ""1e-3"", too large"');
    expect(text).toContain(`"'=HYPERLINK(""x"") MW"`);
  });
});
