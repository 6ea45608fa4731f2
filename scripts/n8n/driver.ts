import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npm, succeeds } from './processes';

/** The driver is the only part of n8n that must be compiled when it cannot be downloaded. True when n8n in `folder` can open its database in the given Node. */
export const loadsDriver = async (folder: string, node: string): Promise<boolean> => await succeeds(node, "require('sqlite3')", folder);

/**
 * Gives n8n in `folder` its database driver, for the Node that it will run on: one made for Node 24 crashes Node 20.
 * @throws Error that says what a machine needs to compile it
 */
export async function provideDriver(folder: string, node: string, report: (line: string) => void): Promise<void> {
	if (await loadsDriver(folder, node)) return;
	report('  its sqlite3 driver: downloaded when it can be, compiled otherwise (2 minutes) …');
	// The headers of the Node that n8n will run on may lie beside its binary; node-gyp fetches them otherwise.
	const root = dirname(dirname(node));
	const headers: Record<string, string> = existsSync(join(root, 'include/node/node.h')) ? { npm_config_nodedir: root } : {};
	await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], { cwd: folder, node, env: headers });
	if (await loadsDriver(folder, node)) return;
	throw new Error(
		`n8n's database driver sqlite3 could not be built in ${folder}. Install Python 3, make and a C++ compiler, then run this again: it goes on from here.`,
	);
}
