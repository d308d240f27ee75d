/** Writes the JSON Schemas of the scenario and of the result file from their zod definitions. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { ResultFile } from '../src/solver/result.js';
import { Scenario } from '../src/solver/scenario.js';

const published = {
  'schemas/scenario.schema.json': { title: 'V2G Flexibility scenario', schema: Scenario },
  'schemas/result.schema.json': { title: 'V2G Flexibility result file', schema: ResultFile },
};

mkdirSync('schemas', { recursive: true });
for (const [path, { title, schema }] of Object.entries(published)) {
  // What a reader accepts: the formats grow, so properties of later versions are no error.
  const json = { title, ...z.toJSONSchema(schema, { io: 'input' }) };
  writeFileSync(path, `${JSON.stringify(json, null, 2)}\n`);
}
