import { type Logger, LoggerProxy } from 'n8n-workflow';
import type { GatewayOptions } from '../throttle/virtualGateway';
import { longestWait, mostWithin, shares } from './crowd';
import { type RedisServer, startRedis } from './redisServer';
import { optimum } from './workers';
import { type VirtualCrowd, virtualCrowd, type VirtualCrowdOptions } from './virtualCrowd';

let redis: RedisServer;
const warnings: string[] = [];

beforeAll(async () => {
	redis = await startRedis();
	const log = { warn: (text: string) => void warnings.push(text), info: () => undefined };
	LoggerProxy.init(log as Partial<Logger> as Logger);
});
beforeEach(() => void (warnings.length = 0));
afterAll(async () => await redis.close());

/** Milliseconds to Redis of so many processes: from 0 to 30. */
const apart = (processes: number): number[] => Array.from({ length: processes }, (_none, process) => (process % 7) * 5);

/** Ten calls a second and no minute: the order alone is looked at. */
const only = { perSecond: 10, perMinute: 1_000_000, perDay: 10_000_000 };
const simulate = async (options: VirtualCrowdOptions, test: (crowd: VirtualCrowd) => Promise<void>): Promise<void> =>
	await virtualCrowd(redis, { limits: only, gateway: only, ...options }, test);

/** All processes have work without end. */
function busy({ work }: VirtualCrowd, processes: number): void {
	for (let process = 0; process < processes; process++) void work(process, 1_000);
}

test.each([2, 3, 8, 20, 50])(
	'%d processes with equal work have equal parts of any 120 calls, 0 to 30 ms away from Redis',
	async (processes) => {
		await simulate({ distances: apart(processes) }, async (crowd) => {
			busy(crowd, processes);
			// Each is in the order once it has asked.
			await crowd.untilSent(processes + 20);
			const from = crowd.sent.length;
			await crowd.untilSent(from + 240);
			const part = 120 / processes;
			for (const begin of [from, from + 60, from + 120]) {
				for (const share of shares(crowd.sent.slice(begin, begin + 120), processes)) {
					expect(Math.abs(share - part)).toBeLessThanOrEqual(Math.max(1, part * 0.2));
				}
			}
			expect([crowd.gateway.refused, mostWithin(crowd.sent, 1_000), warnings]).toEqual([{ second: 0, minute: 0, day: 0 }, 10, []]);
		});
	},
);

test.each([7, 50])('one item behind %d busy processes waits for two slots more than there are of them, at most', async (processes) => {
	await simulate({ distances: apart(processes + 1) }, async (crowd) => {
		busy(crowd, processes);
		await crowd.untilSent(processes + 30);
		for (let single = 0; single < 5; single++) {
			const before = crowd.sent.length;
			await crowd.clock.settle(crowd.work(processes, 1, { flow: `single ${single}` }));
			expect(crowd.sent.findIndex(({ flow }) => flow === `single ${single}`) - before).toBeLessThanOrEqual(processes + 2);
			await crowd.untilSent(crowd.sent.length + 17);
		}
	});
});

/** Where the second is the limit, and where the minute is used up. */
test.each([
	[8, 'second', 1_000_000],
	[50, 'second', 1_000_000],
	[8, 'minute', 120],
	[200, 'minute', 120],
])('with %d processes that wait for the %s a call costs at most two scripts and thirty commands', async (processes, _which, perMinute) => {
	const five = { ...only, perSecond: 5, perMinute };
	await simulate({ distances: apart(processes), limits: five, gateway: five }, async (crowd) => {
		busy(crowd, processes);
		await crowd.untilSent(processes + 20);
		const [from, before] = [crowd.sent.length, await crowd.cost()];
		await crowd.untilSent(from + processes + 120);
		const [calls, after] = [crowd.sent.length - from, await crowd.cost()];
		const scripts = (after.scripts - before.scripts) / calls;
		const commands = (after.commands - before.commands) / calls;
		expect(Number(scripts.toFixed(1))).toBeLessThanOrEqual(2);
		expect(commands).toBeLessThanOrEqual(30);
	});
});

describe('while workers use up the minute', () => {
	const timeFor = async (workers: number, each: number): Promise<number> => {
		let took = 0;
		await simulate({ distances: apart(workers + 1), limits: {}, gateway: {} }, async (crowd) => {
			await crowd.clock.settle(Promise.all(apart(workers).map(async (_none, worker) => await crowd.work(worker, each))));
			expect(crowd.refusedAt).toEqual([]);
			took = crowd.clock.elapsed();
		});
		return took / optimum(workers * each);
	};

	test.each([
		[3, 100],
		[8, 40],
		[8, 100],
		[8, 1_000],
	])(
		'%d of them, %d calls each: a person who was never seen before is served within two seconds, three calls long',
		async (workers, each) => {
			for (const at of [30_000, 55_000]) {
				await simulate({ distances: apart(workers + 1), limits: {}, gateway: {} }, async (crowd) => {
					for (let worker = 0; worker < workers; worker++) void crowd.work(worker, each);
					await crowd.clock.pass(at);
					for (let call = 0; call < 3; call++) {
						const asked = crowd.clock.elapsed();
						await crowd.clock.settle(crowd.work(workers, 1, { flow: 'dropdown', priority: 'person' }));
						expect(crowd.clock.elapsed() - asked).toBeLessThan(2_000);
					}
					expect(crowd.refusedAt).toEqual([]);
				});
			}
		},
	);

	test.each([
		[3, 100, 1.03],
		[8, 40, 1.03],
		[8, 100, 1.03],
		// These need every call of each minute, and have it.
		[3, 80, 1.03],
		[6, 100, 1.03],
	])('%d of them, %d calls each: that costs the work next to nothing', async (workers, each, most) => {
		expect(await timeFor(workers, each)).toBeLessThanOrEqual(most);
	});
});

