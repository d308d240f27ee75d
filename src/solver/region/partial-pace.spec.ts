import { describe, expect, it } from 'vitest';
import { PartialPace } from './partial-pace.js';

describe('pace of partial results', () => {
  it('shows the first at once, others half a second apart, and slow ones at most a twenty-fifth of the time', () => {
    let nowMs = 0;
    let shown = 0;
    const pace = new PartialPace(() => nowMs);
    const showAt = (atMs: number, takesMs: number): number => {
      nowMs = atMs;
      pace.whenDue(() => {
        nowMs += takesMs;
        shown++;
      });
      return shown;
    };
    expect(showAt(0, 0)).toBe(1);
    expect(showAt(499, 0)).toBe(1);
    expect(showAt(500, 100)).toBe(2);
    // 100 ms are 4 % of 2.5 s from its beginning.
    expect(showAt(2999, 0)).toBe(2);
    expect(showAt(3000, 0)).toBe(3);
    // One to wait for is shown however close the last one was, and the next keeps its distance from it.
    nowMs = 3100;
    pace.atOnce(() => shown++);
    expect(shown).toBe(4);
    expect(showAt(3599, 0)).toBe(4);
    expect(showAt(3600, 0)).toBe(5);
  });
});
