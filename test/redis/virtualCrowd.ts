import { createClient } from '@redis/client';
import { connectRedis } from '../../nodes/shared/throttle/redis/connection/client';
import { RedisLink } from '../../nodes/shared/throttle/redis/connection/link';
import { SCRIPT } from '../../nodes/shared/throttle/redis/script';
import { SharedWindows } from '../../nodes/shared/throttle/redis/sharedWindows';
import { KeyThrottle } from '../../nodes/shared/throttle/keyThrottle';
import { LocalWindows } from '../../nodes/shared/throttle/local/localWindows';
import type { KeapLimits, Priority } from '../../nodes/shared/throttle/quota/limits';
import { readQuotaHeaders } from '../../nodes/shared/throttle/quota/quotaHeaders';
import { SlotMissed } from '../../nodes/shared/throttle/quota/windows';
import { whyRefused } from '../../nodes/shared/throttle/quota/refusal';
import { VirtualClock, VirtualProcess } from '../throttle/virtualClock';
import { type GatewayOptions, VirtualGateway } from '../throttle/virtualGateway';
import { commandStats, plainSettings, type Sent } from './crowd';
import type { RedisServer } from './redisServer';
import { VirtualRedis, type Way } from './virtualRedis';

const START = Date.UTC(2026, 0, 15, 12, 0, 17);
const PREFIX = 'virtual:';

export interface VirtualCrowdOptions {
	/** One process for each: milliseconds to Redis, each way. */
	distances: number[];
	limits?: Partial<KeapLimits>;
	/** Limits of further credentials. */
	credentials?: Record<string, KeapLimits>;
	/** Keap's gateway: strict, and with a way there and back. */
	gateway?: GatewayOptions;
	/** Milliseconds from a slot to the first byte on the wire, as where a connection has to be opened first. */
	dialMs?: number;
	/** Different keys, one account each; by default all processes use one key. */
	keys?: number;
	/** Begins the random numbers: the same ones in every run. */
	seed?: number;
}

interface Work {
	flow?: string;
	priority?: Priority;
	credential?: string;
	signal?: AbortSignal;
	key?: number;
}

/** Many n8n processes in virtual time: the product's own code on both sides of a real Redis, and a strict Keap behind it. */
export interface VirtualCrowd {
	clock: VirtualClock;
	gateway: VirtualGateway;
	redis: VirtualRedis;
	/** Calls in the order of their arrival at Keap, the refused ones too. */
	sent: Sent[];
	/** When Keap has refused a call, in virtual milliseconds. */
	refusedAt: number[];
	/** Calls that Keap has let through. */
	done(): number;
	/** Makes calls, all at once; resolves when each was let through or stopped. */
	work(process: number, calls: number, more?: Work): Promise<void>;
	/** Lets time pass until so many calls were sent. */
	untilSent(calls: number): Promise<void>;
	/** From now on the process sends nothing and says nothing, as after SIGKILL. */
	kill(process: number): void;
	/** Whether the process's way to Redis is cut. */
	cut(process: number, isCut: boolean): void;
	/** Stops the process for so long where it is, as SIGSTOP and SIGCONT do. */
	freeze(process: number, ms: number): Promise<void>;
	/** Scripts run, and commands within them, since the crowd was made. */
	cost(): Promise<{ scripts: number; commands: number }>;
}

