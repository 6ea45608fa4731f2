import { delivered, pause, type Scene, startScene } from '../test/redis/scene';
import { startSlowWay } from '../test/redis/redisServer';
import { type Report, seenBy } from '../test/redis/workers';
import type { RecordedCall } from '../test/sandbox/types';
import { ENGINES, type EngineName, setups } from './engines';
import { installEngines } from './engines/packages';
import { startEngine } from './engines/start';
import { inLanes, LANES } from './lanes';
import { newcomerRow, newcomerTable, NEWCOMERS } from './newcomer';
import { table } from './report';
import { leastMs, totalOf } from './work';

interface Row {
	name: string;
	calls: number[];
	clockSkews?: number[];
	/** Changes the orders before the work begins. */
	before?(scene: Scene): Promise<Record<string, unknown> | undefined>;
	/** Happens after 40 s of work. */
	happens?(scene: Scene): Promise<unknown>;
	/** Another engine than this package makes the calls. */
	engine?: EngineName;
	/** Belongs to the short run, too. */
	short?: true;
	/** Names what the row is judged by, when it is not the optimum. */
	without?: 'optimum';
}

const EVEN = [100, 100, 100];

const ROWS: Row[] = [
	{ name: '3 processes with equal work', calls: EVEN, short: true },
	...(Object.keys(ENGINES) as EngineName[]).map((engine): Row => ({
		name: `the same by ${ENGINES[engine].title}`,
		calls: EVEN,
		engine,
		...(engine === 'bottleneck' && { short: true }),
	})),
	{ name: '3 processes, 600 calls split unevenly', calls: [350, 200, 50] },
	{ name: '3 processes, wall clocks 30 s apart', calls: EVEN, clockSkews: [0, 30_000, -30_000] },
	{
		name: 'Redis killed for 5 s, started again empty',
		calls: EVEN,
		short: true,
		happens: async ({ redis }) => {
			await redis.kill();
			await pause(5_000);
			await redis.start();
		},
	},
	{ name: 'Redis emptied', calls: EVEN, short: true, happens: async ({ redis }) => await redis.command('FLUSHALL') },
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

/**
 * The rows of several processes and one Redis, in real time, two at once.
 *
 * @param only part of the names of the rows that are wanted
 */
export async function sharedTable(quick: boolean, say: (line: string) => void, only = ''): Promise<string> {
	const wanted = ROWS.filter(({ name, short }) => (!quick || short) && name.includes(only));
	const newcomers = NEWCOMERS.filter(({ name, short }) => (!quick || short) && name.includes(only));
	const cases = [...wanted, ...newcomers];
	if (cases.length === 0) {
		throw new Error(`No case has "${only}" in its name: ${[...ROWS, ...NEWCOMERS].map(({ name }) => name).join('; ')}.`);
	}
	const atLeast = wanted.reduce((sum, { calls }) => sum + leastMs(totalOf(calls)), newcomers.length * 60_000) / LANES;
	say(`Several processes and one Redis: ${cases.length} cases, ${LANES} at a time, about ${Math.ceil((atLeast * 1.1) / 60_000)} minutes …`);
	const engines = new Set(cases.flatMap(({ engine }) => engine ?? []));
	const folder = engines.size > 0 ? await installEngines(say) : '';
	const rows = await inLanes(wanted, async (row) => {
		const { cells, refusedAt } = await measure(row, folder);
		say(`${cells.join(', ')}${refusedAt.length > 0 ? `; 429 at ${refusedAt.join(', ')} s` : ''}`);
		return cells;
	});
	const waits = await inLanes(newcomers, async (newcomer) => {
		const cells = await newcomerRow(newcomer, folder);
		say(cells.join('; '));
		return cells;
	});
	await Promise.all(closers.map(async (close) => await close()));
	const made = table(
		[
			'case',
			'calls',
			'lost',
			'429s',
			'most in a rolling second',
			'most in a rolling minute',
			'parts of the first 120 calls',
			'longest pause before the minute is used up',
			'warnings a process',
			'time',
			'time / optimum',
			'Redis scripts a call',
		],
		rows,
	);
	const notes = `The other engines, each in three processes with the same Redis and the same gateway:\n\n${setups(engines)}`;
	return [
		...(rows.length > 0 ? [made] : []),
		...(waits.length > 0 ? [newcomerTable(waits)] : []),
		...(engines.size > 0 ? [notes] : []),
	].join('\n\n');
}

async function measure(
	{ name, calls, clockSkews = [0, 0, 0], before, happens, engine, without }: Row,
	engines: string,
): Promise<{ cells: string[]; refusedAt: string[] }> {
	const scene = await startScene(clockSkews, {}, [], engine && (async () => await startEngine(engine, engines)));
	try {
		const fields = await before?.(scene);
		const working = scene.work(calls, fields && { credentials: { ...scene.credentials, ...fields } });
		if (happens) await pause(HAPPENS_MS).then(async () => await happens(scene));
		const reports = await working;
		const seen = seenBy(scene.sandbox);
		const total = totalOf(calls);
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
			calls === EVEN ? partsOf(scene.sandbox.calls, calls.length) : '–',
			`${(firstMinute.longestPause / 1_000).toFixed(1)} s`,
			engine ? '–' : warningsOf(reports),
			`${(seen.tookMs / 1_000).toFixed(1)} s`,
			without ? '–' : (seen.tookMs / leastMs(total)).toFixed(3),
			without ? '–' : ((await scriptsIn(scene)) / total).toFixed(1),
		];
		return { cells, refusedAt };
	} finally {
		await scene.close();
	}
}

/** The least and the most calls that one of the processes had let through among the first 120; a call is of the process whose work it is. */
function partsOf(calls: RecordedCall[], processes: number): string {
	const first = calls.filter(({ status }) => status === 200).slice(0, 120);
	const parts = Array.from({ length: processes }, (_, index) => first.filter(({ query }) => query.filter?.includes(`==w${index}-`)).length);
	return `${Math.min(...parts)} to ${Math.max(...parts)}`;
}

const warningsOf = (reports: Report[]): string => [...new Set(reports.map(({ warnings }) => warnings.length))].sort().join('–');

/** Runs of the script since Redis was started. */
async function scriptsIn({ redis }: Scene): Promise<number> {
	const stats = String(await redis.command('INFO', 'commandstats'));
	return Number(/cmdstat_evalsha:calls=(\d+)/.exec(stats)?.[1] ?? 0);
}
