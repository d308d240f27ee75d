/** What the panel's page shows of a region, in the page itself: keyboard, mouse, projections, tables, exports. */
import assert from 'node:assert/strict';
import { SETTLE_MS, file, panelSuite } from './panel-suite.mjs';
import { answers, status, syntheticFile, view } from './stand-in.mjs';

const flat = (count: number) =>
  syntheticFile({
    points: 40,
    axes: ['CS1', 'CS2'].slice(0, count).map((station) => ({ station, interval: 6 })),
  });

panelSuite('the picture in the panel’s page', ({ current, open, said, state }) => {
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
    assert.deepEqual(current().errors.splice(0).length, 1);
  });

  test('rests after a picture that took long to draw, but not when the run has ended', async () => {
    const page = await open({
      answer: answers(file, [status({ run: { kind: 'running', progress: null } })]),
    });
    await page.evaluate(
      (message) =>
        new Promise<void>((resolve) => {
          // By then it is drawn, and the page rests for more than two seconds.
          window.addEventListener(
            'message',
            () =>
              requestAnimationFrame(() => {
                for (const start = performance.now(); performance.now() - start < 900;);
                setTimeout(resolve, 300);
              }),
            { once: true },
          );
          window.postMessage(message, '*');
        }),
      view(file),
    );
    assert.equal(said('seen').length, 0);
    const start = Date.now();
    await page.evaluate(
      (message) => window.postMessage(message, '*'),
      status({ run: { kind: 'cancelled' } }),
    );
    while (said('seen').length === 0) await page.waitForTimeout(20);
    assert.ok(Date.now() - start < 1500, `seen ${Date.now() - start} ms later`);
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
    await current().close();
    const one = await open({ answer: answers(flat(1)) });
    assert.ok((await one.locator('.picture svg rect').count()) >= 4);
    assert.equal(await one.locator('.scene').count(), 0);
  });

  test('holds every point in a table, from which one is chosen by the keyboard', async () => {
    const page = await open();
    await page.getByRole('tab', { name: 'Region' }).focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(SETTLE_MS);
    assert.equal((await state()).tab, 'table');
    const rows = page.locator('table.points tbody tr');
    assert.equal(await rows.count(), view(file).view!.points.length);
    await rows.nth(4).getByRole('button').focus();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(SETTLE_MS);
    assert.equal((await state()).pointId, view(file).view!.points[4].id);
  });

  test('moves on by a tab with each arrow key, however quickly they follow', async () => {
    const page = await open();
    await page.getByRole('tab', { name: 'Region' }).focus();
    await page.evaluate(() => {
      for (let i = 0; i < 3; i++)
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }),
        );
    });
    await page.waitForTimeout(SETTLE_MS);
    assert.equal((await state()).tab, 'table');
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
});
