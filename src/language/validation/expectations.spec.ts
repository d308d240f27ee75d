import { describe, it } from 'vitest';
import { expectMarks, FEEDER, scenario } from './fixture.js';

const study = (text: string) =>
  scenario({ studies: text, feeder: FEEDER, couple: 'couple CS { node b, bus b2 }' });
const AXES = 'axes CS at 17:30, CS at 17:40 subsidy 1000 CNY, unlimited';
const REGION = `study Region characterize { ${AXES} }`;

describe('what a region is expected to be', () => {
  it.each([
    ['expect volume at 1000 CNY in 1 to 2 MW^2'],
    ['expect volume at unlimited in 1 to 2 MW²'],
    ['expect volume at 1000 CNY in 1 to 2 «unit-wrong:MW^3»'],
    ['expect volume at «expect-not-produced:2000 CNY» in 1 to 2 MW^2'],
    ['expect volume at 1000 CNY in «range-order:3» to 2 MW^2'],
    ['expect range CS at 17:30 at 1000 CNY in -3 MW to 3 MW'],
    ['expect range «expect-not-produced:CS» at 1000 CNY in -3 MW to 3 MW'],
    ['expect range «expect-not-produced:CS» at 17:20 at 1000 CNY in -3 MW to 3 MW'],
    ['expect gap below 3 %'],
    ['expect gap below «directions-gap:120 %»'],
    ['expect dimension 2'],
    ['«expect-not-produced:expect dimension 3»'],
    ['«expect-not-produced:expect tier 1000 CNY»'],
  ])('%s', async (text) => {
    const at = text.includes('MW^3') ? text.replace('1 to', '«unit-wrong:1» to') : text;
    await expectMarks(study(`study X characterize { ${AXES} ${at} }`));
  });
});

describe('what a study over a range of times is expected to find', () => {
  it.each([
    ['expect volume at 1000 CNY in 1 to 2 MW'],
    ['expect volume at 17:20 at 1000 CNY in 1 to 2 MW'],
    ['expect volume at «expect-not-produced:17:40» at 1000 CNY in 1 to 2 MW'],
    ['expect range CS at 1000 CNY in -3 MW to 3 MW'],
    ['expect range CS at 17:10 at 1000 CNY in -3 MW to 3 MW'],
    ['expect range «expect-not-produced:CS» at 17:40 at 1000 CNY in -3 MW to 3 MW'],
  ])('%s', async (text) => {
    await expectMarks(study(`study X characterize { axes CS at 17:00 to 17:30 subsidy 1000 CNY ${text} }`));
  });

  it('has no time where there is one region', async () => {
    const text = 'expect volume at «expect-not-produced:17:30» at 1000 CNY in 1 to 2 MW';
    await expectMarks(study(`study X characterize { axes CS at 17:30 subsidy 1000 CNY ${text} }`));
  });
});

describe('what a dispatch is expected to choose', () => {
  it.each([
    ['expect tier 1000 CNY'],
    ['expect tier «expect-not-produced:3000 CNY»'],
    ['expect inside 1000 CNY'],
    ['expect outside unlimited'],
    ['expect outside «expect-not-produced:500 CNY»'],
    ['«expect-not-produced:expect dimension 1»'],
  ])('%s', async (text) => {
    await expectMarks(study(`${REGION} study X dispatch { region Region tiers 1000 CNY ${text} }`));
  });
});

describe('what a comparison is expected to show', () => {
  it.each([
    ['expect dimension 1'],
    ['expect volume at 1000 CNY in 1 to 2 MW'],
    ['«expect-not-produced:expect gap below 3 %»'],
  ])('%s', async (text) => {
    await expectMarks(study(`${REGION} study X compare { region Region static interval 30 min ${text} }`));
  });
});
