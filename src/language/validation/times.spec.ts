import { describe, it } from 'vitest';
import { expectMarks, FEEDER, scenario } from './fixture.js';

const demand = (steps: string) => scenario().replace('300 veh/h', steps);
const study = (studies: string) => scenario({ studies });

describe('steps', () => {
  it.each([
    ['17:00 300 veh/h, 17:30 400 veh/h'],
    ['17:00 300 veh/h 17:30 400 veh/h'],
    ['«time-start:17:10» 300 veh/h, 17:30 400 veh/h'],
    ['17:00 300 veh/h, «time-off-grid:17:35» 400 veh/h'],
    ['17:00 300 veh/h, «time-outside-horizon:18:00» 400 veh/h'],
    ['«time-outside-horizon:16:00» 300 veh/h, 17:30 400 veh/h'],
    ['17:00 300 veh/h, «time-order:17:00» 400 veh/h'],
    ['17:00 300 veh/h, «time-invalid:17:99» 400 veh/h'],
    ['17:00 300 veh/h, 17:10 «unit-missing:400»'],
  ])('of a demand: %s', async (steps) => {
    await expectMarks(demand(steps));
  });

  it('of a price', async () => {
    await expectMarks(
      scenario().replace(
        'price 2 CNY/kWh',
        'price 17:00 2 CNY/kWh, «time-off-grid:17:15» 3 CNY/kWh, wait up to 5 min',
      ),
    );
  });

  it('of a shape may reach beyond the horizon before it, and are warned of after it', async () => {
    const shape = 'shape Evening { 16:00 0.9, 17:10 95 %, «time-outside-horizon:18:30» 1 }';
    const feeder = FEEDER.replace('60 kvar }', '60 kvar, shape Evening }').replace(
      'bus b1',
      `${shape} bus b1`,
    );
    await expectMarks(scenario({ feeder, couple: 'couple CS { node b, bus b2 }' }));
  });
});

describe('instants', () => {
  it.each([
    ['axes CS at 17:30'],
    ['axes CS at «time-outside-horizon:18:00»'],
    ['axes CS at «time-outside-horizon:16:50»'],
    ['axes CS at «time-off-grid:17:35»'],
    ['axes CS at «time-invalid:17:60»'],
    ['axes CS at 17:10 to 17:50'],
    ['axes CS at 17:10 to «time-outside-horizon:18:00»'],
    ['axes CS at 17:10 to «time-off-grid:17:35»'],
    ['axes CS at 17:10 to «time-invalid:17:60»'],
    ['axes CS at 17:10 to 17:30 subsidy 1 CNY expect volume at 17:20 at 1 CNY in 1 MW to 2 MW'],
    ['axes CS at 17:10 to 17:50 expect volume at «time-off-grid:17:25» at unlimited in 1 MW to 2 MW'],
  ])('%s', async (entries) => {
    await expectMarks(study(`study X characterize { ${entries} }`));
  });
});
