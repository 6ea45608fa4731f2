import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Runs `work` while no other process of this machine does so for the same folder, which is made when missing.
 * @param waiting called once, with the other process's id, when there is one to wait for
 */
export async function exclusively<T>(folder: string, waiting: (pid: number) => void, work: () => Promise<T>): Promise<T> {
	await mkdir(folder, { recursive: true });
	const file = join(folder, 'installing.pid');
	let reported = false;
	while (!(await take(file))) {
		const owner = Number(await readFile(file, 'utf8').catch(() => '0'));
		// Left by a process that was killed.
		if (!isAlive(owner)) await rm(file, { force: true });
		else {
			if (!reported) waiting(owner);
			reported = true;
			await wait(1000);
		}
	}
	return await work().finally(async () => await rm(file, { force: true }));
}

async function take(file: string): Promise<boolean> {
	return await writeFile(file, String(process.pid), { flag: 'wx' }).then(
		() => true,
		() => false,
	);
}

function isAlive(pid: number): boolean {
	try {
		return pid > 0 && process.kill(pid, 0);
	} catch {
		return false;
	}
}
