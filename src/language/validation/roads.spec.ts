import { describe, expect, it } from 'vitest';
import { expectMarks, load, scenario } from './fixture.js';

const block = '{ time 7 min, capacity 1200 veh/h }';
const more = (members: string) => `${scenario()} roads More { ${members} }`;

describe('links', () => {
  it('are given once', async () => {
    await expectMarks(more(`link a -> «link-duplicate:b» ${block}`));
    await expectMarks(more(`link b -> a ${block}`));
  });

  it('lead elsewhere', async () => {
    await expectMarks(more(`link a -> «link-loop:a» ${block}`));
  });
});

describe('demands', () => {
  it('are given once and lead elsewhere', async () => {
    await expectMarks(more('demand a -> «demand-duplicate:c» { 10 veh/h }'));
    await expectMarks(more('demand a -> «demand-loop:a» { 10 veh/h }'));
  });

  it('that are zero are warned of, and loaded', async () => {
    const text = scenario().replace('300 veh/h', '0 veh/h');
    await expectMarks(text.replace('0 veh/h }\n  }', '«demand-zero:0 veh/h» }\n  }'));
    expect((await load(text)).scenario?.roads.demands[0].vehPerH).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
