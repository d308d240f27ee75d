/** The language on Node: the one file of this folder, with server.ts, that touches a Node API. */
import { resolve } from 'node:path';
import { URI } from 'langium';
import { NodeFileSystem } from 'langium/node';
import type { LoadedProgram } from './study-host.js';
import { loadProgram } from './study-host.js';

/** Loads a file from disk; a relative path counts from the working directory. */
export async function loadFile(path: string): Promise<LoadedProgram> {
  return loadProgram(URI.file(resolve(path)), NodeFileSystem);
}
