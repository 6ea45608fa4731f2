import { type Logger, LoggerProxy } from 'n8n-workflow';
import { type Crowd, type CrowdOptions, mostWithin, shares, startCrowd } from './crowd';
import { type RedisServer, startRedis, waitFor } from './redisServer';

// What depends on the product alone is in simulated.test.ts, in virtual time; these few run in real time.
let redis: RedisServer;
let crowd: Crowd | undefined;
const warnings: string[] = [];

beforeAll(async () => {
	redis = await startRedis();
	const log = { warn: (text: string) => void warnings.push(text), info: () => undefined };
	LoggerProxy.init(log as Partial<Logger> as Logger);
});
beforeEach(async () => void (await redis.command('FLUSHALL')));
afterEach(async () => await crowd?.close());
afterAll(async () => await redis.close());

const limits = { perSecond: 10, perMinute: 10_000, perDay: 100_000, dailyQuotaAction: 'fail' } as const;

async function start(options: Partial<CrowdOptions> & Pick<CrowdOptions, 'distances'>): Promise<Crowd> {
	crowd = await startCrowd(redis, { limits, ...options });
	return crowd;
}

/** The next so many calls, once all processes are under way. */
async function next(calls: number, { sent }: Crowd, warmUp: number): Promise<Crowd['sent']> {
	await waitFor(() => sent.length >= warmUp, 60_000);
	const from = sent.length;
	await waitFor(() => sent.length >= from + calls, 60_000);
	return sent.slice(from, from + calls);
}

test.each<[string, number[]]>([
	['2 processes', [0, 30]],
	['3 processes', [0, 2, 30]],
	['8 processes', [0, 0, 0, 0, 4, 0, 30, 30]],
])('%s with equal backlogs get equal parts, whoever is nearer to Redis', async (_name, distances) => {
	const all = await start({ distances });
	distances.forEach((_, process) => void all.work(process, 400));
	const seen = await next(120, all, 20);
	const part = 120 / distances.length;
	for (const share of shares(seen, distances.length)) expect(Math.abs(share - part)).toBeLessThanOrEqual(Math.max(1, part * 0.2));
	expect(mostWithin(all.sent, 1_000)).toBeLessThanOrEqual(10);
	expect(warnings).toEqual([]);
});

test('one item behind seven busy processes waits for no more than nine slots', async () => {
	const all = await start({ distances: [0, 0, 0, 0, 0, 0, 0, 10] });
	for (let process = 0; process < 7; process++) void all.work(process, 100);
	await waitFor(() => all.sent.length >= 25);
	const before = all.sent.length;
	await all.work(7, 1, { flow: 'single' });
	const place = all.sent.findIndex(({ flow }) => flow === 'single');
	expect(place - before).toBeLessThanOrEqual(9);
});

test('a process with three executions gets three times the slots of one with one', async () => {
	const all = await start({ distances: [0, 0] });
	for (const flow of ['a', 'b', 'c']) void all.work(0, 200, { flow });
	void all.work(1, 200);
	const seen = await next(80, all, 20);
	expect(Math.abs(shares(seen, 2)[1]! - 20)).toBeLessThanOrEqual(3);
});

test('a person at the editor is served at once while workers have used up the minute', async () => {
	const all = await start({ distances: [0, 0, 0], limits: { ...limits, perSecond: 20, perMinute: 60 } });
	for (const worker of [0, 1]) void all.work(worker, 400);
	await waitFor(() => all.sent.length >= 58);
	await new Promise((resolve) => setTimeout(resolve, 1_000));
	expect(all.sent).toHaveLength(58);
	await all.work(2, 1, { flow: 'dropdown', priority: 'person' });
	expect(all.sent).toHaveLength(59);
	expect(all.sent.at(-1)!.at - all.sent.at(-2)!.at).toBeLessThan(3_500);
});

test('those whose executions are stopped leave their turns to the others', async () => {
	const all = await start({ distances: [0, 0, 0] });
	void all.work(0, 100);
	const stopped = new AbortController();
	for (const process of [1, 2]) void all.work(process, 100, { signal: stopped.signal });
	await waitFor(() => all.sent.length >= 20);
	stopped.abort();
	const from = all.sent.length;
	await waitFor(() => all.sent.length >= from + 40);
	const its = all.sent.slice(from);
	expect(its.filter(({ process }) => process !== 0)).toEqual([]);
	// Ten a second, and what it takes to notice.
	expect(its.at(-1)!.at - its[0]!.at).toBeLessThan(5_500);
});

test('a credential’s own limits hold for its calls in all processes together, and do not stop another', async () => {
	const own = { perSecond: 10, perMinute: 6, perDay: 100_000, dailyQuotaAction: 'fail' } as const;
	const all = await start({ distances: [0, 0], credentials: { agent: own } });
	for (const process of [0, 1]) {
		void all.work(process, 20, { credential: 'agent', flow: 'agent' });
		void all.work(process, 100);
	}
	await waitFor(() => all.sent.length >= 80);
	// One that came too late for its slot is not counted back.
	expect([5, 6]).toContain(all.sent.filter(({ flow }) => flow === 'agent').length);
});
