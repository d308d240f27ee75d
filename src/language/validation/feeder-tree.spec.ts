import { describe, expect, it } from 'vitest';
import { expectMarks, FEEDER } from './fixture.js';

const block = '{ r 0.1 ohm, x 0.1 ohm }';
const more = (members: string) => `${FEEDER} feeder F { ${members} }`;

describe('the lines of a feeder', () => {
  it('may be a tree', async () => {
    await expectMarks(more(`bus b3 bus b4 line b4 -- b2 ${block} line b1 -- b3 ${block}`));
    await expectMarks(
      'feeder F { base 10 kV voltage 0.9 to 1.1 pu bus b1 source G at b1 { up to 1 MW, 1 Mvar } }',
    );
  });

  it('reach every bus', async () => {
    await expectMarks(more('bus «bus-no-line:b3»'));
  });

  it('close no loop', async () => {
    const [message] = await expectMarks(
      more(`bus b3 line b2 -- b3 ${block} «feeder-loop:line b3 -- b1 ${block}»`),
    );
    expect(message).toContain('closes a loop');
  });

  it('leave no island', async () => {
    const [message] = await expectMarks(more(`bus «feeder-island:b3» bus b4 line b3 -- b4 ${block}`));
    expect(message).toContain("'b3', 'b4'");
  });

  it('are checked in the file that holds the whole feeder, and only there', async () => {
    await expectMarks('import "f.v2g" roads { node a }', { '/f.v2g': more('bus b3') });
  });
});
