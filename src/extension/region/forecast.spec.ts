import { describe, expect, it } from 'vitest';
import { Forecast } from './forecast.js';

type Regions = Parameters<Forecast['saw']>[0]['regions'];
const CAPS = [1000, 2000];

/** After so many directions of the first budget, its gap then. */
function refined(steps: [directions: number, gap: number][]): Forecast {
  const forecast = new Forecast();
  let solved = 0;
  for (let n = 0; n < 26; n++) forecast.heard(2000);
  for (const [directions, gap] of steps) {
    for (; solved < directions; solved++) forecast.heard(1000);
    const regions = CAPS.map((subsidyCap) => ({
      subsidyCap,
      estimatedGap: subsidyCap === 1000 ? gap : null,
    }));
    forecast.saw({ regions: regions as unknown as Regions });
  }
  return forecast;
}

describe('the forecast of a refinement', () => {
  it('is none before two gaps have been seen that are apart', () => {
    expect(refined([]).total(CAPS, 0.02)).toBeNull();
    expect(refined([[30, 0.3]]).total(CAPS, 0.02)).toBeNull();
    expect(
      refined([
        [30, 0.3],
        [31, 0.29],
      ]).total(CAPS, 0.02),
    ).toBeNull();
  });

  it('follows the power law that the gaps follow', () => {
    // gap = 9 / n: 450 directions until 2 %, and half as many for the next budget.
    expect(
      refined([
        [30, 0.3],
        [60, 0.15],
        [90, 0.1],
      ]).total(CAPS, 0.02),
    ).toBeCloseTo(450 * 1.5, 6);
    // gap = 90 / n²: 67.1.
    expect(
      refined([
        [30, 0.1],
        [60, 0.025],
      ]).total(CAPS, 0.02),
    ).toBeCloseTo(Math.sqrt(4500) * 1.5, 6);
  });

  it('is never less than what is done', () => {
    expect(
      refined([
        [30, 0.3],
        [90, 0.01],
      ]).total(CAPS, 0.02),
    ).toBe(90 + 45);
    expect(
      refined([
        [30, 0.3],
        [40, 0.01],
      ]).total(CAPS, 0.02),
    ).toBe(40 + 26);
  });

  it('came within a third of the time left on the evening peak, from a quarter of the run on', () => {
    // 206 directions of the first budget, 130, 74 and 66 of the others at the end of its refinement.
    const seen: [number, number][] = [
      [38, 0.303],
      [94, 0.074],
      [152, 0.038],
      [179, 0.026],
    ];
    for (let n = 2; n <= seen.length; n++) {
      const total = refined(seen.slice(0, n)).total([1000, 2000, 4000, 6000], 0.02)!;
      expect(total / (206 + 130 + 74 + 66)).toBeGreaterThan(0.67);
      expect(total / (206 + 130 + 74 + 66)).toBeLessThan(1.33);
    }
  });
});
