import { describe, expect, it } from 'vitest';
import { bestPrice, worthwhilePrice } from './bound-plan.js';

describe('best price of subsidy', () => {
  // min P is 0 for nothing, −2 for 100 and −3 for 300: 0.02 per unit up to 100, then 0.005.
  const points = [
    { positionMw: [0], subsidy: 0 },
    { positionMw: [-2], subsidy: 100 },
    { positionMw: [-3], subsidy: 300 },
  ];

  it('is the slope of the least load over the subsidy', () => {
    expect(bestPrice(points, [1], 50)).toBeCloseTo(0.02, 6);
    expect(bestPrice(points, [1], 200)).toBeCloseTo(0.005, 6);
    expect(bestPrice(points, [1], 400)).toBe(0);
  });

  it('does not depend on a point that all but spends the budget', () => {
    expect(bestPrice([...points, { positionMw: [-1], subsidy: 199.9999 }], [1], 200)).toBeCloseTo(0.005, 6);
  });

  it('is known at the largest budget, too, beyond which no point is known', () => {
    const price = worthwhilePrice(points, [1], 300, 40);
    expect(price).toBeGreaterThan(0.5 * 0.005);
    expect(price).toBeLessThan(0.02);
    expect(worthwhilePrice(points, [1], null, 40)).toBe(0);
  });
});
