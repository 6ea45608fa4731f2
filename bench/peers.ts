import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { start } from '../scripts/n8n/processes';
import { startSandbox } from '../test/sandbox';
import { type Seen, seenBy } from '../test/redis/workers';
import { table } from './report';
import { WAYS } from './ways';
import { leastMs, type Scene, type WayReport, type Work, works } from './work';

const PROJECT = join(__dirname, '..');
const LATENCY_MS = 50;

interface Outcome extends WayReport, Seen {
	work: Work;
	way: string;
	/** Arrivals that were let through, milliseconds from the first. */
	times: number[];
}

/** One work in one way, against a sandbox and in a process of its own. */
async function measure(way: string, work: Work): Promise<Outcome> {
	const apiKey = `bench-${way}-${work.name}`;
	const sandbox = await startSandbox({ keys: { [apiKey]: 'full' }, latencyMs: LATENCY_MS, seed: work.name !== 'list' });
	const contactIds = work.name === 'create' ? [] : sandbox.state.addContacts(work.size);
	const scene: Scene = { url: sandbox.url, apiKey, work, contactIds: work.name === 'list' ? [] : contactIds };
	const child = start(process.execPath, ['--import', 'tsx', join(__dirname, 'child.ts'), way], { cwd: PROJECT, env: process.env });
	const errors: string[] = [];
	child.stderr?.on('data', (data) => errors.push(String(data)));
	try {
		const report = new Promise<WayReport>((resolve, reject) => {
			createInterface({ input: child.stdout! }).once('line', (line) => resolve(JSON.parse(line) as WayReport));
			child.once('exit', (code) =>
				setTimeout(() => reject(new Error(`${way}, ${work.title}: ended with ${code}. ${errors.join('').slice(-2_000)}`)), 500),
			);
		});
		child.stdin?.write(`${JSON.stringify(scene)}\n`);
		const measured = await report;
		const first = sandbox.calls[0]?.at ?? 0;
		const times = sandbox.calls.filter(({ status }) => status !== 429).map(({ at }) => at - first);
		return { ...measured, ...seenBy(sandbox), work, way, times };
	} finally {
		child.kill();
		await sandbox.close();
	}
}

/** Every way does every work, one after the other: ours alone first, then the others side by side, as they mostly wait. */
export async function measurePeers(quick: boolean, say: (line: string) => void): Promise<Outcome[]> {
	const all = async (way: string): Promise<Outcome[]> => {
		const mine: Outcome[] = [];
		for (const work of works(quick)) {
			const outcome = await measure(way, work);
			say(`${way}, ${work.title}: ${outcome.finished} in ${(outcome.ms / 1_000).toFixed(0)} s, ${outcome.refused} × 429`);
			mine.push(outcome);
		}
		return mine;
	};
	const [first = '', ...others] = Object.keys(WAYS);
	return [...(await all(first)), ...(await Promise.all(others.map(all))).flat()];
}

/** The table of the ways. */
export function peersTable(outcomes: Outcome[]): string {
	const rows = outcomes
		.slice()
		.sort((a, b) => order(a.work) - order(b.work))
		.map(({ work, way, finished, refused, calls, ms, cpuMicros, peakMb }) => {
			const passed = calls - refused;
			return [
				work.title,
				WAYS[way]?.title ?? way,
				finished.toLocaleString('en-US'),
				(work.size - finished).toLocaleString('en-US'),
				String(refused),
				String(calls),
				`${(ms / 1_000).toFixed(1)} s`,
				passed < 2 ? '–' : ((ms - LATENCY_MS) / leastMs(passed)).toFixed(2),
				`${(cpuMicros / 1_000 / calls).toFixed(1)} ms`,
				finished === 0 ? '–' : `${(cpuMicros / 1_000 / finished).toFixed(2)} ms`,
				`${peakMb.toFixed(0)} MB`,
			];
		});
	return table(
		[
			'work',
			'way',
			'finished',
			'lost',
			'429s',
			'calls',
			'time',
			'time / optimum of its calls',
			'CPU per call',
			'CPU per item finished',
			'peak memory',
		],
		rows,
	);
}

const order = ({ name }: Work) => ['create', 'tag', 'get', 'list'].indexOf(name);
