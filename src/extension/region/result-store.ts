/** Results on disk, one file per study, so that an unchanged scenario opens at once and survives a restart. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { ResultFile } from '../../solver/result.js';

const Stored = z.object({ version: z.literal(1), fingerprint: z.string(), result: ResultFile });
export type Stored = Omit<z.infer<typeof Stored>, 'version'>;

export class ResultStore {
  /** @param folder made when the first result is kept */
  constructor(private readonly folder: string) {}

  /** Null where there is none, or none that this version can read. */
  async load(uri: string, study: string): Promise<Stored | null> {
    try {
      const parsed = Stored.safeParse(JSON.parse(await readFile(this.file(uri, study), 'utf8')));
      if (!parsed.success) return null;
      const { fingerprint, result } = parsed.data;
      return { fingerprint, result };
    } catch {
      return null;
    }
  }

  /** @throws Error of the file system */
  async save(uri: string, study: string, stored: Stored): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const file = this.file(uri, study);
    // Written beside and renamed, so that nobody ever reads half a file.
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, JSON.stringify({ version: 1, ...stored }));
    await rename(draft, file);
  }

  private file(uri: string, study: string): string {
    const name = createHash('sha256').update(`${uri}\n${study}`).digest('hex').slice(0, 32);
    return path.join(this.folder, `${name}.json`);
  }
}
