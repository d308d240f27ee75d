import { describe, expect, it } from 'vitest';
import { expectMarks, FEEDER, scenario } from './fixture.js';

const study = (text: string) =>
  scenario({ studies: text, feeder: FEEDER, couple: 'couple CS { node b, bus b2 }' });
const characterize = (entries: string) => study(`study X characterize { ${entries} }`);
const REGION = 'study Region characterize { axes CS at 17:30 subsidy 1000 CNY }';

describe('a characterize study', () => {
  it('has axes', async () => {
    await expectMarks(study('study «study-entry-missing:X» characterize { subsidy unlimited }'));
  });

  it.each([
    ['axes CS at 17:30'],
    ['axes CS at 17:30, CS at 17:40 subsidy unlimited directions every 30 deg'],
    ['axes CS at 17:30, «axis-duplicate:CS at 17:30»'],
    ['axes CS at 17:00, CS at 17:10, CS at 17:20, «axes-too-many:CS at 17:30»'],
    ['axes CS at 17:10 to 17:40'],
    ['axes CS at 17:10 to 17:40, CS at 17:00 to 17:30'],
    ['axes CS at 17:50, CS at 17:00 to 17:40'],
    ['axes «axis-time:CS»'],
    ['axes CS at 17:30, «axis-time:CS»'],
    ['axes CS at 17:30 to «time-order:17:10»'],
    ['axes CS at 17:30 to «time-order:17:30»'],
    ['axes CS at 17:10 to 17:30, CS at 17:00 to «axis-range-length:17:10»'],
    ['axes CS at 17:20, «axis-duplicate:CS at 17:00 to 17:40»'],
    ['axes CS at 17:00 to 17:40, «axis-duplicate:CS at 17:20»'],
    ['axes CS at 17:00 to 17:30, «axis-duplicate:CS at 17:00 to 17:30»'],
    ['axes CS, «axis-duplicate:CS at 17:20»'],
    ['axes CS at 17:30 subsidy 2000 CNY, «amounts-order:1000 CNY»'],
    ['axes CS at 17:30 subsidy 1000 CNY, «amounts-order:1000 CNY»'],
    ['axes CS at 17:30 subsidy unlimited, «amounts-order:1000 CNY»'],
    ['axes CS at 17:30 subsidy «value-negative:-1 CNY»'],
    ['axes CS at 17:30 subsidy «unit-missing:1000»'],
    ['axes CS at 17:30 subsidy 1000 CNY «study-entry-duplicate:subsidy» 2000 CNY'],
    ['axes CS at 17:30 directions every «directions-angle:40 deg»'],
    ['axes CS at 17:30 directions every «directions-angle:1 deg»'],
    ['axes CS at 17:30 directions until gap «directions-gap:0 %»'],
    ['axes CS at 17:30 «study-entry-misplaced:tiers» 1000 CNY'],
    ['axes «name-unknown:CT» at 17:30'],
  ])('%s', async (entries) => {
    await expectMarks(characterize(entries));
  });

  it('counts in the currency of the scenario', async () => {
    await expectMarks(
      `currency CNY ${characterize('axes CS at 17:30 subsidy 1000 «currency-mismatch:EUR»')}`,
    );
  });
});

describe('other studies', () => {
  it('are of a kind that exists', async () => {
    const [message] = await expectMarks(study('study X «study-kind:caracterize» { axes CS at 17:30 }'));
    expect(message).toContain("Did you mean 'characterize'?");
    await expectMarks(study('study «study-kind:X» { axes CS at 17:30 }'));
  });

  it('name a region at one time', async () => {
    const [message] = await expectMarks(
      study('study R characterize { axes CS at 17:00 to 17:30 } study D dispatch { region «region-kind:R» }'),
    );
    expect(message).toContain('a region for each interval');
  });

  it('name a region that exists and is one', async () => {
    await expectMarks(study(`${REGION} study D dispatch { region «name-unknown:Regin» }`));
    await expectMarks(
      study(`${REGION} study D dispatch { region Region } study E dispatch { region «region-kind:D» }`),
    );
    await expectMarks(study('study «study-entry-missing:D» dispatch { }'));
  });

  it.each([
    ['dispatch { region Region reserve 5 MW at b2 at 17:30 tiers 1000 CNY, 2000 CNY }'],
    ['dispatch { region Region reserve 5 MW at «name-unknown:b7» at 17:30 }'],
    ['dispatch { region Region reserve «value-not-positive:0 MW» at b2 at 17:30 }'],
    ['dispatch { region Region reserve 5 MW at b2 at «time-off-grid:17:35» }'],
    ['dispatch { region Region tiers 2000 CNY, «amounts-order:1000 CNY» }'],
    ['dispatch { region Region «study-entry-misplaced:static» interval 30 min }'],
    ['compare { region Region static interval 30 min }'],
    ['compare { region Region static interval «static-interval:25 min» }'],
    ['compare { region Region static interval «static-interval:40 min» }'],
    ['compare { region Region static interval «unit-wrong:30 kW» }'],
  ])('%s', async (text) => {
    await expectMarks(study(`${REGION} study X ${text}`.replace('«unit-wrong:30 kW»', '30 «unit-wrong:kW»')));
  });
});
