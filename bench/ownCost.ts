import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { start } from '../scripts/n8n/processes';
import { table } from './report';

interface Cost {
	cpuMicros: number;
	bytes: number;
	perSecond: number;
}

const PROJECT = join(__dirname, '..');
const TITLES = { undici: 'undici alone', ours: 'keapRequest', n8n: 'n8n’s httpRequestWithAuthentication' } as const;
type Way = keyof typeof TITLES;
/** Rounds are taken in turn, so that what else the machine does falls on all; the best of each counts. */
const ROUNDS = 3;

function run(script: string, args: string[]): { line: Promise<string>; stop(): void } {
	const child = start(process.execPath, ['--import', 'tsx', join(__dirname, script), ...args], { cwd: PROJECT, env: process.env });
	const errors: string[] = [];
	child.stderr?.on('data', (data) => errors.push(String(data)));
	const line = new Promise<string>((resolve, reject) => {
		createInterface({ input: child.stdout! }).once('line', resolve);
		child.once('exit', (code) =>
			setTimeout(() => reject(new Error(`${script} ended with ${code}. ${errors.join('').slice(-1_500)}`)), 300),
		);
	});
	return { line, stop: () => void child.kill() };
}

/** Measures what a call costs beside bare undici and n8n's own helper, with limits that never make it wait. */
export async function measureOwnCost(quick: boolean): Promise<Record<Way, Cost>> {
	const server = run('costServer.ts', []);
	try {
		const url = `http://127.0.0.1:${await server.line}`;
		const best: Partial<Record<Way, Cost>> = {};
		for (let round = 0; round < (quick ? 1 : ROUNDS); round++) {
			for (const way of ['undici', 'ours', 'n8n'] as const) {
				const cost = JSON.parse(await run('cost.ts', [way, url, quick ? '4000' : '12000']).line) as Cost;
				const known = best[way];
				best[way] = known
					? {
							cpuMicros: Math.min(known.cpuMicros, cost.cpuMicros),
							bytes: Math.min(known.bytes, cost.bytes),
							perSecond: Math.max(known.perSecond, cost.perSecond),
						}
					: cost;
			}
		}
		return best as Record<Way, Cost>;
	} finally {
		server.stop();
	}
}

export function ownCostTable(costs: Record<Way, Cost>): string {
	const rows = (Object.keys(TITLES) as Way[]).map((way) => {
		const { cpuMicros, bytes, perSecond } = costs[way];
		const ratio = (one: number, other: number) => `${(one / other).toFixed(2)} ×`;
		return [
			TITLES[way],
			`${cpuMicros.toFixed(0)} µs`,
			ratio(cpuMicros, costs.undici.cpuMicros),
			ratio(cpuMicros, costs.n8n.cpuMicros),
			`${(bytes / 1_024).toFixed(1)} KB`,
			ratio(bytes, costs.undici.bytes),
			ratio(bytes, costs.n8n.bytes),
			perSecond.toFixed(0),
		];
	});
	return table(['', 'CPU per call', 'of undici', 'of n8n’s', 'allocated per call', 'of undici', 'of n8n’s', 'calls a second'], rows);
}
