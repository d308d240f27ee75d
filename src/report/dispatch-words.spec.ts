import { describe, expect, it } from 'vitest';
import { syntheticResult } from '../../test/fixtures/synthetic-result.js';
import { deriveStudyView } from './derive.js';
import { placeSentence, shortPlace, shownDistance, sideOf, type RegionDistance } from './dispatch-words.js';
import type { DispatchView } from './view-model.js';

const view = deriveStudyView(syntheticResult({ points: 40 }), 'Region')!;

/** Of a point for 1702 CNY so far inside the regions of 1,000 and 2,000 CNY, MW; the one that pays for it has it. */
function dispatch(...distancesMw: number[]): DispatchView {
  const distances = distancesMw.map((distanceMw, region): RegionDistance => ({
    ...{ region, label: view.regions[region].label, footMw: null },
    ...{ distanceMw, inside: distanceMw >= -1e-3 || view.regions[region].subsidyCap! >= 1702 },
  }));
  return { ...view.dispatches[0], subsidy: 1702, distances };
}

describe('where an operating point lies, in words', () => {
  it('is the smallest region that holds it, and how far it is outside those that do not', () => {
    const d = dispatch(-0.474, 0.2);
    expect(placeSentence(d, 'CNY')).toBe(
      ' lies 0.20 MW inside the region of 2,000 CNY; 0.47 MW outside that of 1,000 CNY',
    );
    expect(shortPlace(shownDistance(d)!)).toBe('0.20 MW inside 2,000 CNY');
  });

  it('is the boundary where it is no farther than a kilowatt from it', () => {
    const d = dispatch(-0.474, -0.0004);
    expect(sideOf(d.distances[1])).toBe('on the boundary');
    expect(placeSentence(d, 'CNY')).toMatch(
      /^ lies on the boundary of the region of 2,000 CNY; 0\.47 MW outside/,
    );
    expect(shortPlace(shownDistance(d)!)).toBe('on the boundary of 2,000 CNY');
  });

  it('never calls a distance nothing, and says what a point proves that lies beyond what was found', () => {
    const d = dispatch(-0.411, -0.0028);
    expect(placeSentence(d, 'CNY')).toBe(
      ' lies in the region of 2,000 CNY, which pays for its coupons of 1,702 CNY, 0.003 MW beyond the hull that was found; 0.41 MW outside that of 1,000 CNY',
    );
    expect(shortPlace(shownDistance(d)!)).toBe('in 2,000 CNY, 0.003 MW beyond its hull');
    expect(shownDistance(dispatch(-0.0028, -0.0017))?.region).toBe(1);
  });

  it('claims no such thing for coupons that no budget pays', () => {
    const unpaid = dispatch(-0.4, -0.3).distances.map((d) => ({ ...d, inside: false }));
    expect(placeSentence({ ...dispatch(), subsidy: 1e6, distances: unpaid }, 'CNY')).toBe(
      ' lies outside the regions found: 0.40 MW from that of 1,000 CNY, 0.30 MW from that of 2,000 CNY',
    );
  });
});
