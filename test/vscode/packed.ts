import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Path of the packed extension that `npm run package` writes.
 * @throws Error when it is not there.
 */
export function packedExtension(): string {
  const root = resolve(import.meta.dirname, '../..');
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const path = join(root, `${name}-${version}.vsix`);
  if (!existsSync(path)) throw new Error(`no ${path}: run "npm run package"`);
  return path;
}
