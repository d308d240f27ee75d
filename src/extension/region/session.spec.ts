import { beforeEach, describe, expect, it } from 'vitest';
import { syntheticResult } from '../../../test/fixtures/synthetic-result.js';
import { syntheticScenario } from '../../../test/fixtures/synthetic-scenario.js';
import type { CharacterizeResult } from '../../solver/result.js';
import type { StudySpec } from '../../solver/study-spec.js';
import type { Stored } from './result-store.js';
import type { QuestionRequest } from './runner-protocol.js';
import { Session, type SessionDependencies, type SessionInputs } from './session.js';
import type { RunEnd, RunMessage, RunOrder } from './study-process.js';

const found = syntheticResult({ points: 16 });
const region = found.studies[0] as CharacterizeResult;
const spec: StudySpec = {
  kind: 'characterize',
  name: 'Region',
  axes: region.axes,
  subsidyCaps: [1000],
  directions: region.directions,
  expectations: [],
};
const dispatch: StudySpec = {
  kind: 'dispatch',
  name: 'Reserve',
  region: 'Region',
  reserve: null,
  tiers: [],
  expectations: [],
};

interface FakeRun {
  request: RunOrder;
  say: (message: RunMessage) => void;
  finish: (end: RunEnd) => void;
  cancelled: boolean;
}

let inputs: SessionInputs;
let broken: Error | null;
let stored: Stored | null;
let runs: FakeRun[];
let statuses: string[];
let processEnded: boolean;

function session(): Session {
  const deps: SessionDependencies = {
    inputs: async () => {
      if (broken) throw broken;
      return inputs;
    },
    load: async () => stored,
    save: async (_, value) => {
      stored = value;
    },
    start: (request, say) => {
      let finish: (end: RunEnd) => void = () => {};
      const end = new Promise<RunEnd>((resolve) => (finish = resolve));
      const run: FakeRun = { request: request as RunOrder, say, finish, cancelled: false };
      runs.push(run);
      return { end, cancel: () => void (run.cancelled = true) };
    },
    endProcess: () => void (processEnded = true),
    workers: () => 1,
    generator: { name: 'test', version: '1' },
    onView: () => {},
    onStatus: () => statuses.push(`${s.run.kind}${s.stale ? ' stale' : ''}`),
  };
  const s: Session = new Session('Region', deps);
  return s;
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  inputs = { scenario: syntheticScenario(), studies: [dispatch, spec] };
  [broken, stored, runs, statuses, processEnded] = [null, null, [], [], false];
});

async function whole(s: Session): Promise<void> {
  const over = s.start();
  await settle();
  runs.at(-1)!.say({ type: 'result', result: region, plans: [] });
  runs.at(-1)!.finish({ kind: 'done' });
  await over;
}

