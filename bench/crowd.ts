import { type Logger, LoggerProxy } from 'n8n-workflow';
import { longestWait, mostWithin, shares } from '../test/redis/crowd';
import { type RedisServer, startRedis } from '../test/redis/redisServer';
import { type VirtualCrowd, virtualCrowd, type VirtualCrowdOptions } from '../test/redis/virtualCrowd';
import { table } from './report';
import { leastMs } from './work';

/** Milliseconds to Redis of so many processes: from 0 to 30. */
const apart = (processes: number): number[] => Array.from({ length: processes }, (_none, process) => (process % 7) * 5);
/** Five calls a second and no minute: the order alone is looked at. */
const FIVE = { perSecond: 5, perMinute: 1_000_000, perDay: 10_000_000 };

const refusals = ({ refusedAt }: VirtualCrowd): string => String(refusedAt.length);

interface Case {
	name: string;
	must: string;
	options: VirtualCrowdOptions;
	measure(crowd: VirtualCrowd): Promise<string>;
}

function busy({ work }: VirtualCrowd, processes: number): void {
	for (let process = 0; process < processes; process++) void work(process, 1_000);
}

const order = (processes: number): VirtualCrowdOptions => ({ distances: apart(processes), limits: FIVE, gateway: FIVE });

const equalParts = (processes: number): Case => ({
	name: `${processes} processes with equal work, 0 to 30 ms from Redis`,
	must: 'parts of 120 calls within 20 %',
	options: order(processes),
	measure: async (crowd) => {
		busy(crowd, processes);
		await crowd.untilSent(processes + 20);
		const from = crowd.sent.length;
		await crowd.untilSent(from + 120);
		const parts = shares(crowd.sent.slice(from, from + 120), processes);
		return `${Math.min(...parts)} to ${Math.max(...parts)}, ${refusals(crowd)} × 429, ${mostWithin(crowd.sent, 1_000)} in a second`;
	},
});

const single = (processes: number): Case => ({
	name: `one item behind ${processes} busy processes`,
	must: `${processes + 2} slots`,
	options: order(processes + 1),
	measure: async (crowd) => {
		busy(crowd, processes);
		await crowd.untilSent(processes + 30);
		const before = crowd.sent.length;
		await crowd.clock.settle(crowd.work(processes, 1, { flow: 'single' }));
		return `${crowd.sent.findIndex(({ flow }) => flow === 'single') - before} slots`;
	},
});

const cost = (processes: number, which: 'second' | 'minute'): Case => ({
	name: `${processes} processes wait for the ${which}, what a call costs`,
	must: '2 scripts, 30 commands',
	options: which === 'second' ? order(processes) : { distances: apart(processes) },
	measure: async (crowd) => {
		busy(crowd, processes);
		await crowd.untilSent(processes + 20);
		const [from, before] = [crowd.sent.length, await crowd.cost()];
		await crowd.untilSent(from + processes + 120);
		const [calls, after] = [crowd.sent.length - from, await crowd.cost()];
		const each = (what: 'scripts' | 'commands') => ((after[what] - before[what]) / calls).toFixed(1);
		return `${each('scripts')} scripts, ${each('commands')} commands`;
	},
});

/** Workers use up the minute, and a person who was never seen before opens a dropdown. */
const person = (workers: number, each: number): Case => ({
	name: `${workers} workers with ${each} calls each use up the minute, and a person opens the first dropdown`,
	must: '2 s, where the work does not need every call of each minute',
	options: { distances: apart(workers + 1) },
	measure: async (crowd) => {
		const all = apart(workers).map(async (_none, worker) => await crowd.work(worker, each));
		await crowd.clock.pass(30_000);
		const asked = crowd.clock.elapsed();
		await crowd.clock.settle(crowd.work(workers, 1, { flow: 'dropdown', priority: 'person' }));
		const waited = crowd.clock.elapsed() - asked;
		const calls = workers * each;
		if (calls > 1_000) return `answered after ${(waited / 1_000).toFixed(2)} s`;
		await crowd.clock.settle(Promise.all(all));
		const whole = (crowd.clock.elapsed() / leastMs(calls + 1)).toFixed(3);
		return `answered after ${(waited / 1_000).toFixed(2)} s, all in ${whole} of the optimum, ${refusals(crowd)} × 429`;
	},
});

/** Eight processes with 320 calls at Keap's limits; something happens after ten seconds. */
const fault = (name: string, must: string, happens: (crowd: VirtualCrowd) => unknown): Case => ({
	name: `8 busy processes, ${name}`,
	must,
	options: { distances: apart(8) },
	measure: async (crowd) => {
		const all = apart(8).map(async (_none, process) => await crowd.work(process, 40));
		await crowd.clock.pass(10_000);
		void happens(crowd);
		await crowd.clock.settle(Promise.all(all.slice(0, 7)));
		return `${refusals(crowd)} × 429, ${(crowd.clock.elapsed() / 1_000).toFixed(0)} s`;
	},
});

