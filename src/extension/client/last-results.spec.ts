import { describe, expect, it } from 'vitest';
import { LastResults, MOST, type Storage } from './last-results.js';

class Memory implements Storage {
  readonly values = new Map<string, unknown>();

  get(key: string): unknown {
    return this.values.get(key);
  }

  async update(key: string, value: unknown): Promise<void> {
    this.values.set(key, JSON.parse(JSON.stringify(value)));
  }
}

const uri = 'file:///a.v2g';

describe('last results', () => {
  it('are there again in the next window', async () => {
    const memory = new Memory();
    const first = new LastResults(memory);
    await first.set({ uri, study: 'A', summary: '1 MW, 2 s' });
    await first.set({ uri, study: 'B', summary: '2 MW, 2 s' });
    await first.set({ uri, study: 'A', summary: '3 MW, 2 s' });
    await first.delete(uri, 'B');
    expect(new LastResults(memory).all).toEqual([{ uri, study: 'A', summary: '3 MW, 2 s' }]);
  });

  it('do not grow without end', async () => {
    const results = new LastResults(new Memory());
    for (let i = 0; i <= MOST; i++) await results.set({ uri, study: `S${i}`, summary: 'x' });
    expect(results.all).toHaveLength(MOST);
    expect(results.all[0].study).toBe('S1');
  });

  it('of another version are not believed', () => {
    const memory = new Memory();
    memory.values.set('lastResults', [{ uri }]);
    expect(new LastResults(memory).all).toEqual([]);
  });
});
