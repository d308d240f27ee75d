/** What the panel's page does, in the page itself: keyboard, selection, projections, exports, states. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { PanelState, ToPanel } from '../../src/extension/region/protocol.js';
import { bundle, launch, openPanel, type Code, type OpenPage, type PageOptions } from './page.mjs';
import { answers, status, syntheticFile, view } from './stand-in.mjs';

/** Between an input and the state that is kept, on a busy machine. */
const SETTLE_MS = 150;
const file = syntheticFile({ points: 40 });
const flat = (count: number) =>
  syntheticFile({
    points: 40,
    axes: ['CS1', 'CS2'].slice(0, count).map((station) => ({ station, interval: 6 })),
  });

suite('the panel’s page', () => {
  let browser: Browser;
  let code: Code;
  let panel: OpenPage;
  suiteSetup(async () => {
    [code, browser] = [await bundle(), await launch()];
  });
  suiteTeardown(() => browser.close());
  teardown(async () => {
    assert.deepEqual(panel.errors, []);
    await panel.close();
  });

  async function open(options: Partial<PageOptions> = {}): Promise<OpenPage['page']> {
    const common = { width: 1000, height: 900, theme: 'dark' as const, answer: answers(file) };
    panel = await openPanel(browser, code, { ...common, ...options });
    await panel.page.locator('main[data-run]').waitFor();
    return panel.page;
  }
  const state = async () => (await panel.state()) as PanelState;
  const said = <T extends ToPanel['type']>(type: T) =>
    panel.said.filter((m): m is Extract<ToPanel, { type: T }> => m.type === type);

  test('is turned, zoomed, reset and snapped to planes by keys', async () => {
    const page = await open();
    await page.locator('.scene').focus();
    const press = async (key: string) => {
      await page.keyboard.press(key);
      // What is kept follows what is drawn.
      await page.waitForTimeout(SETTLE_MS);
      return (await state()).camera!;
    };
    const home = await press('r');
    assert.ok((await press('ArrowRight')).azimuth > home.azimuth);
    assert.ok((await press('ArrowUp')).elevation > home.elevation);
    assert.ok((await press('+')).zoom > 1);
    assert.ok(Math.abs((await press('1')).elevation - Math.PI / 2) < 0.01);
    const [front, side] = [await press('2'), await press('3')];
    assert.ok(Math.abs(front.elevation) < 0.01 && Math.abs(side.elevation) < 0.01);
    assert.ok(Math.abs(front.azimuth + Math.PI / 2) < 0.01 && Math.abs(side.azimuth) < 0.01);
    assert.deepEqual(await press('r'), home);
  });

  test('is turned by the mouse, and a click selects the point under it', async () => {
    const page = await open();
    const box = (await page.locator('.scene canvas').boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y, { steps: 5 });
    await page.mouse.up();
    await page.waitForTimeout(SETTLE_MS);
    const turned = (await state()).camera!;
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.waitForTimeout(SETTLE_MS);
    assert.notEqual((await state()).camera!.azimuth.toFixed(3), turned.azimuth.toFixed(3));
    await page.locator('.scene').focus();
    const selected = async () => {
      await page.waitForTimeout(SETTLE_MS);
      const ring = (await page.locator('.scene svg g circle[r="10"]').boundingBox())!;
      return { id: (await state()).pointId!, x: ring.x + ring.width / 2, y: ring.y + ring.height / 2 };
    };
    await page.keyboard.press(']');
    const first = await selected();
    await page.keyboard.press(']');
    const second = await selected();
    assert.notEqual(second.id, first.id);
    await page.mouse.click(first.x, first.y);
    // Another point may lie in front of it, but not further away than a click reaches.
    const hit = await selected();
    assert.notEqual(hit.id, second.id);
    assert.ok(Math.hypot(hit.x - first.x, hit.y - first.y) < 12);
    assert.ok(said('selectPoint').some((m) => m.pointId === hit.id));
  });

  test('says when it has drawn a view, and only then: another one may come', async () => {
    const page = await open();
    const seen = async (count: number) => {
      for (let i = 0; i < 60 && said('seen').length < count; i++) await page.waitForTimeout(50);
      return said('seen').length;
    };
    assert.equal(await seen(1), 1);
    await page.evaluate((message) => {
      window.postMessage(message, '*');
      window.postMessage({ ...message, version: 99 }, '*');
    }, view(file));
    // One of another version is not drawn, but nobody waits for it.
    assert.equal(await seen(3), 3);
    assert.deepEqual(panel.errors.splice(0).length, 1);
  });

  test('hides and shows the body of a budget', async () => {
    const page = await open();
    const budget = page.locator('.budgets button').nth(1);
    await budget.click();
    assert.equal(await budget.getAttribute('aria-pressed'), 'false');
    assert.deepEqual((await state()).hidden, [1]);
    await budget.click();
    assert.deepEqual((await state()).hidden, []);
  });

  for (const [count, mark] of [
    [2, 'polygon title'],
    [1, 'path title'],
  ] as const) {
    test(`draws what is proven about the outside of regions with ${count} axes, and leaves it out`, async () => {
      const axes = ['CS1', 'CS2'].slice(0, count).map((station) => ({ station, interval: 6 }));
      const page = await open({ answer: answers(syntheticFile({ points: 40, axes, boundsMw: 0.3 })) });
      const proven = page.locator(`.picture > * svg ${mark}`).filter({ hasText: 'Proven: nothing' });
      assert.equal(await proven.count(), count === 1 ? 4 : 1);
      if (count === 1) await page.getByLabel('Proven ends').uncheck();
      else await page.getByLabel('Proven outside').selectOption('none');
      await proven.first().waitFor({ state: 'detached' });
    });
  }

  test('draws what is proven about the outside of the budget that is chosen', async () => {
    const page = await open({ answer: answers(syntheticFile({ points: 40, boundsMw: 0.3 })) });
    const choice = page.getByLabel('Proven outside');
    const legend = page.locator('.legend li').filter({ hasText: 'proven: nothing within' });
    assert.equal(await legend.innerText(), 'proven: nothing within 6,000 CNY lies outside');
    const pixels = () => page.locator('.scene canvas').screenshot();
    const whole = await pixels();
    await choice.selectOption('2,000 CNY');
    await legend.filter({ hasText: '2,000 CNY' }).waitFor();
    await page.waitForTimeout(SETTLE_MS);
    assert.notDeepEqual(await pixels(), whole);
    assert.equal((await state()).outer, 1);
    await page.locator('.budgets button').nth(1).click();
    await legend.waitFor({ state: 'detached' });
    await page.locator('.budgets button').nth(1).click();
    await choice.selectOption('none');
    await legend.waitFor({ state: 'detached' });
    assert.equal((await state()).outer, null);
    await page.getByRole('tab', { name: 'Table' }).click();
    await page.getByRole('table', { name: /^Proven outer regions/ }).waitFor();
  });

  test('offers projections of more than three axes', async () => {
    const axes = [6, 7, 8, 9].map((interval) => ({ station: 'CS1', interval }));
    const page = await open({ answer: answers(syntheticFile({ points: 40, axes })) });
    const choice = page.getByLabel('Axes');
    // Four triples, six pairs, four single axes.
    assert.equal(await choice.locator('option').count(), 14);
    await page.locator('.scene canvas').waitFor();
    await choice.selectOption('0,3');
    await page.locator('.picture svg[aria-label^="Regions of"]').waitFor();
    assert.deepEqual(said('project').at(-1)!.axes, [0, 3]);
    await choice.selectOption('2');
    await page.locator('.picture svg[aria-label^="Range of"]').waitFor();
  });

  test('draws two axes as polygons and one as intervals', async () => {
    const two = await open({ answer: answers(flat(2)) });
    assert.ok((await two.locator('.picture svg polygon').count()) >= 4);
    await panel.close();
    const one = await open({ answer: answers(flat(1)) });
    assert.ok((await one.locator('.picture svg rect').count()) >= 4);
    assert.equal(await one.locator('.scene').count(), 0);
  });

  test('holds every point in a table, from which one is chosen by the keyboard', async () => {
    const page = await open();
    await page.getByRole('tab', { name: 'Region' }).focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    assert.equal((await state()).tab, 'table');
    const rows = page.locator('table.points tbody tr');
    assert.equal(await rows.count(), view(file).view!.points.length);
    await rows.nth(4).getByRole('button').focus();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(SETTLE_MS);
    assert.equal((await state()).pointId, view(file).view!.points[4].id);
  });

  test('shows coupons, arrivals, routes and voltages of the chosen point', async () => {
    const page = await open();
    await page.getByRole('tab', { name: 'Point' }).click();
    await page.locator('.tab-point label.choice select').selectOption('1/3');
    await page.locator('svg[aria-label^="Coupons in CNY per vehicle"]').waitFor();
    assert.ok((await page.locator('.small-multiples svg').count()) >= 6);
    await page.getByText('Route shares over the horizon').waitFor();
    await page.getByText('lower limit').waitFor();
    await page.getByRole('button', { name: 'Show CS1 in the file' }).click();
    assert.deepEqual(said('reveal').at(-1)!.element, { kind: 'station', id: 'CS1' });
  });

  test('maps another time, reveals what is clicked and marks where the cursor is', async () => {
    const page = await open();
    await page.getByRole('tab', { name: 'Map' }).click();
    const slider = page.getByRole('slider', { name: 'Time' });
    const map = page.locator('[aria-label^="Map at"]');
    await map.waitFor();
    const before = await map.getAttribute('aria-label');
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    assert.notEqual(await map.getAttribute('aria-label'), before);
    await page.getByText('The map as a table').click();
    await page.getByRole('button', { name: 'n1->n5' }).click();
    assert.deepEqual(said('reveal').at(-1)!.element, { kind: 'link', id: 'n1->n5' });
    const marked = map.locator('circle[fill="none"][stroke-width="2"]');
    assert.equal(await marked.count(), 0);
    const element = { version: 1, type: 'element', element: { kind: 'bus', id: 'b30' } };
    await page.evaluate((message) => window.postMessage(message, '*'), element);
    await marked.first().waitFor();
  });

  test('exports the view as SVG and PNG and asks for the rest', async () => {
    const page = await open();
    const choose = (kind: string) => page.getByLabel('Export').selectOption(kind);
    const last = async (kind: string) => {
      await choose(kind);
      await page.waitForTimeout(400);
      return said('export').at(-1)!;
    };
    for (const tab of ['Region', 'Point', 'Map', 'Table']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.waitForTimeout(150);
      const svg = await last('svg');
      assert.match(svg.content!, /^<svg[^]*<\/svg>$/, tab);
      assert.equal(svg.view, tab.toLowerCase());
      const png = Buffer.from((await last('png')).content!, 'base64');
      assert.equal(png.subarray(1, 4).toString(), 'PNG', tab);
    }
    for (const kind of ['csv', 'json', 'halfspaces', 'matlab', 'python', 'html']) {
      assert.equal((await last(kind)).kind, kind);
    }
  });

  test('shows names that are markup as text', async () => {
    const name = '<img onerror=alert(1)>';
    const page = await open({ answer: answers(syntheticFile({ points: 40, stationName: name })) });
    let asked = false;
    page.on('dialog', () => (asked = true));
    for (const tab of ['Region', 'Point', 'Map', 'Table']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.waitForTimeout(150);
      assert.equal(await page.locator('img').count(), 0, tab);
      assert.ok((await page.locator('main').textContent())!.includes(name), tab);
    }
    assert.equal(asked, false);
  });

  test('asks for an operating point that is typed, clicked or taken from a point', async () => {
    const page = await open({ answer: answers(flat(2)) });
    const [x, y] = [page.getByLabel('CS1 18:00 (MW)'), page.getByLabel('CS2 18:00 (MW)')];
    const find = page.getByRole('button', { name: 'Find coupons' });
    assert.ok(await find.isDisabled());
    await x.fill('1.25');
    await y.fill('-0.5');
    await page.locator('.questions .ask select').selectOption('2,000 CNY');
    await y.press('Enter');
    await page.waitForTimeout(SETTLE_MS);
    const typed = { kind: 'point', targetMw: [1.25, -0.5], subsidyCap: 2000 };
    assert.deepEqual(said('ask').at(-1)!.question, typed);
    await page.locator('.picture rect.place').click({ position: { x: 30, y: 20 } });
    await page.waitForTimeout(SETTLE_MS);
    assert.notEqual(await x.inputValue(), '1.25');
    await page.getByRole('button', { name: 'Take the selected point' }).click();
    await page.waitForTimeout(SETTLE_MS);
    // Where nothing else is chosen, that is the point without coupons.
    const [px] = view(flat(2)).view!.points.find((p) => p.kind === 'coupon-free')!.positionMw;
    assert.ok(Math.abs(Number(await x.inputValue()) - px) < 1e-3);
    for (const [name, kind] of [
      ['Compute bounds', 'bounds'],
      ['Map prices', 'prices'],
      ['Rank reinforcements', 'sensitivities'],
    ]) {
      await page.getByRole('button', { name }).click();
      await page.waitForTimeout(SETTLE_MS);
      assert.deepEqual(said('ask').at(-1)!.question, { kind });
    }
  });

  test('asks at the certificate whether there is one equilibrium or several, and shows the answer', async () => {
    const page = await open();
    await page.getByRole('tab', { name: 'Point' }).click();
    await page.locator('.tab-point label.choice select').selectOption('0/1');
    await page.getByRole('button', { name: 'One equilibrium or several?' }).click();
    await page.waitForTimeout(SETTLE_MS);
    assert.deepEqual(said('ask').at(-1)!.question, { kind: 'spread', pointId: '0/1' });
    await panel.close();

    const answered = structuredClone(file);
    const [study] = answered.studies;
    if (study.kind !== 'characterize') throw new Error('fixture');
    const [first, second] = study.regions[0].points;
    const range = first.positionMw.map((mw) => ({ min: mw, max: mw + 0.4 }));
    const solves = { starts: 200, settled: 188 };
    second.spread = {
      ...{ verdict: 'several', ranges: range, ...solves, midwayGap: 4e-6, marginReason: null },
      equilibria: [{ positionMw: first.positionMw, equilibriumGap: 2e-13, flows: [] }],
      margin: {
        ...{ perVehicle: 0.2, coupons: first.plan.coupons, subsidy: 640, extraSubsidy: 20 },
        ...{ equilibriumGap: 1e-12, ranges: [], ...solves },
      },
    };
    const again = await open({ answer: answers(answered) });
    await again.getByRole('tab', { name: 'Point' }).click();
    await again.locator('.tab-point label.choice select').selectOption('0/1');
    const section = again.getByRole('region', { name: 'One equilibrium or several' });
    const words = await section.innerText();
    assert.match(words, /Several equilibria/);
    assert.match(
      words,
      /margin of 0\.2 CNY per vehicle leave only this point .* 20 CNY more, 640 CNY in all/,
    );
    assert.equal(await section.getByRole('row').count(), 4);
    await section.locator('svg[aria-label^="Coupons in CNY per vehicle"]').waitFor();
    assert.equal(await section.getByRole('button').count(), 0);
  });

  test('asks for random points inside the hull, beside the sizes, and says how many were reached', async () => {
    const page = await open();
    const form = page.getByRole('region', { name: 'Random points inside' });
    await form.getByLabel('Inside').selectOption('2,000 CNY');
    await form.getByLabel('Points').fill('0');
    assert.ok(await form.getByRole('button').isDisabled());
    await form.getByLabel('Points').fill('25');
    await form.getByLabel('Seed').fill('7');
    await form.getByRole('button', { name: 'Ask for random points' }).click();
    await page.waitForTimeout(SETTLE_MS);
    const question = { kind: 'sample', subsidyCap: 2000, count: 25, seed: 7 };
    assert.deepEqual(said('ask').at(-1)!.question, question);
    await panel.close();

    const answered = structuredClone(file);
    const [study] = answered.studies;
    if (study.kind !== 'characterize') throw new Error('fixture');
    const [point] = study.regions[0].points;
    const query = {
      ...{ targetMw: [1, 2, 0.5], subsidyCap: 2000, status: 'reached' as const, point, distanceMw: 0 },
      ...{ requiredSubsidy: 900, reason: null, seconds: 0.2 },
    };
    const missed = { ...query, status: 'nearest' as const, requiredSubsidy: 2050 };
    study.samples = [{ subsidyCap: 2000, seed: 7, reached: 1, queries: [query, missed], complete: true }];
    const again = await open({ answer: answers(answered) });
    const list = again.getByRole('list', { name: 'Random points that were asked for' });
    assert.match(await list.innerText(), /2,000 CNY: 1 of 2 random points .* \(50%\)/);
    await again.getByRole('tab', { name: 'Table' }).click();
    await again.getByRole('table', { name: /^Random points that were not reached/ }).waitFor();
  });

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
    await panel.close();
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

  test('moves nothing by itself where motion is to be reduced', async () => {
    const running = [status({ run: { kind: 'running', progress: null } })];
    const animated = async () =>
      panel.page
        .locator('.breathing path')
        .first()
        .evaluate((e) => getComputedStyle(e).animationName);
    await open({ answer: answers(file, running) });
    assert.equal(await animated(), 'breathe');
    await panel.close();
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
