/** To set up a query session takes seconds: that of the last run that was asked about is kept for the next question. */
import type { QuerySession } from '../../solver/query/query-session.js';

export class KeptSession {
  private kept: { basis: number; session: QuerySession } | null = null;

  /** @param open makes a session of the run named by `basis`; what it throws is thrown, and nothing is kept */
  async of(basis: number, open: () => Promise<QuerySession>): Promise<QuerySession> {
    if (this.kept?.basis !== basis) this.kept = { basis, session: await open() };
    return this.kept.session;
  }
}
