/** docs/language.md says what the tables of the language say. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DIAGNOSTIC_CODES } from './codes.js';
import { RESERVED_WORDS } from './parser.js';
import { PROPERTIES } from './properties.js';
import { DIMENSIONS } from './quantities.js';

const manual = readFileSync(new URL('../../docs/language.md', import.meta.url), 'utf8');
/** Cells without the padding of the formatter. */
const rows = manual.split('\n').map((line) => line.replace(/\s*\|\s*/g, '|'));

describe('the manual', () => {
  it('has one entry for each diagnostic code, and no other', () => {
    const entries = manual.slice(manual.indexOf('## Diagnostics')).matchAll(/^### (.*)$/gm);
    expect([...entries].map(([, code]) => code)).toEqual([...DIAGNOSTIC_CODES]);
  });

  it.each(Object.entries(PROPERTIES))('describes the properties of %s', (_, rules) => {
    for (const rule of rules) {
      const leftOut = rule.required ? 'an error' : rule.default;
      const row = rows.find(
        (line) => line.startsWith(`|\`${rule.example}\`|`) && line.endsWith(`|${rule.doc}|`),
      );
      expect(row, rule.example).toContain(`|${leftOut}|`);
    }
  });

  it('lists every unit and every reserved word', () => {
    for (const { units } of Object.values(DIMENSIONS)) {
      for (const unit of Object.keys(units)) {
        if (unit === '' || unit === '¤' || unit.startsWith('kW^')) continue;
        expect(manual).toContain(`\`${unit.replace('¤', 'CNY')}\``);
      }
    }
    for (const word of RESERVED_WORDS) expect(manual).toMatch(new RegExp(`[>\`\\s]${word}[\\s\`]`));
  });
});
