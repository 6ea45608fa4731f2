import { delivered, pause, type Scene, startScene } from '../test/redis/scene';
import { startSlowWay } from '../test/redis/redisServer';
import { type Report, seenBy } from '../test/redis/workers';
import { table } from './report';
import { leastMs } from './work';

interface Row {
	name: string;
	calls: number[];
	clockSkews?: number[];
	/** Changes the orders before the work begins. */
	before?(scene: Scene): Promise<Record<string, unknown> | undefined>;
	/** Happens after 40 s of work. */
	happens?(scene: Scene): Promise<unknown>;
	/** Names what the row is judged by, when it is not the optimum. */
	without?: 'optimum';
}

const EVEN = [100, 100, 100];

const ROWS: Row[] = [
	{ name: '3 processes, 600 calls split unevenly', calls: [350, 200, 50] },
	{ name: '3 processes, wall clocks 30 s apart', calls: EVEN, clockSkews: [0, 30_000, -30_000] },
	{
		name: 'Redis killed for 5 s, started again empty',
		calls: EVEN,
		happens: async ({ redis }) => {
			await redis.kill();
			await pause(5_000);
			await redis.start();
		},
	},
	{ name: 'Redis emptied', calls: EVEN, happens: async ({ redis }) => await redis.command('FLUSHALL') },
	{
		name: 'Redis does not answer for 5 s',
		calls: EVEN,
		happens: async ({ redis }) => {
			redis.freeze(true);
			await pause(5_000);
			redis.freeze(false);
		},
	},
	{
		name: 'one of 3 processes frozen for 10 s',
		calls: EVEN,
		happens: async ({ workers }) => {
			workers[0]!.freeze(true);
			await pause(10_000);
			workers[0]!.freeze(false);
		},
	},
	{
		name: 'Redis slow by 300 ms each way',
		calls: EVEN,
		before: async (scene) => {
			const way = await startSlowWay(scene.redis.port, 300);
			closers.push(way.close);
			return { redisPort: way.port };
		},
	},
	{
		name: 'Redis absent from the start',
		calls: EVEN,
		before: async ({ redis }) => {
			await redis.kill();
			return undefined;
		},
		without: 'optimum',
	},
	{ name: 'wrong password', calls: EVEN, before: async () => await Promise.resolve({ redisPassword: 'wrong' }), without: 'optimum' },
];

const closers: Array<() => Promise<void>> = [];
const HAPPENS_MS = 40_000;

/** The rows of several processes and one Redis, in real time, several at once. */
export async function sharedTable(quick: boolean, say: (line: string) => void): Promise<string> {
	const wanted = quick ? ROWS.slice(1, 4) : ROWS;
	const rows: string[][] = [];
	// Two at a time: a machine that is too busy would be measured instead.
	const queue = wanted.map((row, place) => ({ row, place }));
	const lane = async () => {
		for (let next = queue.shift(); next; next = queue.shift()) {
			const { cells, refusedAt } = await measure(next.row);
			rows[next.place] = cells;
			say(`${cells.join(', ')}${refusedAt.length > 0 ? `; 429 at ${refusedAt.join(', ')} s` : ''}`);
		}
	};
	await Promise.all([lane(), lane()]);
	await Promise.all(closers.map(async (close) => await close()));
	return table(
		[
			'case',
			'calls',
			'lost',
			'429s',
			'most in a rolling second',
			'most in a rolling minute',
			'longest pause before the minute is used up',
			'warnings a process',
			'time',
			'time / optimum',
			'Redis scripts a call',
		],
		rows,
	);
}

async function measure({
	name,
	calls,
	clockSkews = [0, 0, 0],
	before,
	happens,
	without,
}: Row): Promise<{ cells: string[]; refusedAt: string[] }> {
	const scene = await startScene(clockSkews);
	try {
		const fields = await before?.(scene);
		const working = scene.work(calls, fields && { credentials: { ...scene.credentials, ...fields } });
		if (happens) await pause(HAPPENS_MS).then(async () => await happens(scene));
		const reports = await working;
		const seen = seenBy(scene.sandbox);
		const total = calls.reduce((sum, count) => sum + count, 0);
		const first = scene.sandbox.calls[0]?.at ?? 0;
		const firstMinute = seenBy({ calls: scene.sandbox.calls.filter(({ at }) => at - first < 24_000) });
		const refusedAt = scene.sandbox.calls.filter(({ status }) => status === 429).map(({ at }) => ((at - first) / 1_000).toFixed(1));
		const cells = [
			name,
			String(total),
			String(total - delivered(reports)),
			String(seen.refused),
			String(seen.mostInSecond),
			String(seen.mostInMinute),
			`${(firstMinute.longestPause / 1_000).toFixed(1)} s`,
			warningsOf(reports),
			`${(seen.tookMs / 1_000).toFixed(1)} s`,
			without ? '–' : (seen.tookMs / leastMs(total)).toFixed(3),
			without ? '–' : ((await scriptsIn(scene)) / total).toFixed(1),
		];
		return { cells, refusedAt };
	} finally {
		await scene.close();
	}
}

const warningsOf = (reports: Report[]): string => [...new Set(reports.map(({ warnings }) => warnings.length))].sort().join('–');

/** Runs of the script since Redis was started. */
async function scriptsIn({ redis }: Scene): Promise<number> {
	const stats = String(await redis.command('INFO', 'commandstats'));
	return Number(/cmdstat_evalsha:calls=(\d+)/.exec(stats)?.[1] ?? 0);
}
