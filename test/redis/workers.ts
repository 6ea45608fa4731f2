import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { start } from '../../scripts/n8n/processes';
import type { Sandbox } from '../sandbox';

/** What a worker has to do. */
export interface Orders {
	/** Names the worker and its calls. */
	name: string;
	calls: number;
	/** Milliseconds from one call's beginning to the next one's; all at once by default. */
	spreadMs?: number;
	/** Fields of the credential. */
	credentials: Record<string, unknown>;
}

/** How it went. */
export interface Report {
	delivered: number;
	failures: string[];
	/** What n8n's log would say. */
	warnings: string[];
	/** Milliseconds of the longest call, its waiting included. */
	longest: number;
}

export interface Worker {
	/** Gives the worker a command and waits until it is done. */
	work(orders: Orders): Promise<Report>;
	/** As the system does to a process: at once, without a word. */
	kill(): void;
	/** Stops it where it is (SIGSTOP), or lets it go on. */
	freeze(frozen: boolean): void;
	/** Tells it to end, as a deploy does (SIGTERM), and resolves with how it ended: its exit code or a signal. */
	terminate(): Promise<number | NodeJS.Signals | null>;
	close(): Promise<void>;
}

const PROJECT = resolve(__dirname, '..', '..');

/**
 * Starts a process of its own that can make calls. Orders go in as a line of JSON, the report comes out as one.
 *
 * @param variables of its environment: `GRACE_MS` makes it end so long after SIGTERM, with exit code 7
 * @param program another one that takes the same orders
 */
export async function startWorker(
	clockSkewMs = 0,
	variables: Record<string, string> = {},
	program = join(__dirname, 'worker.ts'),
): Promise<Worker> {
	const env = { ...process.env, CLOCK_SKEW_MS: String(clockSkewMs), ...variables };
	const child = start(process.execPath, ['--import', 'tsx', program], { cwd: PROJECT, env });
	const errors: string[] = [];
	child.stderr?.on('data', (data) => errors.push(String(data)));
	const lines = createInterface({ input: child.stdout! });
	const next = async () =>
		await new Promise<string>((found, reject) => {
			lines.once('line', found);
			child.once('exit', (code, signal) => reject(new Error(`The worker ended: ${signal ?? code}. ${errors.join('').slice(-1_000)}`)));
		});
	await next();
	return {
		work: async (orders) => {
			child.stdin?.write(`${JSON.stringify(orders)}\n`);
			return JSON.parse(await next()) as Report;
		},
		kill: () => void child.kill('SIGKILL'),
		freeze: (frozen) => void child.kill(frozen ? 'SIGSTOP' : 'SIGCONT'),
		terminate: async () => {
			const gone = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
			child.kill('SIGTERM');
			const [code, signal] = await gone;
			return code ?? signal;
		},
		close: async () => await ended(child),
	};
}

async function ended(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = new Promise((found) => child.once('exit', found));
	child.kill();
	await gone;
}

/** The least time that the limits allow for so many calls, in milliseconds. */
export function optimum(calls: number, perSecond = 5, perMinute = 120): number {
	return Math.floor((calls - 1) / perMinute) * 60_000 + ((calls - 1) % perMinute) * (1_000 / perSecond);
}

/** What a gateway has seen. */
export interface Seen {
	calls: number;
	/** Answered with 429. */
	refused: number;
	/** Milliseconds from the first arrival to the last one that was let through. */
	tookMs: number;
	/** Most arrivals let through in any rolling second and minute. */
	mostInSecond: number;
	mostInMinute: number;
	/** Longest time between two arrivals, in milliseconds. */
	longestPause: number;
}

export function seenBy({ calls }: Pick<Sandbox, 'calls'>): Seen {
	const passed = calls
		.filter(({ status }) => status !== 429)
		.map(({ at }) => at)
		.sort((a, b) => a - b);
	const first = calls[0]?.at ?? 0;
	return {
		calls: calls.length,
		refused: calls.length - passed.length,
		tookMs: (passed.at(-1) ?? first) - first,
		mostInSecond: mostWithin(passed, 1_000),
		mostInMinute: mostWithin(passed, 60_000),
		longestPause: Math.max(0, ...passed.slice(1).map((at, index) => at - (passed[index] ?? at))),
	};
}

function mostWithin(times: number[], windowMs: number): number {
	let first = 0;
	let most = 0;
	times.forEach((time, index) => {
		while (time - (times[first] ?? time) >= windowMs) first++;
		most = Math.max(most, index - first + 1);
	});
	return most;
}
