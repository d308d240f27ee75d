import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  buildFixture,
  describeFixtures,
  showRange,
  textIn,
} from '../../../test/fixtures/language/fixtures.js';
import { DIAGNOSTIC_CODES } from '../codes.js';
import { MANUAL } from './diagnostics.js';

describeFixtures('diagnostics', ({ document }) =>
  (document.diagnostics ?? [])
    .map(({ range, code, message, codeDescription, relatedInformation = [] }) =>
      [
        `${showRange(range)} [${code}] ${message as string} ‹${textIn(document, range)}›`,
        `    ${codeDescription?.href}`,
        ...relatedInformation.map(
          ({ location, message: text }) => `    ${showRange(location.range)} ${text}`,
        ),
      ].join('\n'),
    )
    .join('\n'),
);

describe('diagnostics', () => {
  it('lead to an entry of the manual for every code', () => {
    const manual = readFileSync('docs/language.md', 'utf8');
    const entries = new Set([...manual.matchAll(/^#+ \x60?([a-z-]+)\x60?\s*$/gm)].map(([, name]) => name));
    expect(DIAGNOSTIC_CODES.filter((code) => !entries.has(code))).toEqual([]);
  });

  it('carry their code, its address and data for quick fixes', async () => {
    const { document } = await buildFixture(
      'roads R { node n1 link n1 -> n2 { time 1 min, capacity 9 veh/h } }',
    );
    expect(document.diagnostics?.find(({ code }) => code === 'name-unknown')).toMatchObject({
      codeDescription: { href: `${MANUAL}#name-unknown` },
      data: { code: 'name-unknown', name: 'n2', kind: 'RoadNode' },
    });
  });
});
