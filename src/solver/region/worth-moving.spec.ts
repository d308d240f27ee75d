import { describe, expect, it } from 'vitest';
import { worthMoving } from './worth-moving.js';

const SQUARE = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const all = (points: readonly unknown[]): number[] => points.map((_, index) => index);

describe('points worth moving', () => {
  it('are all corners of a square', () => {
    expect(worthMoving(SQUARE, all(SQUARE), 1e-6)).toEqual([0, 1, 2, 3]);
  });

  it('are not those inside, nor those that hardly stand out', () => {
    // The last lies 1e-3 beyond the edge: a triangle of 0.0005 MW².
    const points = [...SQUARE, [0.5, 0.5], [0.5, -1e-3]];
    expect(worthMoving(points, all(points), 1e-6)).toEqual([0, 1, 2, 3]);
  });

  it('are enough of those that stand out together, though none of them does alone', () => {
    // On an arc of a hundred corners each adds a millionth, all together a tenth.
    const arc = Array.from({ length: 100 }, (_, index) => {
      const angle = (Math.PI * (index + 0.5)) / 100;
      return [0.5 + 0.5 * Math.cos(angle), 1 + 0.3 * Math.sin(angle)];
    });
    const points = [...SQUARE, ...arc];
    const worth = worthMoving(points, all(points), 1e-6);
    expect(worth.filter((index) => index >= SQUARE.length).length).toBeGreaterThan(4);
    expect(worth.length).toBeLessThan(60);
  });

  it.each([
    { height: 0.005, isWorth: false },
    { height: 0.007, isWorth: true },
  ])(
    'are by what the region loses without them: a roof of $height MW on a cube, a third of that',
    ({ height, isWorth }) => {
      const points = [
        ...SQUARE.map(([x, y]) => [x, y, 0]),
        ...SQUARE.map(([x, y]) => [x, y, 1]),
        [0.3, 0.6, 1 + height],
      ];
      const worth = worthMoving(points, all(points), 1e-6);
      expect(worth).toEqual(all(points).slice(0, isWorth ? 9 : 8));
    },
  );

  it('are all that are asked for where the region is flat', () => {
    const points = [
      [0, 0],
      [0.5, 0],
      [1, 0],
    ];
    expect(worthMoving(points, [0, 1], 1e-6)).toEqual([0, 1]);
  });

  it('are all that are asked for on a line', () => {
    expect(worthMoving([[0], [0.5], [1]], [0, 2], 1e-6)).toEqual([0, 2]);
  });

  it('are only those that are asked for', () => {
    expect(worthMoving(SQUARE, [2], 1e-6)).toEqual([2]);
    expect(worthMoving(SQUARE, [], 1e-6)).toEqual([]);
  });
});
