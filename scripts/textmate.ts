/** Writes the TextMate grammar that editors colour `.v2g` text with before the server answers. */
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { textMateGrammar } from '../src/language/textmate.js';

const target = 'syntaxes/v2g.tmLanguage.json';
const options = await resolveConfig(target);
writeFileSync(target, await format(JSON.stringify(textMateGrammar()), { ...options, filepath: target }));
