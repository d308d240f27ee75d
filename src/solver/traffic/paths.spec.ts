import { describe, expect, it } from 'vitest';
import { eveningPeak } from '../../../test/fixtures/evening-peak.js';
import type { RoadLink } from '../scenario.js';
import { PathFinder, TooManyPathsError } from './paths.js';

const link = (from: string, to: string): RoadLink => ({
  id: `${from}->${to}`,
  from,
  to,
  freeFlowTimeH: 1,
  capacityVehPerH: 1,
});

describe('PathFinder', () => {
  it('finds the 25 simple paths of Nguyen and Dupuis, 8 + 6 + 5 + 6', () => {
    const finder = new PathFinder(eveningPeak().roads.links);
    const counts = [
      ['n1', 'n2'],
      ['n1', 'n3'],
      ['n4', 'n2'],
      ['n4', 'n3'],
    ].map(([from, to]) => finder.simplePaths(from, to).length);
    expect(counts).toEqual([8, 6, 5, 6]);
  });

  it('gives the empty path where both ends are one node and none where there is no way', () => {
    const finder = new PathFinder([link('a', 'b')]);
    expect(finder.simplePaths('a', 'a')).toEqual([[]]);
    expect(finder.simplePaths('b', 'a')).toEqual([]);
  });

  it('never passes a node twice', () => {
    const finder = new PathFinder([
      link('a', 'b'),
      link('b', 'a'),
      link('b', 'c'),
      link('c', 'b'),
      link('a', 'c'),
    ]);
    expect(finder.simplePaths('a', 'c')).toEqual([[0, 2], [4]]);
  });

  it('says which pair has too many paths instead of running on', () => {
    const nodes = Array.from({ length: 12 }, (_, index) => `n${index}`);
    const links = nodes.flatMap((from) => nodes.filter((to) => to !== from).map((to) => link(from, to)));
    expect(() => new PathFinder(links).simplePaths('n0', 'n11')).toThrow(TooManyPathsError);
    expect(() => new PathFinder(links).simplePaths('n0', 'n11')).toThrow(/from n0 to n11/);
  });
});
