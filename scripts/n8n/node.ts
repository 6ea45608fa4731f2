import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache';
import { installOnce } from './packages';
import { npm } from './processes';

const isWindows = process.platform === 'win32';

/** npm has Node's own binaries as packages, one a platform. */
const packageName = () => `node-${isWindows ? 'win' : process.platform}-${process.arch}`;

/** Where `installNode` puts that Node's binary. */
export const nodeBinary = (version: string) =>
	cacheFolder(`node-${version}`, 'node_modules', packageName(), 'bin', isWindows ? 'node.exe' : 'node');

/**
 * Installs a Node binary, with its headers and without npm, into the user's cache folder, once.
 * @param version exact, such as '24.21.0'
 * @returns path of the binary
 */
export async function installNode(version: string, report: (line: string) => void): Promise<string> {
	const binary = nodeBinary(version);
	const folder = cacheFolder(`node-${version}`);
	const install = async () => {
		report(`Installing Node ${version} (npm package ${packageName()}) …`);
		await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
		await npm(['install', `${packageName()}@${version}`, '--no-audit', '--no-fund'], { cwd: folder });
	};
	await installOnce({ folder, name: `Node ${version}`, isReady: () => existsSync(binary), install }, report);
	return binary;
}
