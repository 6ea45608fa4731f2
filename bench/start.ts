import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_ROOT } from '../test/support/engine-libraries';
import { table } from './report';
import type { StartReport } from './startChild';

const N8N_NODES = dirname(require.resolve('n8n-nodes-base/package.json', { paths: [PROJECT_ROOT] }));

const WAYS = [
	['lazy', PROJECT_ROOT, 'as the package is built'],
	['whole', PROJECT_ROOT, 'were it loaded whole, as a package without `dist/known` and `dist/types` is'],
	['lazy', N8N_NODES, "for comparison: n8n's own nodes, which n8n loads in any case"],
] as const;

async function once(way: string, folder: string): Promise<StartReport> {
	const script = join(__dirname, 'startChild.ts');
	const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '--import', 'tsx', script, way, folder], {
		cwd: PROJECT_ROOT,
	});
	return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as StartReport;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** What n8n's start takes longer for the package, and what stays in memory: in turns, so that a busy machine slows all of them alike. */
export async function startTable(quick: boolean, say: (line: string) => void): Promise<string> {
	const reports: StartReport[][] = WAYS.map(() => []);
	for (let round = 0; round < (quick ? 3 : 9); round += 1) {
		for (const [index, [way, folder]] of WAYS.entries()) reports[index]?.push(await once(way, folder));
		say(`start, round ${round + 1}`);
	}
	const found = reports.map((all) => ({ ms: median(all.map(({ ms }) => ms)), mb: median(all.map(({ megabytes }) => megabytes)) }));
	const [base] = found;
	if (base === undefined) throw new Error('Nothing was measured');
	const times = (value: number, of: number): string => (value === of ? '1' : (value / of).toFixed(1));
	return table(
		['what n8n loads at its start', 'time', 'memory', 'time, as a multiple', 'memory, as a multiple'],
		WAYS.map(([, , what], index) => {
			const { ms = NaN, mb = NaN } = found[index] ?? {};
			return [what, `${Math.round(ms)} ms`, `${mb.toFixed(1)} MB`, times(ms, base.ms), times(mb, base.mb)];
		}),
	);
}
