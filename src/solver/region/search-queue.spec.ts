import { describe, expect, it } from 'vitest';
import type { BoundaryAnswer } from './boundary-point.js';
import type { BoundaryJob } from './region-jobs.js';
import type { OnAnswer } from './search-queue.js';
import { SearchQueue } from './search-queue.js';

const job = (x: number): BoundaryJob => ({ kind: 'boundary', subsidyCap: 1, direction: [x], start: null });
const answer = (solves: number): BoundaryAnswer => ({
  point: null,
  states: [],
  visited: [],
  solves,
  outerSupportMw: 0,
});

/** A queue whose batches end when the test says so. */
function harness() {
  const taken: string[] = [];
  const batches: { onAnswer: OnAnswer; end: () => void; fail: (error: Error) => void }[] = [];
  let clockMs = 0;
  const elapsed: number[] = [];
  const queue = new SearchQueue<string>({
    run: (_, onAnswer) =>
      new Promise<void>((end, fail) => {
        batches.push({ onAnswer, end, fail });
      }),
    onTaken: (budget, jobs, answers, elapsedMs) => {
      taken.push(`${budget}: ${answers.map((each) => each?.solves ?? '-').join()} of ${jobs.length}`);
      elapsed.push(elapsedMs);
    },
    now: () => clockMs,
  });
  return { queue, taken, batches, elapsed, passMs: (ms: number) => void (clockMs += ms) };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('searches under way', () => {
  it('are taken in by batch, in the order in which they were handed out, to make room and not before', async () => {
    const { queue, taken, batches } = harness();
    queue.handOut('a', [job(1), job(2)]);
    await queue.untilRoom();
    queue.handOut('b', [job(3)]);
    expect(queue.directionsUnderWay('a')).toEqual([[1], [2]]);
    batches[1].onAnswer(answer(30), 0);
    batches[1].end();
    let hasRoom = false;
    const room = queue.untilRoom().then(() => (hasRoom = true));
    await settled();
    // The second has ended, but it is the first that is waited for.
    expect([taken, hasRoom]).toEqual([[], false]);
    batches[0].onAnswer(answer(20), 1);
    batches[0].onAnswer(answer(10), 0);
    batches[0].end();
    await room;
    expect(taken).toEqual(['a: 10,20 of 2']);
    expect(queue.directionsUnderWay('a')).toEqual([]);
    await queue.untilEmpty();
    expect(taken).toEqual(['a: 10,20 of 2', 'b: 30 of 1']);
  });

  it('count no second twice', async () => {
    const { queue, batches, elapsed, passMs } = harness();
    queue.handOut('a', [job(1)]);
    queue.handOut('b', [job(2)]);
    passMs(300);
    batches[0].end();
    await queue.untilRoom();
    passMs(100);
    batches[1].end();
    await queue.untilEmpty();
    expect(elapsed).toEqual([300, 100]);
  });

  it('tell what ended them early, and keep what has arrived of all', async () => {
    const { queue, taken, batches } = harness();
    queue.handOut('a', [job(1), job(2)]);
    queue.handOut('b', [job(3), job(4)]);
    batches[0].onAnswer(answer(10), 0);
    batches[1].onAnswer(answer(40), 1);
    const cancelled = new Error('cancelled');
    for (const { fail } of batches) fail(cancelled);
    await expect(queue.untilEmpty()).rejects.toBe(cancelled);
    queue.takeArrived();
    expect(taken).toEqual(['a: 10,- of 2', 'b: -,40 of 2']);
  });
});
