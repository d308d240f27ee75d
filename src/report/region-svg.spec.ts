import { describe, expect, it } from 'vitest';
import { syntheticResult } from '../../test/fixtures/synthetic-result.js';
import type { CharacterizeResult } from '../solver/result.js';
import { regionSvg } from './region-svg.js';

const axes = (count: number) =>
  ['CS1', 'CS2', 'CS3', 'CS1', 'CS2']
    .slice(0, count)
    .map((station, k) => ({ station, interval: k < 3 ? 6 : 8 }));

function draw(
  options: Parameters<typeof syntheticResult>[0],
  change?: (result: CharacterizeResult) => void,
): string {
  const { studies, scenario } = syntheticResult({ points: 40, ...options });
  const result = studies[0] as CharacterizeResult;
  change?.(result);
  return regionSvg(result, scenario);
}

const count = (svg: string, part: RegExp): number => svg.match(part)?.length ?? 0;

describe('the picture of a region', () => {
  it.each([1, 2, 3])('names axes, budgets and measures in %dD', (dimension) => {
    const svg = draw({ axes: axes(dimension) });
    for (const { station } of axes(dimension)) expect(svg).toContain(`${station} 18:00 (MW)`);
    for (const cap of ['1,000', '2,000', '4,000', '6,000']) expect(svg).toContain(`>${cap} CNY<`);
    expect(
      count(svg, new RegExp(`>[\\d.]+ MW${['', '²', '³'][dimension - 1]}( \\(\\+\\d+%\\))?<`, 'g')),
    ).toBe(4);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('tells budgets apart without colour: each outline has its own dashes', () => {
    for (const dimension of [2, 3]) {
      const dashes = draw({ axes: axes(dimension) }).match(/stroke-width="1\.8" stroke-dasharray="[^"]+"/g)!;
      expect(new Set(dashes).size).toBe(3);
    }
  });

  it('shows more than three axes as shadows on each pair of them', () => {
    const svg = draw({ axes: axes(3) }, (result) => {
      // A fourth coordinate for the same bodies; only their corners are drawn.
      result.axes.push({ station: 'CS1', interval: 8 });
      for (const { hull, points, ranges } of result.regions) {
        for (const vertex of hull.vertices) vertex[3] = vertex[0] / 2;
        for (const { positionMw } of points) positionMw[3] = positionMw[0] / 2;
        ranges.push({ min: ranges[0].min / 2, max: ranges[0].max / 2 });
      }
      result.couponFree = null;
    });
    expect(count(svg, /aria-label="Regions of /g)).toBe(6);
    expect(count(svg, /CS1 18:20 \(MW\)/g)).toBe(3);
  });

  it('draws what is flat or single, and says what was not found', () => {
    const flat = draw({ axes: axes(3) }, (result) => {
      for (const region of result.regions) {
        region.dimension = 2;
        region.measureUnit = 'MW^2';
        region.hull = {
          vertices: [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
          ],
          facets: [
            [0, 1],
            [1, 2],
            [2, 0],
          ],
          halfspaces: [],
        };
      }
    });
    expect(flat).toMatch(/MW²/);
    expect(flat).not.toMatch(/NaN/);
    const empty = draw({ axes: axes(3) }, (result) => {
      for (const region of result.regions) {
        Object.assign(region, { dimension: 0, measure: 0, points: [], ranges: [] });
        region.hull = { vertices: [], facets: [], halfspaces: [] };
      }
      result.couponFree = null;
    });
    expect(count(empty, /nothing found/g)).toBe(4);
    expect(empty).not.toMatch(/NaN/);
  });

  it('shows what is proven to hold the largest region, where something is', () => {
    for (const dimension of [1, 2, 3]) {
      expect(draw({ axes: axes(dimension) })).not.toContain('nothing lies outside');
      const svg = draw({ axes: axes(dimension), boundsMw: 0.3 });
      expect(svg).toContain('nothing lies outside');
      expect(count(svg, /<title>Proven: nothing /g)).toBe(dimension === 1 ? 4 : 1);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it('escapes what the author wrote', () => {
    const svg = draw({ stationName: '<script>alert(1)</script>' });
    expect(svg).not.toContain('<script>');
  });

  it('is the same for the same result', () => {
    expect(draw({ axes: axes(3) })).toBe(draw({ axes: axes(3) }));
  });
});
