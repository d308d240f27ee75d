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

/** By budget, the directions solved so far and the gap. */
type Picture = Record<number, [directions: number, gap: number]>;

function inTurn(pictures: readonly Picture[]): Forecast {
  const forecast = new Forecast();
  const solved = new Map<number, number>();
  for (const picture of pictures) {
    const budgets = Object.entries(picture).map(([cap, seen]) => ({ cap: Number(cap), seen }));
    for (const { cap, seen } of budgets) {
      for (let n = solved.get(cap) ?? 0; n < seen[0]; n++) forecast.heard(cap);
      solved.set(cap, seen[0]);
    }
    const regions = budgets.map(({ cap, seen }) => ({ subsidyCap: cap, estimatedGap: seen[1] }));
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

  it('came within a third of the whole where the first budget alone had told its gaps, from a quarter of the run on', () => {
    // An evening peak whose budgets were refined one after the other: 206 directions of the first, 130, 74 and 66 of the others.
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

  it('goes by the power of each budget, in turn', () => {
    const forecast = inTurn([
      { 1000: [30, 0.3], 2000: [30, 0.1] },
      { 1000: [60, 0.15], 2000: [60, 0.025] },
    ]);
    expect(forecast.total(CAPS, 0.02)).toBeCloseTo(450 + Math.sqrt(4500), 6);
  });

  it('came within a fifth of the whole on the evening peak, from two fifths of the run on', () => {
    // Directions and gaps of the pictures of two runs, without and with the feeder.
    const without = [
      { 1000: [43, 0.272], 2000: [37, 0.233], 4000: [33, 0.315], 6000: [32, 0.274] },
      { 1000: [55, 0.181], 2000: [54, 0.132], 4000: [45, 0.107], 6000: [44, 0.081] },
      { 1000: [91, 0.077], 2000: [81, 0.047], 4000: [63, 0.019], 6000: [55, 0.016] },
      { 1000: [139, 0.044], 2000: [129, 0.021], 4000: [63, 0.019], 6000: [55, 0.016] },
    ] satisfies Picture[];
    const withFeeder = [
      { 1000: [43, 0.259], 2000: [46, 0.194], 4000: [43, 0.101], 6000: [33, 0.288] },
      { 1000: [119, 0.046], 2000: [87, 0.02], 4000: [57, 0.016], 6000: [50, 0.018] },
    ] satisfies Picture[];
    for (const [pictures, took] of [
      [without, 247 + 143 + 71 + 60],
      [withFeeder, 222 + 90 + 58 + 51],
    ] as const) {
      for (let n = 2; n <= pictures.length; n++) {
        const total = inTurn(pictures.slice(0, n)).total([1000, 2000, 4000, 6000], 0.02)!;
        expect(total / took).toBeGreaterThan(0.8);
        expect(total / took).toBeLessThan(1.2);
      }
    }
  });
});
