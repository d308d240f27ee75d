/**
 * Is a region convex? Its hull claims that every point between two that can be reached can be reached as well; random
 * points inside are asked for, one by one.
 */
import type { QuerySample, Region, PointQuery } from '../result.js';
import type { QuerySession } from './query-session.js';
import { randomPointsInside } from './random-points.js';

export interface SampleOptions {
  count: number;
  seed: number;
  /** Aborting keeps what was answered. */
  signal?: AbortSignal;
  onAnswer?: (done: number, total: number) => void;
}

export async function sampleRegion(
  session: QuerySession,
  { hull, subsidyCap }: Pick<Region, 'hull' | 'subsidyCap'>,
  { count, seed, signal, onAnswer }: SampleOptions,
): Promise<QuerySample> {
  const requests = randomPointsInside(hull, count, seed).map((targetMw) => ({ targetMw, subsidyCap }));
  const answers = await answersSoFar(session, requests, { signal, onAnswer });
  const queries = answers.filter((answer) => answer !== undefined);
  return {
    subsidyCap,
    seed,
    reached: queries.filter(({ status }) => status === 'reached').length,
    queries,
    complete: queries.length === requests.length,
  };
}

/** Answers by request; undefined for those that an abort left open. */
export async function answersSoFar(
  session: QuerySession,
  requests: Parameters<QuerySession['ask']>[0],
  { signal, onAnswer }: Pick<SampleOptions, 'signal' | 'onAnswer'>,
): Promise<(PointQuery | undefined)[]> {
  const answers = new Array<PointQuery | undefined>(requests.length).fill(undefined);
  let done = 0;
  try {
    await session.ask(requests, {
      signal,
      onAnswer: (answer, index) => {
        answers[index] = answer;
        onAnswer?.(++done, requests.length);
      },
    });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  return answers;
}
