import { describe, expect, it } from 'vitest';
import { syntheticResult } from '../../test/fixtures/synthetic-result.js';
import { reportHtml } from './html.js';

const NAME = '<img onerror=alert(1)>';

describe('the HTML report', () => {
  it('shows the regions, the dispatch and the plans of the points at the ends', async () => {
    const page = await reportHtml(syntheticResult({ points: 16 }));
    for (const text of [
      'Study Region',
      '6,000 CNY',
      'Dispatch Reserve',
      'All points',
      'Voltage at 18:00',
      'no coupons',
    ]) {
      expect(page).toContain(text);
    }
    expect(page.match(/<svg/g)!.length).toBeGreaterThan(20);
  });

  it('shows what was asked: random points inside the hull, how many were reached', async () => {
    const file = syntheticResult({ points: 16 });
    const [study] = file.studies;
    if (study.kind !== 'characterize') throw new Error('the first study has a region');
    const [point] = study.regions[0].points;
    const query = {
      targetMw: point.positionMw,
      subsidyCap: 2000,
      status: 'reached' as const,
      point,
      distanceMw: 0,
      requiredSubsidy: 1234,
      reason: null,
      seconds: 0.25,
    };
    const missed = { ...query, status: 'none' as const, point: null, requiredSubsidy: null, seconds: 0.75 };
    study.samples = [{ subsidyCap: 2000, seed: 7, reached: 1, queries: [query, missed], complete: true }];
    const page = await reportHtml(file);
    expect(page).toContain('Random points inside the hull');
    expect(page).toContain('1 (50%)');
    expect(page).toContain('1,234');
  });

  it('shows what is proven about the outside: drawn, and as a table', async () => {
    const caption = 'Proven outer regions: no certified point of the budget can lie outside';
    for (const stations of [['CS1'], ['CS1', 'CS2'], ['CS1', 'CS2', 'CS3'], ['CS1', 'CS2', 'CS3', 'CS1']]) {
      const axes = stations.map((station, k) => ({ station, interval: k < 3 ? 6 : 8 }));
      expect(await reportHtml(syntheticResult({ points: 24, axes }))).not.toContain(caption);
      const page = await reportHtml(syntheticResult({ points: 24, axes, boundsMw: 0.4 }));
      expect(page).toContain(caption);
      expect(page).toContain('Proven: nothing ');
      expect(page).not.toMatch(/NaN|undefined/);
    }
  });

  it('escapes names that are markup, wherever they stand', async () => {
    const page = await reportHtml(syntheticResult({ points: 16, stationName: NAME }));
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img onerror=alert(1)');
  });

  it('draws regions with one, two and four axes', async () => {
    for (const count of [1, 2, 4]) {
      const axes = ['CS1', 'CS2', 'CS3', 'CS1']
        .slice(0, count)
        .map((station, k) => ({ station, interval: k < 3 ? 6 : 7 }));
      const page = await reportHtml(syntheticResult({ points: 40, axes }));
      expect(page).toContain('Study Region');
      expect(page).not.toContain('NaN');
    }
  });

  it('gives the same page for the same result', async () => {
    const file = syntheticResult({ points: 16 });
    expect(await reportHtml(file)).toBe(await reportHtml(structuredClone(file)));
  });

  it('says what it needs of a result without a region', async () => {
    await expect(reportHtml({ ...syntheticResult({ points: 16 }), studies: [] })).rejects.toThrow(
      'no region',
    );
  });
});