describe('a session', () => {
  it('runs the region before what refers to it, and keeps the result', async () => {
    const s = session();
    await whole(s);
    expect(runs[0].request.studies.map((x) => x.name)).toEqual(['Region', 'Reserve']);
    expect(s.run.kind).toBe('idle');
    expect(stored?.record.result.studies).toEqual([region]);
  });

  it('opens an unchanged file at once and marks a changed one stale', async () => {
    await whole(session());
    const again = session();
    await again.open();
    expect([again.result?.studies.length, again.stale]).toEqual([1, false]);
    inputs.scenario.roads.links[0].capacityVehPerH += 1;
    await again.compare();
    expect(again.stale).toBe(true);
    inputs.scenario.roads.links[0].capacityVehPerH -= 1;
    await again.compare();
    expect(again.stale).toBe(false);
    broken = new Error('syntax');
    await again.compare();
    expect(again.stale).toBe(true);
  });

  it('shows the kept result before the language server has answered', async () => {
    await whole(session());
    const again = session();
    const answer = inputs;
    let arrive = (): void => {};
    inputs = new Promise((resolve) => (arrive = () => resolve(answer))) as unknown as SessionInputs;
    const opened = again.open();
    await settle();
    expect([again.result?.studies.length, statuses.at(-1)]).toEqual([1, 'idle']);
    arrive();
    await opened;
    expect(again.stale).toBe(false);
  });

  it('starts from the result of the file as it was, and keeps that to be shown beside the new one', async () => {
    const s = session();
    await whole(s);
    await whole(s);
    expect([runs[1].request.earlier, s.earlier]).toEqual([undefined, null]);
    const before = s.result;
    inputs.scenario.roads.links[0].capacityVehPerH += 1;
    await whole(s);
    expect(runs[2].request.earlier!.text()).toContain('"format":"v2g-result"');
    expect(s.earlier).toBe(before);
  });

  it('tells of progress twice a second, and at once where another phase begins', async () => {
    void session().start();
    await settle();
    const told = statuses.length;
    for (const phase of ['starting points', 'starting points', 'directions', 'directions'])
      runs[0].say({
        type: 'progress',
        study: 'Region',
        progress: { phase, done: 1, total: 2, elapsedSeconds: 1 },
      });
    expect(statuses.length - told).toBe(2);
  });

  it('says which run found the result that it starts from, unless that was added to, kept or cut short', async () => {
    const s = session();
    const startedFrom = (): string | null | undefined => runs.at(-1)!.request.earlier?.key;
    const change = (): void => void (inputs.scenario.roads.links[0].capacityVehPerH += 1);
    await whole(s);
    change();
    await whole(s);
    expect([runs[0].request.key, startedFrom()]).toEqual(['1', '1']);
    change();
    const asked = s.ask({ kind: 'prices' });
    await settle();
    runs.at(-1)!.say({ type: 'result', result: region, plans: [] });
    runs.at(-1)!.finish({ kind: 'done' });
    await asked;
    await whole(s);
    expect(startedFrom()).toBeNull();
    change();
    const cut = s.start();
    await settle();
    expect(startedFrom()).toBe(runs.at(-2)!.request.key);
    runs.at(-1)!.say({ type: 'partial', result: region, plans: [] });
    s.cancel();
    runs.at(-1)!.finish({ kind: 'cancelled' });
    await cut;
    change();
    await whole(s);
    expect(startedFrom()).toBeNull();
    const again = session();
    await again.open();
    change();
    await whole(again);
    expect(startedFrom()).toBeNull();
  });

  it('does not call a result stale because of what is expected of it', async () => {
    const s = session();
    await whole(s);
    const expectation = { kind: 'gap' as const, below: 0.1, text: 'gap below 10 %' };
    inputs.studies = [dispatch, { ...spec, expectations: [expectation] }];
    await s.compare();
    expect(s.stale).toBe(false);
  });

  it('shows partial regions as they arrive and keeps them on cancel', async () => {
    const s = session();
    const over = s.start();
    await settle();
    const partial = { ...region, partial: true };
    runs[0].say({ type: 'partial', result: partial, plans: [] });
    expect(s.result?.studies).toEqual([partial]);
    s.cancel();
    // Said at once; what the process has still to say is shown all the same.
    expect([runs[0].cancelled, s.run.kind]).toEqual([true, 'cancelled']);
    runs[0].say({
      type: 'progress',
      study: 'Region',
      progress: { phase: 'directions', done: 5, total: 20, elapsedSeconds: 1 },
    });
    const last = { ...partial, seconds: 2 };
    runs[0].say({ type: 'result', result: last, plans: [] });
    expect([s.run.kind, s.result?.studies]).toEqual(['cancelled', [last]]);
    runs[0].finish({ kind: 'cancelled' });
    await over;
    expect(s.run.kind).toBe('cancelled');
    expect(stored?.record.result.studies).toEqual([last]);
  });

  it('runs again at once after a cancel, and still has the whole result from before', async () => {
    const s = session();
    await whole(s);
    const first = s.start();
    await settle();
    runs[1].say({ type: 'partial', result: { ...region, partial: true }, plans: [] });
    s.cancel();
    const second = s.start();
    expect(s.run.kind).toBe('running');
    runs[1].finish({ kind: 'cancelled' });
    await first;
    expect(s.run.kind).toBe('running');
    await settle();
    runs[2].say({ type: 'partial', result: { ...region, partial: true }, plans: [] });
    s.cancel();
    runs[2].finish({ kind: 'cancelled' });
    await second;
    expect([s.run.kind, s.result?.studies]).toEqual(['cancelled', [region]]);
  });

  it('stops a run that has not begun', async () => {
    const s = session();
    const over = s.start();
    s.cancel();
    expect(s.run.kind).toBe('cancelled');
    await over;
    expect([runs.length, s.run.kind]).toEqual([0, 'cancelled']);
  });

  it('cancels its run and ends its process with the panel', async () => {
    const s = session();
    const over = s.start();
    await settle();
    expect(processEnded).toBe(false);
    s.dispose();
    expect([runs[0].cancelled, processEnded]).toEqual([true, true]);
    runs[0].finish({ kind: 'cancelled' });
    await over;
  });

  it('does not let an early cancel replace a whole result of the same file', async () => {
    const s = session();
    await whole(s);
    const over = s.start();
    await settle();
    runs[1].say({ type: 'partial', result: { ...region, partial: true }, plans: [] });
    runs[1].finish({ kind: 'cancelled' });
    await over;
    expect(s.result?.studies).toEqual([region]);
  });

  it('replaces a run by a second one, whose messages alone count', async () => {
    const s = session();
    void s.start();
    await settle();
    const over = s.start();
    await settle();
    expect(runs[0].cancelled).toBe(true);
    runs[0].say({ type: 'partial', result: { ...region, partial: true }, plans: [] });
    expect(s.result).toBeNull();
    runs[0].finish({ kind: 'cancelled' });
    await settle();
    expect(s.run.kind).toBe('running');
    runs[1].say({ type: 'result', result: region, plans: [] });
    runs[1].finish({ kind: 'done' });
    await over;
    expect(s.run.kind).toBe('idle');
  });

  it('tells how long it will take once it can', async () => {
    const s = session();
    void s.start();
    await settle();
    const progress = { phase: 'directions', done: 5, total: 20, subsidyCap: 1000, elapsedSeconds: 10 };
    runs[0].say({ type: 'progress', study: 'Region', progress });
    expect(s.run).toMatchObject({ kind: 'running', progress: { remainingSeconds: 30, budget: '1,000 CNY' } });
    runs[0].say({ type: 'progress', study: 'Region', progress: { ...progress, total: null } });
    expect(s.run).toMatchObject({ progress: { remainingSeconds: null } });
  });

  it('tells how long a refinement may take from the gaps that it has found', async () => {
    inputs.studies = [{ ...spec, subsidyCaps: [1000], directions: { kind: 'until-gap', gap: 0.02 } }];
    const s = session();
    void s.start();
    await settle();
    const solve = (from: number, to: number, gap: number) => {
      for (let done = from; done <= to; done++) {
        const progress = { phase: 'directions', done, total: null, subsidyCap: 1000, direction: [1, 0] };
        const elapsedSeconds = done;
        runs[0].say({ type: 'progress', study: 'Region', progress: { ...progress, elapsedSeconds } });
      }
      const [first] = region.regions;
      const regions = [{ ...first, subsidyCap: 1000, estimatedGap: gap }];
      runs[0].say({ type: 'partial', result: { ...region, regions }, plans: [] });
    };
    solve(1, 30, 0.3);
    expect(s.run).toMatchObject({ progress: { total: null, remainingSeconds: null } });
    solve(31, 90, 0.1);
    solve(91, 91, 0.1);
    // gap = 9 / n, a second each.
    expect(s.run).toMatchObject({
      progress: { total: null, remainingSeconds: expect.closeTo(450 - 91, 6) as number },
    });
  });

  it('reports a file with errors, a crash and a study without an answer in words', async () => {
    const s = session();
    broken = new Error('The file has errors: a.v2g:1:1 no unit');
    await s.start();
    expect(s.run).toEqual({ kind: 'failed', message: broken.message });
    broken = null;
    const crash = s.start();
    await settle();
    runs[0].finish({ kind: 'failed', message: 'Its process stopped 2 times.' });
    await crash;
    expect(s.run).toMatchObject({ kind: 'failed' });
    const skip = s.start();
    await settle();
    runs[1].say({ type: 'result', result: region, plans: [] });
    runs[1].say({ type: 'skipped', study: 'Reserve', message: 'cannot be run' });
    runs[1].finish({ kind: 'done' });
    await skip;
    expect(s.run).toEqual({ kind: 'failed', message: 'Reserve: cannot be run.' });
    expect(s.result?.studies).toEqual([region]);
  });

  it('forgets the study when the file has lost it', async () => {
    const s = session();
    inputs.studies = [];
    await s.start();
    expect(s.run).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('no study Region') as string,
    });
  });

  it('adds the answer to a question to the result, whatever the file says by now', async () => {
    const s = session();
    await whole(s);
    broken = new Error('syntax');
    const over = s.ask({ kind: 'bounds' });
    expect(runs[1].request).toMatchObject({ study: 'Region', question: { kind: 'bounds' } });
    const bounded = { ...region, regions: region.regions.map((r) => ({ ...r, outerMeasure: 99 })) };
    runs[1].say({ type: 'partial', result: bounded, plans: [] });
    expect(s.result?.studies[0]).toEqual(bounded);
    s.cancel();
    runs[1].finish({ kind: 'cancelled' });
    await over;
    // What was proven until then is kept.
    expect([s.run.kind, stored?.record.result.studies[0]]).toEqual(['cancelled', bounded]);
  });

  it('tells questions about one run from those about another', async () => {
    const s = session();
    await whole(s);
    const basis = async () => {
      const over = s.ask({ kind: 'prices' });
      const { request } = runs.at(-1)!;
      runs.at(-1)!.say({ type: 'result', result: { ...region }, plans: [] });
      runs.at(-1)!.finish({ kind: 'done' });
      await over;
      return (request as unknown as QuestionRequest).basis;
    };
    const first = await basis();
    // An answer adds to the result: what was set up for it still holds.
    expect(await basis()).toBe(first);
    await whole(s);
    expect(await basis()).toBeGreaterThan(first);
  });

  it('says why a question has no answer, and keeps what was there', async () => {
    const s = session();
    await s.ask({ kind: 'prices' });
    expect(runs).toHaveLength(0);
    await whole(s);
    const over = s.ask({ kind: 'prices' });
    runs[1].say({ type: 'skipped', study: 'Region', message: 'no path from n1' });
    runs[1].finish({ kind: 'done' });
    await over;
    expect(s.run).toEqual({ kind: 'failed', message: 'no path from n1.' });
    expect(s.result?.studies).toEqual([region]);
  });
});
