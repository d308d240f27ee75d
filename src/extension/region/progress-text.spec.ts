import { expect, it } from 'vitest';
import { directionText, progressText } from './progress-text.js';

const progress = {
  ...{ phase: 'directions', done: 12, total: 26, subsidyCap: 2000, budget: '2,000 CNY' },
  ...{ direction: [0.58, -0.58, 0.58], elapsedSeconds: 74, remainingSeconds: 40 },
};

it('says in the status item how far a run has come, under which budget, for how long and how long yet', () => {
  expect(progressText(null)).toBe('starting');
  expect(progressText(progress)).toBe('12 of 26 directions, 2,000 CNY, 1 min 14 s, about 40 s left');
  expect(progressText({ ...progress, total: null, budget: null, remainingSeconds: null })).toBe(
    '12 directions, 1 min 14 s',
  );
  expect(directionText(progress)).toBe('along (0.58, −0.58, 0.58)');
  expect(directionText({ ...progress, direction: null })).toBe('');
});
