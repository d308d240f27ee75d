/** What can be asked in the panel's page. */
import assert from 'node:assert/strict';
import { SETTLE_MS, file, panelSuite } from './panel-suite.mjs';
import { answers, syntheticFile, view } from './stand-in.mjs';

const flat = (count: number) =>
  syntheticFile({
    points: 40,
    axes: ['CS1', 'CS2'].slice(0, count).map((station) => ({ station, interval: 6 })),
  });

panelSuite('questions in the panel’s page', ({ current, open, said }) => {
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
    await current().close();

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
    await current().close();

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
});
