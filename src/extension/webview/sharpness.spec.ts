import { expect, it } from 'vitest';
import { Sharpness } from './sharpness.js';

/** Turns for a while with frames so far apart. */
function turn(s: Sharpness, intervalMs: number, frames = 40): number {
  for (let i = 0; i < frames; i++) s.moved(1000 + i * intervalMs);
  return s.ratio;
}

it('draws fewer pixels where frames take too long, but not too few to see', () => {
  const slow = turn(new Sharpness(1), 60);
  expect(slow).toBeLessThan(0.5);
  expect(slow).toBeGreaterThan(0.4);
  // On a machine that is busy with other things, too.
  expect(turn(new Sharpness(1), 400)).toBe(slow);
});

it('draws what the screen has where frames come in time', () => {
  expect(turn(new Sharpness(2), 16)).toBe(2);
  expect(turn(new Sharpness(1), 25)).toBe(1);
});

it('takes what is newly shown for no movement, however seldom it comes', () => {
  const s = new Sharpness(1);
  for (let i = 0; i < 20; i++) {
    s.changed();
    expect(s.ratio).toBe(1);
    s.rested();
  }
  s.moved(5000);
  expect(s.ratio).toBe(1);
});

it('is sharp at rest, and as fast as before when it moves again', () => {
  const s = new Sharpness(1);
  const slow = turn(s, 60);
  s.rested();
  expect(s.ratio).toBe(2);
  s.moved(9000);
  expect(s.ratio).toBe(slow);
});