/** At Keap's own limits: five calls a second, 120 a minute, both counted strictly. */
describe('eight busy processes and', () => {
	const eight = apart(8);

	test.each<[string, number, (crowd: VirtualCrowd) => unknown]>([
		['nothing', 0, () => undefined],
		['a Redis that is emptied', 0, async ({ redis: its }) => await its.empty()],
		['a Redis that does not answer for five seconds', 3, async ({ redis: its }) => await its.freezeFor(5_000)],
		['a Redis that is gone for ten seconds, and empty then', 5, async ({ redis: its }) => await its.dieFor(10_000)],
		['a worker that is killed', 0, ({ kill }) => kill(7)],
		[
			'two of them cut off for half a minute',
			8,
			async ({ cut, clock }) => {
				for (const one of [0, 1]) cut(one, true);
				await clock.after(30_000);
				for (const one of [0, 1]) cut(one, false);
			},
		],
	])('%s: %d calls are refused at most, and none is lost', async (_what, most, happens) => {
		await simulate({ distances: eight, limits: {}, gateway: {} }, async (crowd) => {
			const all = eight.map(async (_none, process) => await crowd.work(process, 40));
			await crowd.clock.pass(10_000);
			void happens(crowd);
			// The last one may be dead.
			await crowd.clock.settle(Promise.all(all.slice(0, 7)));
			expect(crowd.done()).toBeGreaterThanOrEqual(280);
			expect(crowd.refusedAt.length <= most || crowd.refusedAt).toBe(true);
			expect(crowd.gateway.refused.minute).toBe(0);
			// 320 calls take 135.8 s at least.
			expect(crowd.clock.elapsed()).toBeLessThan(150_000);
		});
	});
});

/** SIGSTOP and SIGCONT: its timers fire at once when it goes on, and what has come meanwhile is read after them. */
describe('processes that are stopped again and again, at any moment of their calls:', () => {
	const noMinute = { perMinute: 1_000_000 };
	test.each<[string, { processes: number; way: number; stopped: number[]; forMs: number; minute?: true; dialMs?: number }]>([
		['one of three, far from Redis', { processes: 3, way: 30, stopped: [0], forMs: 4_000 }],
		['one of three, that opens a connection for each call', { processes: 3, way: 5, stopped: [0], forMs: 4_000, dialMs: 60 }],
		['two of three at once', { processes: 3, way: 30, stopped: [0, 1], forMs: 4_000, dialMs: 20 }],
		['one of eight', { processes: 8, way: 30, stopped: [0], forMs: 4_000, dialMs: 20 }],
		['one of three, while all wait for the minute', { processes: 3, way: 30, stopped: [0], forMs: 4_000, minute: true, dialMs: 20 }],
		['one of three, for longer than a minute', { processes: 3, way: 30, stopped: [0], forMs: 70_000, minute: true, dialMs: 20 }],
	])('%s: no call is refused', async (_name, { processes, way, stopped, forMs, minute, dialMs }) => {
		const distances = apart(processes).map((distance, process) => (stopped.includes(process) ? way : distance));
		const limits = minute ? {} : noMinute;
		await simulate({ distances, limits, gateway: limits, dialMs }, async (crowd) => {
			busy(crowd, processes);
			await crowd.clock.pass(10_000);
			for (let time = 0; time < 40; time++) {
				const from = crowd.clock.elapsed();
				await crowd.clock.settle(Promise.all(stopped.map(async (process) => await crowd.freeze(process, forMs))));
				await crowd.clock.pass(2_000 + time * 37);
				// It is back in the order.
				const own = crowd.sent.filter(({ process, at }) => stopped.includes(process) && at > from + forMs);
				expect(own.length > 0 || minute === true).toBe(true);
			}
			expect(crowd.refusedAt).toEqual([]);
		});
	});
});

test('the limit of a day holds although Redis is emptied in the middle, and no call is refused by Keap', async () => {
	const day = { perDay: 150 };
	await simulate({ distances: apart(8), limits: day, gateway: day }, async (crowd) => {
		const all = apart(8).map(async (_none, process) => await crowd.work(process, 40));
		await crowd.clock.pass(10_000);
		await crowd.redis.empty();
		// Those beyond the limit fail at once.
		await crowd.clock.settle(Promise.all(all));
		expect([crowd.done(), crowd.refusedAt]).toEqual([150, []]);
	});
});

