import { describe, expect, it } from 'vitest';
import { healthOf, labelOf } from './health.js';

const none = new Map<string, string>();

describe('health', () => {
  it('is that of the server while no study runs', () => {
    expect(healthOf({ kind: 'checking' }, none)).toEqual({ kind: 'checking' });
  });

  it('names the running study and its progress, and counts the others', () => {
    const running = new Map([
      ['Region', '12 of 26 directions'],
      ['Reserve', ''],
    ]);
    expect(healthOf({ kind: 'checking' }, running)).toEqual({
      kind: 'running',
      message: 'Region: 12 of 26 directions (and 1 more)',
    });
    expect(healthOf({ kind: 'ready' }, new Map([['Region', '']]))).toEqual({
      kind: 'running',
      message: 'Region',
    });
  });

  it('shows a failed server even while a study runs', () => {
    const failed = { kind: 'failed', message: 'the server stopped' } as const;
    expect(healthOf(failed, new Map([['Region', '']]))).toBe(failed);
  });

  it('says each state in words, not by the icon alone', () => {
    const states = [
      { kind: 'starting' },
      { kind: 'ready' },
      { kind: 'checking' },
      { kind: 'running', message: 'Region' },
      { kind: 'failed', message: 'the server stopped' },
    ] as const;
    const tooltips = states.map((state) => labelOf(state).tooltip);
    expect(new Set(tooltips).size).toBe(states.length);
    expect(tooltips.at(-1)).toContain('the server stopped');
  });
});
