import { KeyThrottle } from '../../nodes/shared/throttle/keyThrottle';
import { LocalWindows } from '../../nodes/shared/throttle/local/localWindows';
import type { KeapLimits, Priority } from '../../nodes/shared/throttle/quota/limits';
import { RedisLink } from '../../nodes/shared/throttle/redis/connection/link';
import type { RedisSettings } from '../../nodes/shared/throttle/redis/connection/settings';
import { SCRIPT } from '../../nodes/shared/throttle/redis/script';
import { SharedWindows } from '../../nodes/shared/throttle/redis/sharedWindows';
import { type RedisServer, startSlowWay, waitFor } from './redisServer';

/** A call that was let go. */
export interface Sent {
	/** Which process sent it, and as whose. */
	process: number;
	flow: string;
	/** Milliseconds of its send. */
	at: number;
}

/** Many n8n processes as the quota sees them, in one: each has windows and a connection of its own. */
export interface Crowd {
	sent: Sent[];
	/** Makes calls, one after the other or all at once, and resolves when the last one is answered. */
	work(
		process: number,
		calls: number,
		more?: { flow?: string; priority?: Priority; credential?: string; signal?: AbortSignal },
	): Promise<void>;
	/** Stops all calls that wait. */
	stop(): void;
	/** Scripts run and commands within them since the crowd was made. */
	cost(): Promise<{ scripts: number; commands: number }>;
	close(): Promise<void>;
}

export const plainSettings = (port: number): RedisSettings => ({
	source: 'credential',
	kind: 'single',
	addresses: [{ host: '127.0.0.1', port }],
	user: '',
	password: '',
	database: 0,
	tls: false,
	keyPrefix: 'crowd:',
});

let crowds = 0;

export interface CrowdOptions {
	/** One process for each: milliseconds to Redis, each way. */
	distances: number[];
	limits: KeapLimits;
	/** Limits of further credentials. */
	credentials?: Record<string, KeapLimits>;
	answerMs?: number;
	/** How to reach Redis, where it is not a single server. */
	settings?: RedisSettings;
}

export async function startCrowd(
	redis: RedisServer,
	{ distances, limits, credentials = {}, answerMs = 50, settings }: CrowdOptions,
): Promise<Crowd> {
	const all: Record<string, KeapLimits> = { credential: limits, ...credentials };
	const ways = new Map<number, Awaited<ReturnType<typeof startSlowWay>>>();
	for (const distance of new Set(distances)) if (distance > 0) ways.set(distance, await startSlowWay(redis.port, distance));
	const key = `key${++crowds}`;
	const links: RedisLink[] = [];
	const throttles = distances.map((distance) => {
		const its = settings ?? plainSettings(ways.get(distance)?.port ?? redis.port);
		const link = new RedisLink(its, SCRIPT);
		links.push(link);
		const windows = new SharedWindows(new LocalWindows(), link, { prefix: its.keyPrefix, key });
		for (const [credential, its] of Object.entries(all)) windows.setLimits(credential, its);
		return new KeyThrottle(windows);
	});
	// One after the other: a hundred connections at once are a test of the machine.
	for (const link of links) {
		await link.begin(5_000);
		await waitFor(() => link.up, 30_000);
	}
	const sent: Sent[] = [];
	const stop = new AbortController();
	const before = await commandStats(redis);
	return {
		sent,
		work: async (process, calls, { flow = 'flow', priority = 'execution', credential = 'credential', signal = stop.signal } = {}) => {
			const throttle = throttles[process]!;
			await Promise.allSettled(
				Array.from({ length: calls }, async () => {
					const ticket = { flow, priority, credential, order: throttle.nextOrder(), signal };
					await throttle.schedule(ticket, async (slot) => {
						slot.sent();
						sent.push({ process, flow, at: slot.sentAt });
						await new Promise((resolve) => setTimeout(resolve, answerMs));
						slot.answered(undefined, 200);
						throttle.passed(slot.sentAt);
					});
				}),
			);
		},
		stop: () => stop.abort(),
		cost: async () => {
			const now = await commandStats(redis);
			return { scripts: now.scripts - before.scripts, commands: now.commands - before.commands };
		},
		close: async () => {
			stop.abort();
			for (const link of links) link.close();
			await Promise.all([...ways.values()].map(async (way) => await way.close()));
		},
	};
}

/** Scripts run and commands within them since the server was started. */
export async function commandStats(redis: RedisServer): Promise<{ scripts: number; commands: number }> {
	const text = String(await redis.command('INFO', 'commandstats'));
	const stats = [...text.matchAll(/cmdstat_([^:]+):calls=(\d+)/g)].map(([, name = '', calls]) => [name, Number(calls)] as const);
	const sum = (of: (name: string) => boolean) => stats.filter(([name]) => of(name)).reduce((total, [, calls]) => total + calls, 0);
	const outside = /^(evalsha|eval|info|hello|auth|select|ping|client|command|config|flushall|acl|script)\b/;
	return { scripts: sum((name) => name === 'evalsha' || name === 'eval'), commands: sum((name) => !outside.test(name)) };
}

/** How many of these calls each process made. */
export function shares(sent: readonly Sent[], processes: number): number[] {
	return Array.from({ length: processes }, (_, process) => sent.filter((each) => each.process === process).length);
}

/** The most calls within any so many milliseconds. */
export function mostWithin(sent: readonly Sent[], windowMs: number): number {
	const times = sent.map(({ at }) => at).sort((a, b) => a - b);
	return Math.max(0, ...times.map((from, index) => times.filter((time, place) => place >= index && time - from < windowMs).length));
}

/** The longest that any process waited for one of its first so many calls, from the beginning or from the call before. */
export function longestWait(sent: readonly Sent[], processes: number, calls: number): number {
	const waits = Array.from({ length: processes }, (_, process) => {
		const times = sent.filter((each) => each.process === process).map(({ at }) => at);
		return times.slice(0, calls).map((at, call) => at - (call > 0 ? (times[call - 1] ?? 0) : 0));
	});
	return Math.max(0, ...waits.flat());
}
