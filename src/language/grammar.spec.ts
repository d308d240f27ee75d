import { EmptyFileSystem } from 'langium';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatText } from './format-text.js';
import type { Program } from './generated/ast.js';
import { isFeeder, isLine, isNodeList, isRoadLink, isRoads, isStudy } from './generated/ast.js';
import { GRID_SAMPLE, SCENARIO_SAMPLE } from './samples.fixture.js';
import type { V2gServices } from './v2g-module.js';
import { createV2gServices } from './v2g-module.js';
import { load } from './validation/fixture.js';

let services: V2gServices;
beforeAll(() => {
  services = createV2gServices(EmptyFileSystem).V2g;
});

function parse(text: string): Program {
  const { value, lexerErrors, parserErrors } = services.parser.LangiumParser.parse<Program>(text);
  expect([...lexerErrors, ...parserErrors].map(({ message }) => message)).toEqual([]);
  return value;
}

describe('the samples', () => {
  it.each([SCENARIO_SAMPLE, GRID_SAMPLE])('parse and format to a fixed point', (sample) => {
    parse(sample);
    const formatted = formatText(sample) as string;
    expect(formatText(formatted)).toBe(formatted);
  });

  it('link, and are a scenario once the names that they only mention are declared', async () => {
    const rest = `
      bus b14 bus b16 bus b18 bus b22 bus b30 bus b33
      ${[14, 16, 18, 22, 30, 33].map((bus) => `line b2 -- b${bus} { r 0.1 ohm, x 0.1 ohm }`).join('\n')}`;
    const stations = ['CS2', 'CS3'].map((name, index) => {
      const service = '{ ports 60, power 60 kW, service 10 min, price 2 CNY/kWh }';
      return `station ${name} { charging ${service} v2g ${service} } couple ${name} { node n${index + 1}, bus b${index ? 30 : 16} }`;
    });
    const roads = 'roads More { link n4 -> n1 { time 9 min, capacity 800 veh/h } }';
    const text = `${SCENARIO_SAMPLE}\n${stations.join('\n')}\n${roads}`;
    const { diagnostics, scenario, studies } = await load(text, {
      '/feeders/ieee33.v2g': `${GRID_SAMPLE} feeder IEEE33 {${rest}}`,
    });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(scenario).toMatchObject({ name: 'EveningPeak', intervals: 12, currency: 'CNY' });
    expect(studies.map(({ kind }) => kind)).toEqual(['characterize', 'dispatch', 'compare']);
  });
});

describe('tokens', () => {
  it('keep a minus in a name apart from an arrow and a line', () => {
    const [roads, feeder] = parse(
      'roads { node a-b node c link a-b->c {} link c->a-b } feeder F { bus b1 bus b-2 line b1--b-2 {} line b-2--b1 }',
    ).elements;
    const ends = [
      ...(isRoads(roads) ? roads.members.filter(isRoadLink) : []),
      ...(isFeeder(feeder) ? feeder.members.filter(isLine) : []),
    ].map(({ from, to }) => [from.$refText, to.$refText]);
    expect(ends).toEqual([
      ['a-b', 'c'],
      ['c', 'a-b'],
      ['b1', 'b-2'],
      ['b-2', 'b1'],
    ]);
  });

  it('are the same without blanks and without commas', () => {
    parse(
      'scenario S horizon 17:00to 18:00step 10min roads{node a node b link a->b{time 7min capacity 1200veh/h}}',
    );
    parse(
      'feeder F{source G at b1{-5MW to 12MW -8Mvar to 8Mvar voltage 1.03pu price 17:00 2¥/kWh 17:30 3€/kWh}bus b1}',
    );
  });

  it('take a comma after a list for a comma between entries', () => {
    const [study] = parse(
      'study X characterize { axes A at 17:00, B at 17:10, subsidy 1 CNY, 2 CNY, unlimited, directions until gap 2 % }',
    ).elements;
    expect(isStudy(study) && study.entries.map(({ $type }) => $type)).toEqual([
      'Axes',
      'Subsidy',
      'Directions',
    ]);
    parse('roads { node a at 0 1, b at -1.5 2, link a -> b { time 7 min, capacity 1200 veh/h }, node c }');
    parse('station S { v2g { price 17:00 2 CNY/kWh, 17:30 3 CNY/kWh, ports 4, power 4 kW } }');
  });

  it('read signs, exponents and positions', () => {
    const [roads] = parse('roads { node a at -1.5e1 +2, b at .5, −3 }').elements;
    const nodes = isRoads(roads) ? roads.members.filter(isNodeList).flatMap((list) => list.nodes) : [];
    expect(nodes.map(({ x, y }) => [x, y])).toEqual([
      [-15, 2],
      [0.5, -3],
    ]);
  });

  it('keep documentation with what it is about', () => {
    const program = parse('/** One. */ scenario S\n/** Two. */ station CS { }');
    const texts = program.elements.map((element) =>
      services.documentation.DocumentationProvider.getDocumentation(element),
    );
    expect(texts).toEqual(['One.', 'Two.']);
  });
});
