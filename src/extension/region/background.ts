/** Studies give way to the editor and to the language server, even when there is a thread for each core. */
import { constants, getPriority, setPriority } from 'node:os';

/**
 * Lowers the priority of this process; on Linux that of the calling thread and of those that it starts afterwards.
 * For a process of its own only: a thread that seldom runs holds locks that every thread of its process waits for.
 * Beside the extension host's own loop it kept the editor waiting for half a minute.
 */
export function workInBackground(): void {
  try {
    // A window that was started with less is left with it.
    setPriority(Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));
  } catch {
    // Where it is not allowed the study runs as it would have.
  }
}
