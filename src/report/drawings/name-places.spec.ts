import { describe, expect, it } from 'vitest';
import { NAME_PLACES, namePlaces } from './name-places.js';

describe('names beside marks', () => {
  it('stand where they would best stand when there is room', () => {
    const prefer = NAME_PLACES.upperLeft;
    expect(namePlaces([{ at: [50, 50], lines: ['no coupons'] }])).toEqual([NAME_PLACES.lowerRight]);
    expect(namePlaces([{ at: [50, 50], lines: ['Reserve'], prefer }])).toEqual([prefer]);
  });

  it('keep off a name and a mark that are there before', () => {
    const [first, second, third] = namePlaces([
      { at: [50, 50], lines: ['no coupons'] },
      { at: [47, 65], lines: ['Q1'], prefer: NAME_PLACES.upperRight },
      { at: [49, 52], lines: ['Q2'], prefer: NAME_PLACES.upperRight },
    ]);
    expect(first).toEqual(NAME_PLACES.lowerRight);
    expect(second['text-anchor'] === 'end' || second.y > 0).toBe(true);
    expect(third).not.toEqual(first);
    expect(third).not.toEqual(second);
  });

  it('stand on each other rather than nowhere', () => {
    const crowd = Array.from({ length: 9 }, () => ({ at: [0, 0] as const, lines: ['everywhere'] }));
    expect(namePlaces(crowd)).toHaveLength(9);
  });

  it('leave room to a mark without a name', () => {
    const [place] = namePlaces([
      { at: [0, 0], lines: ['Q1'] },
      { at: [20, 14], lines: [] },
    ]);
    expect(place).not.toEqual(NAME_PLACES.lowerRight);
  });
});
