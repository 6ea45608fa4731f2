/**
 * What n8n does with a package at its start, in a process of its own: `startChild.ts <way> <folder>`. Prints one line of JSON.
 * `lazy` is n8n's own way: it reads what the build has written of the nodes, and loads the credential alone. `whole` loads every node,
 * which is what n8n does with a package that has no such files.
 */
import { loadLibraries, PROJECT_ROOT } from '../test/support/engine-libraries';

/** What one start took. */
export interface StartReport {
	readonly ms: number;
	/** What stays in memory afterwards. */
	readonly megabytes: number;
}

const [way = '', folder = ''] = process.argv.slice(2);

async function start(): Promise<StartReport> {
	const { core } = loadLibraries(PROJECT_ROOT);
	const collect = (): number => {
		globalThis.gc?.();
		return process.memoryUsage().heapUsed;
	};
	const before = collect();
	const from = performance.now();
	const loader = way === 'whole' ? new core.PackageDirectoryLoader(folder) : new core.LazyPackageDirectoryLoader(folder);
	await loader.loadAll();
	if (way === 'lazy') for (const name of Object.keys(loader.known.credentials)) loader.getCredential(name);
	const ms = performance.now() - from;
	return { ms, megabytes: (collect() - before) / 1e6 };
}

void start().then((report) => process.stdout.write(`${JSON.stringify(report)}\n`));
