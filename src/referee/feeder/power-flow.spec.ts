import { describe, expect, it } from 'vitest';
import { ieee33 } from '../../../test/fixtures/feeders/feeders.js';
import { feeder as twoBuses, twoBusState } from '../../../test/fixtures/two-stations.js';
import { powerFlow, radialOrder } from './power-flow.js';

describe("the referee's power flow", () => {
  it('meets the published base case of the 33-bus feeder', () => {
    const feeder = ieee33();
    const loads = new Map(
      feeder.buses.map(({ id, loadKw, loadKvar }) => [id, { kw: loadKw[0], kvar: loadKvar[0] }]),
    );
    const flow = powerFlow(feeder, loads)!;
    expect(flow.lossKw).toBeCloseTo(202.677, 3);
    expect(flow.voltagePu.get('b18')).toBeCloseTo(0.91309, 5);
    expect(flow.source.kw).toBeCloseTo(3917.677, 3);
    expect(flow.source.kvar).toBeCloseTo(2435.141, 3);
  });

  it('meets the closed form of two buses, importing and exporting', () => {
    for (const stationMw of [-1.5, 0, 1.3]) {
      const state = twoBusState(stationMw);
      const flow = powerFlow(
        twoBuses,
        new Map([['b2', { kw: 500 + 1000 * stationMw - 460, kvar: 200 - 40 }]]),
      )!;
      expect(flow.voltagePu.get('b2')).toBeCloseTo(state.voltagePu, 12);
      expect(flow.source.kw).toBeCloseTo(state.kw, 8);
      expect(flow.source.kvar).toBeCloseTo(state.kvar, 8);
      expect(flow.currentA.get('b1--b2')).toBeCloseTo(state.currentA, 8);
    }
  });

  it('says when no voltage serves the load', () => {
    expect(powerFlow(twoBuses, new Map([['b2', { kw: 20_000, kvar: 0 }]]))).toBeNull();
  });

  it('wants one tree from one source', () => {
    const [line] = twoBuses.lines;
    expect(radialOrder({ ...twoBuses, lines: [line, { ...line, id: 'second' }] })).toBeNull();
    expect(radialOrder({ ...twoBuses, lines: [{ ...line, to: 'b1' }] })).toBeNull();
    expect(radialOrder({ ...twoBuses, sources: [...twoBuses.sources, ...twoBuses.sources] })).toBeNull();
  });
});
