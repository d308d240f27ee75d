/** Threads of a study give way to the editor and to the language server, even when there is one for each core. */
import { readlinkSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';

/**
 * Lowers the priority of the thread that calls it, and of those that it starts afterwards. Linux alone keeps a priority
 * for each thread; elsewhere the whole extension host would be slowed down, so it is left as it is.
 */
export function workInBackground(): void {
  if (process.platform !== 'linux') return;
  try {
    // "1234/task/1240": process and thread.
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    // A window that was started with less is left with it.
    setPriority(thread, Math.max(getPriority(thread), constants.priority.PRIORITY_BELOW_NORMAL));
  } catch {
    // Without /proc, or where it is not allowed, the study runs as it would have.
  }
}
