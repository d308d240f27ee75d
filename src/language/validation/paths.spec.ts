import { describe, expect, it } from 'vitest';
import { expectMarks, scenario } from './fixture.js';

const block = '{ time 7 min, capacity 1200 veh/h }';
const roads = (members: string) =>
  scenario({ roads: `roads R { node a, b, c, d link a -> b ${block} link b -> c ${block} ${members} }` });

describe('an O-D pair', () => {
  it('has a path', async () => {
    await expectMarks(roads('demand a -> c { 300 veh/h }'));
    await expectMarks(roads('demand a -> c { 300 veh/h } demand c -> «demand-no-path:a» { 300 veh/h }'));
  });

  it('passes a station with the service that its travellers need', async () => {
    const messages = await expectMarks(
      roads(
        `link a -> d ${block} demand a -> c { 1 veh/h } demand a -> «demand-no-station:«demand-no-station:d»» { 300 veh/h }`,
      ),
    );
    expect(messages[0]).toContain('charging travellers need');
    expect(messages[1]).toContain('V2G travellers need');
  });

  it('needs no station for nobody', async () => {
    await expectMarks(
      roads(`link a -> d ${block} demand a -> d { 300 veh/h }`)
        .replace('charging 20 %, v2g 10 %', 'charging 0 %, v2g 0 %')
        .replace('station CS', 'station «station-unreachable:CS»'),
    );
  });

  it('may have its station at either end', async () => {
    for (const node of ['a', 'b', 'c']) {
      await expectMarks(roads('demand a -> c { 300 veh/h }').replace('node b }', `node ${node} }`));
    }
  });
});

describe('a station', () => {
  it('lies on a path of some demand', async () => {
    const other =
      'station Far { v2g { ports 4, power 40 kW, service 10 min, price 3 CNY/kWh } } couple Far { node d }';
    await expectMarks(
      `${roads('demand a -> c { 1 veh/h }')} ${other.replace('Far', '«station-unreachable:Far»')}`,
    );
  });
});
