/**
 * The one place that loads HiGHS. The WebAssembly module is single-threaded and synchronous, so each worker
 * thread loads its own; a thread loads it once, lazily (about 50 ms and 21 MB).
 */
import highsModule from 'highs';
import type { Highs } from 'highs';

export type { Highs } from 'highs';

// The package's types describe its CommonJS build; its ES module exports the loader itself as default.
const highsLoader = highsModule as unknown as typeof highsModule.default;

let loading: Promise<Highs> | undefined;

/**
 * The HiGHS module of this thread.
 * @param wasmBinary the content of `highs.wasm`, for bundles that cannot find the file beside themselves.
 */
export function loadHighs(wasmBinary?: Uint8Array): Promise<Highs> {
  loading ??= highsLoader(wasmBinary ? { wasmBinary: wasmBinary as unknown as ArrayBuffer } : {});
  return loading;
}
