/** The one place that talks to VS Code: messages with their version, checked on arrival, and the kept state. */
import { PANEL_PROTOCOL_VERSION, PanelState, ToWebview, type ToPanel } from '../region/protocol.js';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

type WithoutVersion<T> = T extends unknown ? Omit<T, 'version'> : never;
export type Outgoing = WithoutVersion<ToPanel>;

export function send(message: Outgoing): void {
  api.postMessage({ ...message, version: PANEL_PROTOCOL_VERSION });
}

/** @param onMessage gets only messages that fit the protocol; others are reported on the console and dropped. */
export function listen(onMessage: (message: ToWebview) => void): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const parsed = ToWebview.safeParse(event.data);
    if (parsed.success) onMessage(parsed.data);
    else console.error('A message of another protocol version was dropped.', parsed.error.issues.slice(0, 3));
    // With the run ends the reason to wait for its next picture, which is its last.
    if (parsed.data?.type === 'status' && parsed.data.run.kind !== 'running') endBreak();
    if ((event.data as Partial<ToWebview>).type === 'view') afterDrawing(() => send({ type: 'seen' }));
  });
}

/** A page out of sight draws nothing, but time goes on. */
const LONGEST_DRAWING_MS = 1000;
/**
 * The next view may come after so many times what this one took: a machine without a graphics card would do nothing but
 * draw, and the editor around the panel would wait for it.
 */
const BREAK = 3;
const LONGEST_BREAK_MS = 3000;
/** Ends the break that is being taken. */
let endBreak = (): void => {};

function afterDrawing(then: () => void): void {
  const began = performance.now();
  let frame = 0;
  const drawn = () => {
    clearTimeout(late);
    cancelAnimationFrame(frame);
    const end = (): void => {
      clearTimeout(rest);
      endBreak = () => {};
      then();
    };
    const rest = setTimeout(end, Math.min(LONGEST_BREAK_MS, BREAK * (performance.now() - began)));
    endBreak = end;
  };
  const late = setTimeout(drawn, LONGEST_DRAWING_MS);
  // A second frame is begun when the first has been drawn.
  frame = requestAnimationFrame(() => (frame = requestAnimationFrame(drawn)));
}

export function loadState(): PanelState | null {
  const parsed = PanelState.safeParse(api.getState());
  return parsed.success ? parsed.data : null;
}

export function saveState(state: PanelState): void {
  api.setState(state);
}
