import { executeContext, lookupContext } from '../test/support/context';
import { table } from './report';
import { leastMs } from './work';

type Simulate = (typeof import('../test/throttle/simulation'))['simulate'];
type World = Parameters<Parameters<Simulate>[1]>[0];

interface Case {
	name: string;
	must: string;
	measure(simulate: Simulate): Promise<string>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PHASES = [0, 7_000, 19_000, 31_000, 42_700, 53_000];

const refusals = ({ gateway: { refused } }: World): number => refused.second + refused.minute + refused.day;
const ratio = (one: number, other: number): string => (one / other).toFixed(3);

/** `setInterval` on the virtual clock, until the returned function is called. */
function every(run: () => void, ms: number): () => void {
	let going = true;
	const next = () => {
		setTimeout(() => {
			if (!going) return;
			run();
			next();
		}, ms);
	};
	next();
	return () => void (going = false);
}

/** 2,000 calls of one execution are under way; then something else is measured. */
async function behindMany(simulate: Simulate, afterMs: number, measure: (world: World) => Promise<string>): Promise<string> {
	let measured = '';
	const big = executeContext({ executionId: 'big' });
	await simulate({}, async (world) => {
		for (let item = 0; item < 2_000; item++) void world.call(item, big);
		await world.clock.pass(afterMs);
		measured = await measure(world);
	});
	return measured;
}

const CASES: Case[] = [
	{
		name: '100 calls, 59 s of rest, three times, then 300; rolling minutes, minutes of the clock and minutes from the first call, each begun at six phases',
		must: 'no 429, 1.03',
		measure: async (simulate) => {
			let [worst, refused] = [0, 0];
			for (const minute of ['rolling', 'fixedClock', 'fixedFirst'] as const) {
				for (const phase of PHASES) {
					await simulate({ minute }, async (world) => {
						await world.clock.pass(phase);
						for (let burst = 0; burst < 3; burst++) {
							worst = Math.max(worst, (await world.backlog(100)) / leastMs(100));
							await world.clock.pass(59_000);
						}
						await world.clock.pass(2_000);
						worst = Math.max(worst, (await world.backlog(300)) / leastMs(300));
						refused += refusals(world);
					});
				}
			}
			return `${refused} × 429 in 18 runs, ${worst.toFixed(3)} in the slowest`;
		},
	},
	{
		name: 'another program spends 40 calls a minute with the same key, 300 calls',
		must: 'at most one 429 a minute, 1.15 of what is left',
		measure: async (simulate) => {
			let measured = '';
			await simulate({}, async (world) => {
				const stop = every(() => world.gateway.spendElsewhere(), 1_500);
				await world.clock.pass(61_000);
				const took = await world.backlog(300);
				stop();
				measured = `${refusals(world)} × 429 in ${(took / MINUTE).toFixed(1)} minutes, ${ratio(took, leastMs(300, 5, 80))}`;
			});
			return measured;
		},
	},
	{
		name: 'a process starts after 100 calls of the minute, 60 calls',
		must: 'at most one 429',
		measure: async (simulate) => {
			let measured = '';
			await simulate({ second: 'none' }, async (world) => {
				for (let call = 0; call < 100; call++) world.gateway.spendElsewhere();
				await world.backlog(60);
				measured = `${refusals(world)} × 429`;
			});
			return measured;
		},
	},
	{
		name: 'limits of 10 and 240 in the credential, 5 and 120 at Keap, spike arrest, 300 calls',
		must: 'no stall',
		measure: async (simulate) => {
			let measured = '';
			await simulate({ second: 'spikeArrest' }, async (world) => {
				const took = await world.backlog(300, executeContext({ credentials: { requestsPerSecond: 10, requestsPerMinute: 240 } }));
				measured = `${refusals(world)} × 429, ${ratio(took, leastMs(300))}`;
			});
			return measured;
		},
	},
	{
		name: 'one execution with 2,000 items, then one with 1 item',
		must: 'the next slot',
		measure: async (simulate) =>
			await behindMany(simulate, 10_000, async ({ call, clock, gateway }) => {
				const before = gateway.paths.length;
				const from = clock.elapsed();
				await clock.settle(call('asked', executeContext({ executionId: 'small' })));
				const ahead = gateway.paths.slice(before).findIndex((path) => path.endsWith('asked'));
				return `${ahead} calls before it, answered after ${((clock.elapsed() - from) / 1_000).toFixed(2)} s`;
			}),
	},
	{
		name: 'the same, the minute is used up, and a person opens a dropdown',
		must: '2 s',
		measure: async (simulate) =>
			await behindMany(simulate, 30_000, async ({ call, clock }) => {
				const from = clock.elapsed();
				await clock.settle(call('asked', lookupContext()));
				return `answered after ${((clock.elapsed() - from) / 1_000).toFixed(2)} s`;
			}),
	},
	{
		name: 'an execution is stopped with 2,000 calls waiting',
		must: 'nothing sent after 250 ms',
		measure: async (simulate) => {
			let measured = '';
			await simulate({}, async ({ call, clock, gateway }) => {
				const stop = new AbortController();
				const context = executeContext({ executionId: 'stopped', cancel: stop.signal });
				const all = Promise.allSettled(Array.from({ length: 2_000 }, async (_, item) => await call(item, context)));
				await clock.pass(2_100);
				const sent = gateway.arrivals.length;
				stop.abort();
				const from = clock.elapsed();
				await clock.settle(all);
				const left = clock.elapsed() - from;
				await clock.pass(MINUTE);
				measured = `${gateway.arrivals.length - sent} sent, all left after ${left.toFixed(0)} ms`;
			});
			return measured;
		},
	},
	{
		name: '24 hours of four workflows that want more than the day has, token bucket',
		must: 'no 429, 98 % of the day’s quota',
		measure: async (simulate) => {
			let measured = '';
			const options = {
				startsAt: Date.UTC(2026, 0, 15, 0, 0, 2),
				wayIn: [0, 20] as const,
				work: [40, 400] as const,
				second: 'tokenBucket' as const,
			};
			await simulate(options, async (world) => {
				let done = 0;
				const workflow = (executionId: string, calls: number, everyMs: number) => {
					const context = executeContext({ executionId, credentials: { dailyQuotaAction: 'wait' } });
					every(() => {
						for (let call = 0; call < calls; call++) void world.call(call, context).then(() => done++);
					}, everyMs);
				};
				workflow('poll', 2, MINUTE);
				workflow('forms', 25, 7 * MINUTE);
				workflow('sync', 150, HOUR);
				workflow('import', 1_500, 4 * HOUR);
				await world.clock.pass(24 * HOUR - 3_000);
				measured = `${refusals(world)} × 429, ${((done / 15_000) * 100).toFixed(1)} %`;
			});
			return measured;
		},
	},
];

/** Cases that are not a matter of time over optimum alone, in virtual time. */
export async function casesTable(simulate: Simulate): Promise<string> {
	const rows: string[][] = [];
	for (const { name, must, measure } of CASES) rows.push([name, must, await measure(simulate)]);
	return table(['case', 'what must hold', 'measured'], rows);
}