/** Processes that have never reached Redis, until their work is done. */
const withoutRedis = (processes: number, each: number, must: string): Case => ({
	name: `${processes === 1 ? 'one process that never reaches' : `${processes} processes that never reach`} Redis, ${each} calls${processes === 1 ? '' : ' each'}`,
	must,
	options: { distances: apart(processes) },
	measure: async (crowd) => {
		crowd.redis.die();
		await crowd.clock.settle(Promise.all(apart(processes).map(async (_none, process) => await crowd.work(process, each))));
		const whole = (crowd.clock.elapsed() / leastMs(processes * each)).toFixed(3);
		return `${refusals(crowd)} × 429, ${(longestWait(crowd.sent, processes, 20) / 1_000).toFixed(1)} s between two of the first calls, ${whole}`;
	},
});

/** The same without end. */
const crowdWithoutRedis = (processes: number): Case => ({
	name: `${processes} processes begin at once and never reach Redis, after the first call of each`,
	must: 'less than 275 calls in 55 s, at most 10 × 429',
	options: { distances: apart(processes) },
	measure: async (crowd) => {
		crowd.redis.die();
		busy(crowd, processes);
		await crowd.clock.pass(3_000);
		const [first, before] = [crowd.sent.length, crowd.refusedAt.length];
		await crowd.clock.pass(55_000);
		const [calls, refused] = [crowd.sent.length - first, crowd.refusedAt.length - before];
		await crowd.clock.pass(120_000);
		const parts = shares(crowd.sent, processes);
		const later = crowd.refusedAt.length - before - refused;
		return `${calls} calls, ${refused} × 429 (${before} in the 3 s before, ${later} in the 120 s after); parts of 178 s: ${Math.min(...parts)} to ${Math.max(...parts)}`;
	},
});

const CASES: Case[] = [
	...[2, 8, 20, 50].map(equalParts),
	...[7, 50].map(single),
	...[8, 50, 200].map((processes) => cost(processes, 'second')),
	...[8, 50, 200].map((processes) => cost(processes, 'minute')),
	...[
		[3, 100],
		[8, 40],
		[3, 80],
		[8, 1_000],
	].map(([workers = 0, each = 0]) => person(workers, each)),
	fault('nothing happens', '0 × 429', () => undefined),
	fault('Redis gone for 10 s, and empty then', '5 × 429', async ({ redis }) => await redis.dieFor(10_000)),
	fault('Redis silent for 5 s', '–', async ({ redis }) => await redis.freezeFor(5_000)),
	fault('two of them cut off for 30 s', '8 × 429', async ({ cut, clock }) => {
		for (const one of [0, 1]) cut(one, true);
		await clock.after(30_000);
		for (const one of [0, 1]) cut(one, false);
	}),
	fault('FLUSHALL', '0 × 429', async ({ redis }) => await redis.empty()),
	fault('one stopped for 10 s (SIGSTOP)', '0 × 429', async ({ freeze }) => await freeze(0, 10_000)),
	{
		name: '3 busy processes, one of them stopped for 4 s forty times, 30 ms from Redis, with a new connection for each call',
		must: '0 × 429',
		options: { distances: [30, 5, 10], dialMs: 60, limits: { perMinute: 1_000_000 }, gateway: { perMinute: 1_000_000 } },
		measure: async (crowd) => {
			busy(crowd, 3);
			await crowd.clock.pass(10_000);
			for (let time = 0; time < 40; time++) {
				await crowd.clock.settle(crowd.freeze(0, 4_000));
				await crowd.clock.pass(2_000 + time * 37);
			}
			return `${refusals(crowd)} × 429`;
		},
	},
	fault('one killed', '0 × 429', ({ kill }) => kill(7)),
	{
		name: '8 busy processes, 150 calls allowed on the day, FLUSHALL after 10 s',
		must: '0 × 429, 150 calls',
		options: { distances: apart(8), limits: { perDay: 150 }, gateway: { perDay: 150 } },
		measure: async (crowd) => {
			const all = apart(8).map(async (_none, process) => await crowd.work(process, 40));
			await crowd.clock.pass(10_000);
			await crowd.redis.empty();
			await crowd.clock.settle(Promise.all(all));
			return `${refusals(crowd)} × 429, ${crowd.done()} calls`;
		},
	},
	withoutRedis(1, 300, 'no call waits for more than 1.5 s before the minute is used up; 1.1 of the optimum'),
	withoutRedis(3, 100, 'at most 5 × 429; 1.2 of the optimum'),
	...[8, 50].map(crowdWithoutRedis),
];

/** Many processes and one Redis, in virtual time; the script runs in a real Redis. */
export async function crowdTable(say: (line: string) => void): Promise<string> {
	LoggerProxy.init({ warn: () => undefined, info: () => undefined } as Partial<Logger> as Logger);
	const redis: RedisServer = await startRedis();
	const rows: string[][] = [];
	try {
		for (const { name, must, options, measure } of CASES) {
			await virtualCrowd(redis, options, async (crowd) => void rows.push([name, must, await measure(crowd)]));
			say(rows.at(-1)!.join(', '));
		}
	} finally {
		await redis.close();
	}
	return table(['case', 'what must hold', 'measured'], rows);
}