/** Answers take their time and come unevenly, as Keap's do. */
const far: GatewayOptions = { wayIn: [5, 40], work: [60, 250], wayBack: [5, 20] };

describe('Redis is away from the start, and', () => {
	const withoutRedis = async (processes: number, options: Partial<VirtualCrowdOptions>, use: (crowd: VirtualCrowd) => Promise<void>) => {
		await simulate({ distances: apart(processes), limits: {}, gateway: {}, ...options }, async (crowd) => {
			crowd.redis.die();
			await use(crowd);
		});
	};
	const all = async ({ clock, work }: VirtualCrowd, processes: number, each: number) => {
		await clock.settle(Promise.all(apart(processes).map(async (_none, process) => await work(process, each))));
	};

	test.each([
		[{}, 0, 1.05],
		[far, 1, 1.2],
	])(
		'a process is alone: it finds out by its second call, a second after the first, and has the whole quota',
		async (gateway, most, whole) => {
			await withoutRedis(1, { gateway }, async (crowd) => {
				await all(crowd, 1, 300);
				expect(longestWait(crowd.sent, 1, 60)).toBeLessThan(1_500);
				// Two calls until it knows.
				expect(crowd.sent[19]!.at).toBeLessThan(7_000);
				expect(crowd.refusedAt.length).toBeLessThanOrEqual(most);
				expect(crowd.clock.elapsed() / optimum(300)).toBeLessThan(whole);
			});
		},
	);

	test.each([{}, far])(
		'there are three: at most five of 300 calls are refused, in 1.2 of the optimum, and their parts are equal',
		async (gateway) => {
			await withoutRedis(3, { gateway }, async (crowd) => {
				await all(crowd, 3, 100);
				expect(crowd.refusedAt.length).toBeLessThanOrEqual(5);
				expect(crowd.clock.elapsed() / optimum(300)).toBeLessThan(1.2);
				expect(longestWait(crowd.sent, 3, 20)).toBeLessThan(2_000);
				for (const share of shares(crowd.sent.slice(0, 240), 3)) expect(Math.abs(share - 80)).toBeLessThanOrEqual(8);
			});
		},
	);

	test.each([8, 20, 50])('%d begin at once: after the first call of each at most ten are refused in 55 seconds', async (processes) => {
		await withoutRedis(processes, {}, async (crowd) => {
			busy(crowd, processes);
			await crowd.clock.pass(3_000);
			// Each has made one call, for it knew of no other.
			expect(crowd.sent.length).toBeLessThanOrEqual(processes * 1.3 + 8);
			const [from, refused] = [crowd.sent.length, crowd.refusedAt.length];
			await crowd.clock.pass(55_000);
			// The key has 275 calls in that time, and 120 a minute.
			expect(crowd.sent.length - from).toBeLessThan(130);
			expect(crowd.refusedAt.length - refused).toBeLessThanOrEqual(10);
			expect(mostWithin(crowd.sent.slice(from), 1_000)).toBeLessThanOrEqual(8);
			expect(crowd.gateway.refused.minute).toBe(0);
			// Nobody has taken much more than the others, and nobody has had nothing.
			await crowd.clock.pass(60_000);
			const parts = shares(crowd.sent, processes);
			expect(Math.min(...parts)).toBeGreaterThanOrEqual(3);
			expect(Math.max(...parts)).toBeLessThanOrEqual(5 * Math.ceil(240 / processes));
		});
	});

	test('one comes while another one is at full speed: both have equal parts a minute later', async () => {
		await withoutRedis(2, { gateway: far }, async (crowd) => {
			void crowd.work(0, 1_000);
			await crowd.clock.pass(10_000);
			void crowd.work(1, 1_000);
			await crowd.clock.pass(70_000);
			const from = crowd.sent.length;
			await crowd.clock.pass(120_000);
			const [one = 0, other = 0] = shares(crowd.sent.slice(from), 2);
			expect(Math.min(one, other) / Math.max(one, other)).toBeGreaterThan(0.6);
		});
	});

	test('a person at the editor waits for nobody, however many calls wait', async () => {
		await withoutRedis(8, { gateway: far }, async (crowd) => {
			busy(crowd, 8);
			await crowd.clock.pass(15_000);
			const asked = crowd.clock.elapsed();
			await crowd.clock.settle(crowd.work(0, 1, { flow: 'dropdown', priority: 'person' }));
			expect(crowd.clock.elapsed() - asked).toBeLessThan(2_000);
		});
	});
});

test('a Redis that takes the connection and says nothing delays the first call by less than a second', async () => {
	await simulate({ distances: [0], limits: {}, gateway: {} }, async (crowd) => {
		crowd.cut(0, true);
		await crowd.clock.settle(crowd.work(0, 1));
		expect(crowd.sent[0]!.at).toBeLessThan(1_000);
	});
});
