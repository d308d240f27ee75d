/** What the exit code of `v2g` says; part of the command line's contract (README, docs). */
export const EXIT = {
  /** All is well; warnings may have been printed. */
  ok: 0,
  /** The input has errors, a result was refused, an expectation failed, or a file is not formatted. */
  failed: 1,
  /** The command line itself is wrong: an unknown option, a missing argument. */
  usage: 2,
  /** A study that was asked for cannot be run by this version; the others were. */
  notRunnable: 3,
  /** A study was run and has no answer; why, and what would help, was printed. */
  infeasible: 4,
  /** A fault of v2g itself. */
  internal: 70,
  /** Stopped by Ctrl-C; what had been found was written, marked partial. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
