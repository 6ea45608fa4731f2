import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../scripts/n8n/cache';
import { installOnce, installPackages } from '../../scripts/n8n/packages';

/** What the other engines are made of. It is no dependency of the project: it has a folder of its own. */
export const PACKAGES = {
	bottleneck: '2.19.5',
	bullmq: '6.7.0',
	ioredis: '6.0.0',
	'rate-limiter-flexible': '11.4.0',
} as const;

/** The engines' packages lie here, in the user's cache folder. */
const FOLDER = cacheFolder('rate-limiters');

/**
 * Installs the engines' packages, once: later calls return at once.
 * @returns the folder that they can be required from
 * @throws Error with the end of npm's output
 */
export async function installEngines(report: (line: string) => void): Promise<string> {
	const install = async () => {
		const names = Object.entries(PACKAGES).map(([name, version]) => `${name} ${version}`);
		report(`Installing ${names.join(', ')} into ${FOLDER}: a few seconds, once.`);
		await installPackages(FOLDER, { name: 'rate-limiters', dependencies: PACKAGES });
	};
	await installOnce({ folder: FOLDER, name: 'the other engines', isReady, install }, report);
	return FOLDER;
}

/** npm writes this file last: it lists what is there. */
async function isReady(): Promise<boolean> {
	const listed = await readFile(join(FOLDER, 'node_modules', '.package-lock.json'), 'utf8').catch(() => '{}');
	const { packages = {} } = JSON.parse(listed) as { packages?: Record<string, { version?: string }> };
	return Object.entries(PACKAGES).every(([name, version]) => packages[`node_modules/${name}`]?.version === version);
}
