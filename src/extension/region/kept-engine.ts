/** The worker threads of a process, with their code compiled and HiGHS loaded: kept for its next run or question. */
import type { Engine } from '../../solver/engine/engine.js';
import { KeptSession } from './kept-session.js';

interface Kept {
  workers: number;
  engine: Engine;
  /** Its questions go to this engine. */
  session: KeptSession;
}

export class KeptEngine {
  private kept: Kept | null = null;

  constructor(private readonly create: (workers: number) => Engine) {}

  /** The same for the same number of threads; otherwise the one before, on which nothing may be running, is disposed of. */
  async of(workers: number): Promise<Kept> {
    if (this.kept?.workers !== workers) {
      await this.kept?.engine.dispose();
      this.kept = { workers, engine: this.create(workers), session: new KeptSession() };
    }
    return this.kept;
  }
}
