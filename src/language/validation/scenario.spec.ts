import { describe, expect, it } from 'vitest';
import { expectMarks, FEEDER, load, scenario } from './fixture.js';

describe('a scenario', () => {
  it.each(['horizon', 'travelers', 'roads'] as const)('states its %s', async (part) => {
    const { diagnostics } = await load(scenario({ [part]: '' }));
    const missing = diagnostics.filter(({ code }) => code === 'declaration-missing');
    expect(missing[0]).toMatchObject({ line: 1, column: 10, endColumn: 11, severity: 'error' });
    expect(missing[0].message).toContain(`has no ${part}`);
  });

  it('is asked for by a study and by a horizon', async () => {
    await expectMarks(
      '«declaration-missing:study X characterize { subsidy unlimited axes «name-unknown:A» at 17:00 }»',
    );
    await expectMarks('«declaration-missing:horizon 17:00 to 18:00 step 10 min»');
  });

  it('states each part once', async () => {
    await expectMarks(`${scenario()} «declaration-duplicate:scenario» T`);
    await expectMarks(`${scenario()} «declaration-duplicate:horizon» 17:00 to 18:00 step 10 min`);
    await expectMarks(`${scenario()} currency CNY «declaration-duplicate:currency» CNY`);
    await expectMarks(`${scenario()} «declaration-duplicate:travelers» { value of time 30 CNY/h }`);
  });

  it('has one feeder, which may be written in several blocks', async () => {
    const couple = 'couple CS { node b, bus b2 }';
    await expectMarks(`${scenario({ feeder: FEEDER, couple })} feeder «declaration-duplicate:G» { }`);
    await expectMarks(`${scenario({ feeder: FEEDER, couple })} feeder F { shape Flat { 17:00 1 } }`);
  });
});

describe('a file', () => {
  it.each(['', '  \n', '// nothing yet'])('that declares nothing says so: %j', async (text) => {
    const { diagnostics, scenario: none } = await load(text);
    expect(diagnostics).toMatchObject([{ code: 'file-empty', line: 1, column: 1, severity: 'error' }]);
    expect(none).toBeNull();
  });

  it('may be a library', async () => {
    await expectMarks(FEEDER);
    await expectMarks('roads { node a, b link a -> b { time 7 min, capacity 1200 veh/h } }');
  });
});
