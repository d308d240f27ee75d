import { describe, expect, it } from 'vitest';
import { expectMarks, scenario } from './fixture.js';

const LIBRARY = 'station CS { charging { ports 1, power 60 kW, service 10 min, price 2 CNY/kWh } }';

describe('names', () => {
  it('are suggested when misspelt', async () => {
    const [message] = await expectMarks(
      scenario({ couple: 'couple «name-unknown:SC» { node b }', station: LIBRARY })
        .replace('station CS', 'station «station-uncoupled:CS»')
        .replace('v2g 10 %', 'v2g 0 %'),
    );
    expect(message).toContain("'CS'");
  });

  it('are resolved by kind', async () => {
    await expectMarks(
      scenario({ couple: 'couple CS { node b node «coupling-duplicate:«name-unknown:CS»» }' }),
    );
  });

  it('are given once for each kind', async () => {
    await expectMarks(
      `${scenario()} station «name-duplicate:CS» { charging { ports 1, power 60 kW, service 10 min, price 2 CNY/kWh } }`,
    );
    await expectMarks(scenario().replace('node a, b, c', 'node a, b, c, «name-duplicate:a»'));
    await expectMarks(scenario().replace('node a, b, c', 'node a, b, c, «name-empty:""»'));
  });

  it('may be shared by different kinds', async () => {
    await expectMarks(scenario().replaceAll(/\bCS\b/g, 'b'));
  });

  it('may be words of the language, quoted where they are reserved', async () => {
    await expectMarks(
      scenario().replaceAll(/\bb\b/g, 'time').replaceAll(/\bc\b/g, '"node"').replaceAll('CS', 'gap'),
    );
    await expectMarks(scenario().replaceAll('CS', '"Main St"').replaceAll(/\ba\b/g, '深圳-1'));
  });

  it('are visible in the file and in what it imports itself, nothing else', async () => {
    const text = scenario({ station: '' });
    await expectMarks(`import "lib.v2g" ${text}`.replace('v2g 10 %', 'v2g 0 %'), { '/lib.v2g': LIBRARY });
    const [message] = await expectMarks(
      `import "a.v2g" ${text}`
        .replace('couple CS', 'couple «name-not-imported:CS»')
        .replace('v2g 10 %', 'v2g 0 %'),
      { '/a.v2g': 'import "b.v2g"', '/b.v2g': LIBRARY },
    );
    expect(message).toContain("'b.v2g'");
  });

  it('may clash between two imported files', async () => {
    const text = `import "b.v2g" import «name-ambiguous:"c.v2g"» ${scenario({ station: '' })}`;
    await expectMarks(text.replace('v2g 10 %', 'v2g 0 %'), { '/b.v2g': LIBRARY, '/c.v2g': LIBRARY });
  });
});
