import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exclusively } from './lock';
import { npm } from './processes';

/** Something that belongs into a folder of the cache. */
export interface Install {
	folder: string;
	/** What it is, for the person who waits. */
	name: string;
	isReady(): boolean | Promise<boolean>;
	install(): Promise<void>;
}

/** What npm is to put into a folder: exact versions by name. */
export interface Packages {
	name: string;
	dependencies: Record<string, string>;
	overrides?: Record<string, string>;
}

/** Installs it, once: later calls return at once. Of two processes that want it at a time, one waits for the other. */
export async function installOnce({ folder, name, isReady, install }: Install, report: (line: string) => void): Promise<void> {
	if (await isReady()) return;
	const waiting = (pid: number) => report(`Process ${pid} is installing ${name}: waiting for it …`);
	await exclusively(folder, waiting, async () => {
		if (!(await isReady())) await install();
	});
}

/**
 * Has npm install packages into a folder that is theirs alone; none of their install scripts runs.
 * @throws Error with the end of npm's output
 */
export async function installPackages(folder: string, packages: Packages): Promise<void> {
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, ...packages }, null, '\t'));
	await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
}
