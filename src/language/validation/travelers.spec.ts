import { describe, expect, it } from 'vitest';
import { expectMarks, load, scenario } from './fixture.js';

const travelers = (shares: string) =>
  scenario({ travelers: `travelers { ${shares}, value of time 30 CNY/h }` });

describe('shares', () => {
  it('do not exceed 100 %', async () => {
    const [message] = await expectMarks(travelers('charging 60 %, «shares-exceed:v2g 40.1 %»'));
    expect(message).toContain('100.1 %');
  });

  it('may be all of it', async () => {
    await expectMarks(travelers('charging 100 %, v2g 0 %'));
    const { scenario: loaded } = await load(travelers('charging 70 %, v2g 30 %'));
    expect(loaded).toMatchObject({ chargingShare: 0.7, v2gShare: 0.3 });
  });
});
