/** Gives a window a result that was computed before, as if it had computed it itself: for pictures. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { familyOf } from '../../src/extension/region/run-family.js';
import { fingerprintOf } from '../../src/extension/region/fingerprint.js';
import { recordOf } from '../../src/extension/region/plans.js';
import { ResultStore } from '../../src/extension/region/result-store.js';
import { loadProgram } from '../../src/language/study-host.js';
import { NodeFileSystem } from 'langium/node';
import { ResultFile } from '../../src/solver/result.js';
import type { Workbench } from './ui/workbench.js';

const root = join(import.meta.dirname, '../..');

/**
 * @param file of the open folder, which is in front in its editor
 * @throws Error when the result is of another state of the file
 */
export async function keepResult(
  { server, folder }: Workbench,
  file: string,
  study: string,
  result: string,
): Promise<void> {
  const path = join(folder, file);
  const { scenario, studies } = await loadProgram(path, NodeFileSystem);
  const found = ResultFile.parse(JSON.parse(readFileSync(result, 'utf8')));
  if (!scenario || JSON.stringify(found.scenario) !== JSON.stringify(scenario))
    throw new Error(`${result} is of another state of ${file}`);
  const { name, publisher, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    'name' | 'publisher' | 'version',
    string
  >;
  const storage = join(server.dataFolder, 'data/User/workspaceStorage');
  const [workspace] = readdirSync(storage);
  const store = new ResultStore(join(storage, workspace, `${publisher}.${name}`, 'results'));
  await store.save(pathToFileURL(path).href, study, {
    fingerprint: fingerprintOf(scenario, familyOf(studies, study), version),
    record: recordOf(found),
  });
}
