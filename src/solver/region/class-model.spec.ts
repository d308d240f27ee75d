import { describe, expect, it } from 'vitest';
import { eveningPeak } from '../../../test/fixtures/evening-peak.js';
import { loadHighs } from '../highs/load.js';
import { RegionContext } from './region-context.js';

describe('a single station that everyone has to use', () => {
  it('settles however long its queue, and serves all who arrived within the time of a service', async () => {
    const base = eveningPeak();
    const scenario = { ...base, stations: base.stations.slice(0, 1) };
    const axes = [{ station: 'CS1', interval: 6 }];
    const context = new RegionContext(await loadHighs(), { scenario, axes, feeder: null });
    const [charging, v2g] = context.couponFree;
    context.dispose();
    // 1000 veh/h, a fifth of them for half an hour at 60 kW, a tenth for a third of an hour at 40 kW.
    expect(charging.loadMw[0]).toBeCloseTo(1000 * 0.2 * 0.5 * 0.06, 9);
    expect(v2g.loadMw[0]).toBeCloseTo((-1000 * 0.1 * 0.04) / 3, 9);
    expect(charging.subsidy).toBeCloseTo(0, 6);
  });
});
