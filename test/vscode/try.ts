/**
 * Starts a real VS Code on a local port with the packed extension and a copy of the examples open, prints the
 * address, and runs until Ctrl-C: for anyone without a desktop VS Code, and for demonstrations.
 *
 *   npm run try [-- PORT]
 */
import { resolve } from 'node:path';
import { builds } from './builds.js';
import { install } from './install.js';
import { packedExtension } from './packed.js';
import { copyWorkspace, startServer, workbenchUrl } from './server.js';

const port = Number(process.argv[2] ?? 0);
if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`not a port: ${process.argv[2]}`);

install(builds.current);
const server = await startServer({
  build: builds.current,
  vsix: [packedExtension()],
  port,
  settings: { 'workbench.welcomePage.walkthroughs.openOnInstall': true },
});
const folder = copyWorkspace(server, resolve(import.meta.dirname, '../../examples'));
console.log(`\nVS Code with V2G Flexibility: ${workbenchUrl(server, folder)}`);
console.log(`Open evening-peak.v2g and run "V2G: Characterize FOR". The files are a copy in ${folder}.`);
console.log('Ctrl-C ends it.');

const end = async (): Promise<void> => {
  await server.stop();
  process.exit(0);
};
process.once('SIGINT', () => void end());
process.once('SIGTERM', () => void end());