/** Runs a test with such processes; everything is over when it resolves. */
export async function virtualCrowd(
	server: RedisServer,
	{ distances, limits = {}, credentials = {}, gateway: options = {}, keys = 1, dialMs = 0, seed = 1 }: VirtualCrowdOptions,
	test: (crowd: VirtualCrowd) => Promise<void>,
): Promise<void> {
	const plain = createClient({ socket: { host: '127.0.0.1', port: server.port, reconnectStrategy: false } });
	plain.on('error', () => undefined);
	await plain.connect();
	await plain.sendCommand(['FLUSHALL']);
	const clock = new VirtualClock(START);
	const redis = await VirtualRedis.over(server, clock, START, connectRedis, async (...words) => await plain.sendCommand(words));
	const before = await commandStats(server);
	clock.install();
	const { random } = Math;
	Math.random = numbers(seed);
	const links: RedisLink[] = [];
	const stop = new AbortController();
	try {
		const gateways = Array.from({ length: keys }, () => new VirtualGateway(options));
		const sent: Sent[] = [];
		const refusedAt: number[] = [];
		let done = 0;
		const standard = { perSecond: 5, perMinute: 120, perDay: 15_000, dailyQuotaAction: 'fail', ...limits } as const;
		const processes = distances.map((distance) => {
			const way: Way = { distance, cut: false, process: new VirtualProcess() };
			const link = new RedisLink(plainSettings(server.port), SCRIPT, redis.opener(way));
			links.push(link);
			const throttles = gateways.map((_gateway, key) => {
				const windows = new SharedWindows(new LocalWindows(), link, { prefix: PREFIX, key: `key${key}` });
				for (const [credential, its] of Object.entries({ credential: standard, ...credentials })) windows.setLimits(credential, its);
				return new KeyThrottle(windows);
			});
			return { way, link, throttles, dead: false };
		});
		const call = async (
			place: number,
			{ flow = 'flow', priority = 'execution', credential = 'credential', signal = stop.signal, key = 0 }: Work,
		) => {
			const process = processes[place]!;
			const [throttle, gateway] = [process.throttles[key]!, gateways[key]!];
			const ticket = { flow, priority, credential, signal, order: throttle.nextOrder() };
			for (let refused = true; refused;) {
				refused = await throttle.schedule(ticket, async (slot) => {
					if (process.dead) return await new Promise<never>(() => undefined);
					const onSent = () => {
						clock.within(process.way.process, () => slot.sent());
						sent.push({ process: place, flow, at: slot.sentAt });
					};
					if (dialMs > 0) await new Promise((resolve) => setTimeout(resolve, dialMs));
					if (slot.missed === true) {
						slot.unused();
						throw new SlotMissed();
					}
					const wire = { origin: '', method: 'GET', path: `/${place}/${flow}`, headers: {}, timeoutMs: 0, onSent } as const;
					const answer = await clock.within(undefined, async () => await gateway.send(wire));
					await process.way.process.running();
					const quota = readQuotaHeaders(answer.headers);
					slot.answered(quota, answer.status);
					if (answer.status !== 429) {
						throttle.passed(slot.sentAt);
						done++;
						return false;
					}
					refusedAt.push(clock.elapsed());
					throttle.refused(whyRefused(quota, answer.text), slot.sentAt);
					return true;
				});
			}
		};
		await test({
			clock,
			gateway: gateways[0]!,
			redis,
			sent,
			refusedAt,
			done: () => done,
			work: async (process, calls, more = {}) =>
				void (await clock.within(processes[process]!.way.process, async () => {
					return await Promise.allSettled(Array.from({ length: calls }, async () => await call(process, more)));
				})),
			untilSent: async (calls) => {
				while (sent.length < calls) await clock.pass(100);
			},
			kill: (process) => {
				processes[process]!.dead = true;
				processes[process]!.way.cut = true;
			},
			freeze: async (process, ms) => await clock.freeze(processes[process]!.way.process, ms),
			cut: (process, isCut) => {
				processes[process]!.way.cut = isCut;
			},
			cost: async () => {
				const { commands } = await clock.holdFor(commandStats(server));
				// The moment of each script is set, and read, by commands of the test.
				return { scripts: redis.scripts, commands: commands - before.commands - 2 * redis.scripts - redis.looks };
			},
		});
	} finally {
		stop.abort();
		await clock.pass(2_000);
		for (const link of links) link.close();
		clock.uninstall();
		Math.random = random;
		redis.close();
		plain.destroy();
	}
}

/** The same numbers in every run. */
function numbers(seed: number): () => number {
	let last = seed;
	return () => {
		last = (last * 1_103_515_245 + 12_345) % 2_147_483_648;
		return last / 2_147_483_648;
	};
}
