import { describe, expect, it } from 'vitest';
import { expectMarks, FEEDER, load, scenario } from './fixture.js';

const SHAPES = 'feeder F { shape S { 17:00 1 } }';

describe('imports', () => {
  it('count from the folder of the file', async () => {
    await expectMarks(`import "x/grid.v2g" ${scenario({ couple: 'couple CS { node b, bus b2 }' })}`, {
      '/x/grid.v2g': `import "../y/shapes.v2g" ${FEEDER}`,
      '/y/shapes.v2g': SHAPES,
    });
  });

  it('lead to files that exist', async () => {
    await expectMarks(`import «import-missing:"nowhere.v2g"» ${scenario()}`);
    await expectMarks(`import «import-missing:""» ${scenario()}`);
  });

  it('go in no circle', async () => {
    await expectMarks(`import «import-cycle:"main.v2g"» ${scenario()}`);
    await expectMarks(`import «import-cycle:"a.v2g"» ${scenario()}`, { '/a.v2g': 'import "main.v2g"' });
  });

  it('name a file once', async () => {
    const text = `import "x.v2g" import «import-duplicate:"./x.v2g"» ${scenario()}`;
    await expectMarks(text, { '/x.v2g': 'roads { node far }' });
  });

  it('bring into the scenario what the imported file imports in turn', async () => {
    const { scenario: loaded, files } = await load(
      `import "a.v2g" ${scenario({ station: '', couple: '' })}`,
      {
        '/a.v2g': 'import "b.v2g" import "main.v2g"',
        '/b.v2g': scenario({ scenario: '', horizon: '', travelers: '', roads: '', couple: '' }),
      },
    );
    expect(files).toEqual(['/main.v2g', '/a.v2g', '/b.v2g']);
    expect(loaded).toBeNull();
  });
});
