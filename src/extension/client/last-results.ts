/** The last result of each study in a few words, for its lens: kept for a server, or a window, that is started again. */
import { z } from 'zod';
import { LastResult } from '../../language/protocol.js';

/** As much of VS Code's `Memento` as is used. */
export interface Storage {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'lastResults';
/** Files come and go; the studies of the longest ago are forgotten. */
export const MOST = 200;

export class LastResults {
  private readonly results: Map<string, LastResult>;

  constructor(private readonly storage: Storage) {
    const kept = z.array(LastResult).safeParse(storage.get(KEY));
    this.results = new Map((kept.data ?? []).map((result) => [keyOf(result), result]));
  }

  /** The newest one last. */
  get all(): LastResult[] {
    return [...this.results.values()];
  }

  async set(result: LastResult): Promise<void> {
    this.results.delete(keyOf(result));
    this.results.set(keyOf(result), result);
    if (this.results.size > MOST) this.results.delete(this.results.keys().next().value!);
    await this.storage.update(KEY, this.all);
  }

  async delete(uri: string, study: string): Promise<void> {
    if (this.results.delete(keyOf({ uri, study }))) await this.storage.update(KEY, this.all);
  }
}

const keyOf = ({ uri, study }: Pick<LastResult, 'uri' | 'study'>): string => `${uri}\n${study}`;
