import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const TOP = join(__dirname, '../..');
const PROGRAM = join(TOP, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** A file and what it imports, as dependency-cruiser reports it. */
export interface Module {
	readonly source: string;
	readonly dependencies: ReadonlyArray<{ readonly resolved: string }>;
}

/** What dependency-cruiser found under a folder. */
export interface Cruise {
	readonly modules: readonly Module[];
	/** Breaches of the rules in `.dependency-cruiser.js`, as `rule: from -> to`. */
	readonly breaches: readonly string[];
}

interface Report {
	modules: Module[];
	summary: { violations: Array<{ rule: { name: string }; from: string; to: string }> };
}

/**
 * Reads all imports in `nodes` and `credentials` below a folder and holds them to the project's rules.
 * dependency-cruiser is an ES module, which jest does not load, and so it runs as a program of its own.
 */
export async function cruise(folder = TOP): Promise<Cruise> {
	const call = [PROGRAM, '--config', join(TOP, '.dependency-cruiser.js'), '--output-type', 'json', 'nodes', 'credentials'];
	const { stdout } = await promisify(execFile)(process.execPath, call, { cwd: folder, maxBuffer: 64 * 1_048_576 }).catch(
		// It ends with the number of errors that it found.
		(error: { stdout?: string; stderr?: string }) => {
			if (!error.stdout?.startsWith('{')) throw new Error(`dependency-cruiser failed: ${error.stderr ?? ''}`);
			return { stdout: error.stdout };
		},
	);
	const { modules, summary } = JSON.parse(stdout) as Report;
	const breaches = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
	return { modules: modules.filter(({ source }) => /^(nodes|credentials)\//.test(source)), breaches: [...new Set(breaches)].sort() };
}
