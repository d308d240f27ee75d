import { describe, expect, it } from 'vitest';
import { syntheticScenario } from '../../test/fixtures/synthetic-scenario.js';
import { layOutMap } from './layout.js';

describe('the map', () => {
  it('is laid out without overlaps, the same each time', () => {
    const scenario = syntheticScenario();
    const map = layOutMap(scenario);
    expect(map.surveyed).toBe(false);
    expect(map.nodes).toHaveLength(13);
    expect(map.buses).toHaveLength(33);
    for (const places of [map.nodes, map.buses]) {
      places.forEach((a, i) =>
        places.slice(i + 1).forEach((b) => expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(14)),
      );
    }
    expect(map.nodes.find((n) => n.id === 'n6')?.stations).toEqual(['CS1']);
    expect(map.buses.find((b) => b.id === 'b22')?.stations).toEqual(['CS1']);
    expect(layOutMap(scenario)).toEqual(map);
  });

  it('takes the positions of the file, y turned downwards', () => {
    const scenario = syntheticScenario();
    const at = (ids: string[]) =>
      Object.fromEntries(ids.map((id, i) => [id, [i, i * 2] as [number, number]]));
    scenario.positions = {
      nodes: at(scenario.roads.nodes),
      buses: at(scenario.feeder!.buses.map((b) => b.id)),
    };
    const map = layOutMap(scenario);
    expect(map.surveyed).toBe(true);
    expect(map.nodes[0]).toMatchObject({ x: 0, y: 24 });
    expect(map.nodes[12]).toMatchObject({ x: 12, y: 0 });
    expect(map.roadSize).toEqual({ width: 12, height: 24 });
  });

  it('is empty where there is no feeder', () => {
    const map = layOutMap({ ...syntheticScenario(), feeder: null });
    expect(map.buses).toEqual([]);
    expect(map.feederSize).toEqual({ width: 0, height: 0 });
  });
});
