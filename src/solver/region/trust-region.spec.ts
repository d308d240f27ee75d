import { describe, expect, it } from 'vitest';
import { LARGEST_RADIUS, nextRadius } from './trust-region.js';

describe('the radius of the next step', () => {
  it('is where a quadratic through promise and outcome is least', () => {
    // b(s) = p s − (p − b) s², here 2 s − 5 s²: most at 0.2 of the radius.
    expect(nextRadius(1, 2, -3)).toBeCloseTo(0.2, 12);
    // 2 s − 1.25 s²
    expect(nextRadius(1, 2, 0.75)).toBeCloseTo(0.8, 12);
  });

  it('doubles where the promise is kept, up to the largest', () => {
    expect(nextRadius(1, 2, 2)).toBe(2);
    expect(nextRadius(1, 2, 2.5)).toBe(2);
    expect(nextRadius(LARGEST_RADIUS, 2, 2)).toBe(LARGEST_RADIUS);
  });

  it('is at most half after a step that brought nothing, at least half after one that did', () => {
    expect(nextRadius(1, 2, 0)).toBe(0.5);
    expect(nextRadius(1, 1e-3, -10)).toBe(0.1);
    expect(nextRadius(1, 2, null)).toBe(0.5);
    expect(nextRadius(1, -1, -1)).toBe(0.5);
    expect(nextRadius(1, -1, 0.1)).toBe(1);
  });
});
