/** What the panel's page keeps and says of a run, and how it fits where it is shown. */
import assert from 'node:assert/strict';
import { file, panelSuite, SETTLE_MS } from './panel-suite.mjs';
import { answers, status, syntheticFile, view } from './stand-in.mjs';

panelSuite('states of the panel’s page', ({ current, open, said, state }) => {
  test('plays the regions of a range of times', async () => {
    const over = structuredClone(file);
    const [study] = over.studies;
    if (study.kind !== 'characterize') throw new Error('fixture');
    const later = (by: number) => ({
      interval: 6 + by,
      axes: study.axes.map((a) => ({ ...a, interval: a.interval + by })),
      partial: false,
      couponFree: study.couponFree,
      regions: study.regions.map((r) => ({ ...r, measure: r.measure / (1 + by) })),
    });
    study.laterIntervals = [later(1), later(2)];
    const page = await open({ answer: answers(over) });
    const shown = page.locator('.timeline output');
    assert.equal(await shown.innerText(), '18:00');
    const before = await page.locator('[data-testid="volume-0"]').getAttribute('data-measure');
    await page.getByRole('button', { name: 'Play' }).click();
    await shown.filter({ hasText: '18:20' }).waitFor();
    assert.deepEqual(
      said('showInterval').map((m) => m.index),
      [1, 2],
    );
    const after = await page.locator('[data-testid="volume-0"]').getAttribute('data-measure');
    assert.ok(Math.abs(Number(after) - Number(before) / 3) < 1e-9);
  });

  test('keeps what was chosen, and takes it up again', async () => {
    const page = await open();
    await page.getByRole('tab', { name: 'Table' }).click();
    await page.locator('table.points tbody tr').nth(7).getByRole('button').click();
    const kept = await state();
    assert.equal(kept.uri, 'file:///evening-peak.v2g');
    await current().close();
    const again = await open({ state: kept });
    assert.equal(await again.getByRole('tab', { name: 'Table' }).getAttribute('aria-selected'), 'true');
    assert.equal(await again.locator('tr.selected').count(), 1);
    assert.deepEqual(await state(), kept);
  });

  test('keeps which study it is about before it has heard anything', async () => {
    await open({ answer: () => [] });
    const { uri, study } = await state();
    assert.deepEqual([uri, study], ['file:///evening-peak.v2g', 'Region']);
  });

  const partial = syntheticFile({ points: 40, partial: true });
  const failed = { kind: 'failed', message: 'Its thread stopped 2 times: out of memory.' };
  const states: [name: string, messages: unknown[], text: RegExp, button: string][] = [
    ['empty', [status({})], /has not been run yet/, 'Run'],
    ['starting', [status({ run: { kind: 'running', progress: null } })], /on their way/, 'Cancel'],
    ['partial', [status({}), view(partial)], /Partial.*larger ones may\s+exist/, 'Run again'],
    ['stale', [status({ stale: true }), view(file)], /Stale\. The file has changed/, 'Run again'],
    ['failed', [status({ run: failed })], /The study failed\. Its thread stopped 2 times/, 'Run'],
    ['cancelled', [status({ run: { kind: 'cancelled' } }), view(partial)], /Cancelled\..*kept/, 'Run again'],
  ];
  for (const [name, messages, text, button] of states) {
    test(`says what it is when it is ${name}`, async () => {
      const page = await open({ answer: answers(file, messages) });
      await page.getByRole('button', { name: button, exact: true }).first().waitFor();
      assert.match((await page.locator('main').textContent())!, text);
    });
  }

  test('shows direction, budget, elapsed and estimated time of a run', async () => {
    const progress = {
      phase: 'refining',
      done: 118,
      total: 200,
      subsidyCap: 4000,
      budget: '4,000 CNY',
      direction: [0.58, -0.58, 0.58],
      elapsedSeconds: 74,
      remainingSeconds: 51,
    };
    const page = await open({
      answer: answers(file, [status({ run: { kind: 'running', progress } }), view(file)]),
    });
    const words = (await page.locator('.banner.running').textContent())!;
    assert.match(words, /Refining under 4,000 CNY along \(0\.58, −0\.58, 0\.58\) · 118 of 200, 1 min 14 s/);
    assert.match(words, /about 51 s left/);
  });

  test('says at once that it was heard when a run is cancelled', async () => {
    const running = (done: number) =>
      status({
        run: {
          kind: 'running',
          progress: {
            ...{ phase: 'directions', done, total: 26, budget: null, direction: null },
            ...{ elapsedSeconds: 1, remainingSeconds: null },
          },
        },
      });
    const page = await open({ answer: answers(file, [running(1), view(partial)]) });
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('.banner', { hasText: 'Cancelling' }).waitFor();
    assert.equal(said('cancel').length, 1);
    // Sent before the other side had heard of it.
    await page.evaluate((message) => window.postMessage(message, '*'), running(2));
    await page.waitForTimeout(SETTLE_MS);
    assert.equal(await page.locator('.banner.running').count(), 0);
    // It keeps the keyboard, and does nothing more.
    await page.keyboard.press('Enter');
    assert.equal(said('cancel').length, 1);
    await page.evaluate(
      (message) => window.postMessage(message, '*'),
      status({ run: { kind: 'cancelled' } }),
    );
    await page.locator('.banner.cancelled', { hasText: /Cancelled\..*can only grow/ }).waitFor();
    // The second click of a hasty hand meets another button by now.
    await page.getByRole('button', { name: 'Run again' }).click();
    assert.equal(said('run').length, 0);
    await page.waitForTimeout(1000);
    await page.getByRole('button', { name: 'Run again' }).click();
    assert.equal(said('run').length, 1);
  });

  test('draws its picture once, however often it hears how far a run has come', async () => {
    const page = await open({ answer: answers(file, [view(file)]) });
    await page.locator('.scene canvas').waitFor();
    await page.waitForTimeout(500);
    const drawn = () => page.evaluate(() => performance.getEntriesByName('v2g-first-frame').length);
    const before = await drawn();
    assert.ok(before > 0);
    for (let done = 1; done <= 5; done++) {
      const progress = { phase: 'refining', done, total: 9, budget: null, direction: null };
      const run = {
        kind: 'running',
        progress: { ...progress, elapsedSeconds: done, remainingSeconds: null },
      };
      await page.evaluate((message) => window.postMessage(message, '*'), status({ run }));
      await page.locator('.banner.running', { hasText: `${done} of 9` }).waitFor();
    }
    await page.evaluate(
      (message) => window.postMessage(message, '*'),
      status({ run: { kind: 'cancelled' } }),
    );
    await page.locator('.banner.cancelled').waitFor();
    assert.equal(await drawn(), before);
  });

  test('moves nothing by itself where motion is to be reduced', async () => {
    const running = [status({ run: { kind: 'running', progress: null } })];
    const animated = async () =>
      current()
        .page.locator('.breathing path')
        .first()
        .evaluate((e) => getComputedStyle(e).animationName);
    await open({ answer: answers(file, running) });
    assert.equal(await animated(), 'breathe');
    await current().close();
    await open({ answer: answers(file, running), reducedMotion: true });
    assert.equal(await animated(), 'none');
  });

  test('fits 500 pixels without scrolling sideways', async () => {
    const page = await open({ width: 500 });
    for (const tab of ['Region', 'Point', 'Map']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.waitForTimeout(150);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 500, `${tab} is ${width} wide`);
    }
  });
});
