import { describe, expect, it } from 'vitest';
import { healthOf, labelOf, type StudyProgressText } from './health.js';

const none = new Map<string, StudyProgressText>();

describe('health', () => {
  it('is that of the server while no study runs', () => {
    expect(healthOf({ kind: 'checking' }, none)).toEqual({ kind: 'checking' });
  });

  it('names the running study and its progress, and counts the others', () => {
    const running = new Map([
      ['Region', { text: '12 of 26 directions', detail: 'along (1, 0)' }],
      ['Reserve', { text: '', detail: '' }],
    ]);
    expect(healthOf({ kind: 'checking' }, running)).toEqual({
      kind: 'running',
      message: 'Region: 12 of 26 directions (and 1 more)',
      detail: 'along (1, 0)',
    });
    const health = healthOf({ kind: 'ready' }, new Map([['Region', { text: '', detail: '' }]]));
    expect(health).toEqual({ kind: 'running', message: 'Region', detail: '' });
    expect(labelOf({ kind: 'running', message: 'Region: 3 of 9', detail: 'along (1, 0)' })).toEqual({
      text: '$(sync~spin) V2G: Region: 3 of 9',
      tooltip: 'V2G: running Region: 3 of 9, along (1, 0)',
    });
  });

  it('shows a failed server even while a study runs', () => {
    const failed = { kind: 'failed', message: 'the server stopped' } as const;
    expect(healthOf(failed, new Map([['Region', { text: '', detail: '' }]]))).toBe(failed);
  });

  it('says each state in words, not by the icon alone', () => {
    const states = [
      { kind: 'starting' },
      { kind: 'ready' },
      { kind: 'checking' },
      { kind: 'running', message: 'Region', detail: '' },
      { kind: 'failed', message: 'the server stopped' },
    ] as const;
    const tooltips = states.map((state) => labelOf(state).tooltip);
    expect(new Set(tooltips).size).toBe(states.length);
    expect(tooltips.at(-1)).toContain('the server stopped');
  });
});
