import { quotaOf } from '../../nodes/shared/transport';
import { throttleFor } from '../../nodes/shared/throttle/registry';
import { KeyThrottle } from '../../nodes/shared/throttle/keyThrottle';
import type { QuotaWindows, Slot } from '../../nodes/shared/throttle/quota/windows';
import { executeContext, lookupContext } from '../support/context';
import { simulate, wire } from './simulation';

const mockWire = wire;
jest.mock('../../nodes/shared/transport/http/http', () => ({
	send: async (call: never) => await mockWire.gateway?.send(call),
}));

const none = { second: 0, minute: 0, day: 0 };
const contextWith = (credentialId: string, credentials: object = {}) =>
	executeContext({ credentialId, executionId: credentialId, credentials: { ...credentials } });
const arrivalsOf = (gateway: { paths: string[]; arrivals: number[] }, name: string) =>
	gateway.arrivals.filter((_, index) => gateway.paths[index]?.includes(name));
const mostWithin = (times: number[], windowMs: number) =>
	Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + windowMs).length));

describe('two credentials with one key', () => {
	test('each is bound by its own limits, and both together by the higher', async () => {
		await simulate({}, async ({ call, clock, gateway }) => {
			const slow = contextWith('slow', { requestsPerMinute: 60 });
			const fast = contextWith('fast', { requestsPerMinute: 120 });
			const calls = [
				...Array.from({ length: 150 }, async (_, index) => await call(`slow${index}`, slow)),
				...Array.from({ length: 150 }, async (_, index) => await call(`fast${index}`, fast)),
			];
			await clock.settle(Promise.all(calls));
			expect(clock.elapsed()).toBeLessThan(136_000);
			expect(gateway.refused).toEqual(none);
			// Up to three calls of a minute are left to people.
			expect(mostWithin(arrivalsOf(gateway, 'slow'), 60_000)).toBeLessThanOrEqual(60);
			expect(mostWithin(arrivalsOf(gateway, 'slow'), 60_000)).toBeGreaterThanOrEqual(57);
			expect(gateway.most(60_000)).toBeLessThanOrEqual(120);
			expect(gateway.most(60_000)).toBeGreaterThanOrEqual(117);
		});
	});

	test('one that may only call every two seconds does not slow the other down', async () => {
		await simulate({}, async ({ call, clock, gateway }) => {
			const slow = contextWith('slow', { requestsPerSecond: 0.5 });
			const fast = contextWith('fast', { requestsPerSecond: 5 });
			for (let item = 0; item < 10; item++) void call(`slow${item}`, slow);
			await clock.pass(300);
			const from = clock.elapsed();
			await clock.settle(Promise.all(Array.from({ length: 50 }, async (_, item) => await call(`fast${item}`, fast))));
			expect(clock.elapsed() - from).toBeLessThan(13_000);
			await clock.pass(20_000);
			const slowly = arrivalsOf(gateway, 'slow');
			expect(slowly).toHaveLength(10);
			slowly.slice(1).forEach((time, index) => expect(time - slowly[index]!).toBeGreaterThanOrEqual(2_000));
		});
	});

	test('one whose day is used up does not stop the other, and fails by itself', async () => {
		await simulate({ second: 'none' }, async ({ call, clock, gateway }) => {
			const agent = contextWith('agent', { requestsPerDay: 50, requestsPerSecond: 50 });
			const bulk = contextWith('bulk', { requestsPerSecond: 50 });
			const agentCalls = Promise.allSettled(Array.from({ length: 60 }, async (_, item) => await call(`agent${item}`, agent)));
			const bulkCalls = Promise.all(Array.from({ length: 200 }, async (_, item) => await call(`bulk${item}`, bulk)));
			const failed = (await clock.settle(agentCalls)).filter(({ status }) => status === 'rejected');
			expect(failed).toHaveLength(10);
			expect(String((failed[0] as PromiseRejectedResult).reason)).toContain('daily quota');
			await clock.settle(bulkCalls);
			expect(arrivalsOf(gateway, 'bulk')).toHaveLength(200);
			expect((await quotaOf(agent)).day).toMatchObject({ limit: 50, available: 0 });
			expect((await quotaOf(bulk)).day.available).toBeGreaterThan(10_000);
		});
	});

	test('one whose day is used up waits for the next where it says so, and goes on then', async () => {
		await simulate({ startsAt: Date.UTC(2026, 0, 15, 23, 58), second: 'none' }, async ({ call, clock, gateway }) => {
			const waiting = contextWith('waiting', { requestsPerDay: 2, dailyQuotaAction: 'wait' });
			const other = contextWith('other');
			const calls = Promise.all([0, 1, 2].map(async (item) => await call(`waiting${item}`, waiting)));
			await clock.pass(10_000);
			await clock.settle(call('other', other), 1_000);
			expect(arrivalsOf(gateway, 'waiting')).toHaveLength(2);
			await clock.settle(calls);
			expect(clock.elapsed()).toBeGreaterThan(120_000);
			expect(clock.elapsed()).toBeLessThan(125_000);
		});
	});

	test('raised limits let waiting calls go at once', async () => {
		await simulate({ second: 'none', perMinute: 1_000 }, async ({ call, clock, gateway }) => {
			const limited = (requestsPerMinute: number) => contextWith('one', { requestsPerMinute, requestsPerSecond: 50 });
			await clock.settle(call('high', contextWith('two', { requestsPerMinute: 500, requestsPerSecond: 50 })));
			for (let item = 0; item < 20; item++) void call(`one${item}`, limited(10));
			await clock.pass(5_000);
			expect(arrivalsOf(gateway, 'one')).toHaveLength(10);
			void call('one20', limited(100));
			await clock.pass(2_000);
			expect(arrivalsOf(gateway, 'one')).toHaveLength(21);
		});
	});
});

describe('keys of one account', () => {
	test('share minute and day after the first answer of each, and not the second', async () => {
		await simulate({ account: 'demo', second: 'none' }, async ({ call, clock, gateway }) => {
			const keys = ['first-key-000001', 'second-key-00002'].map((apiKey) =>
				executeContext({ executionId: apiKey, credentials: { apiKey } }),
			);
			const from = clock.elapsed();
			const calls = keys.flatMap((context, key) => Array.from({ length: 90 }, async (_, item) => await call(`${key}x${item}`, context)));
			await clock.settle(Promise.all(calls));
			expect(gateway.refused).toEqual(none);
			// All but what is left to people; each key by itself would have sent its 90.
			expect(gateway.most(60_000)).toBeLessThanOrEqual(120);
			expect(gateway.most(60_000)).toBeGreaterThanOrEqual(117);
			// Each key has a pace of its own: together they are twice as fast.
			expect(gateway.arrivals[99]! - from).toBeLessThan(12_000);
			for (const context of keys) expect((await quotaOf(context)).day.available).toBe(15_000 - 180);
		});
	});

	test('a key whose answers name another account in between, and the first one again, goes on, and takes no other key along', async () => {
		let wanderer = 'one';
		const account = (key: string) => (key === 'first-key-000001' ? wanderer : 'one');
		await simulate({ account, second: 'none', headers: false }, async ({ call, clock, gateway }) => {
			const [first, second] = ['first-key-000001', 'second-key-00002'].map((apiKey) =>
				executeContext({ executionId: apiKey, credentials: { apiKey, limits: 'fixed' } }),
			);
			await clock.settle(Promise.all([call('a', first), call('b', second)]));
			for (const name of ['another', 'one', 'another', 'one']) {
				wanderer = name;
				await clock.settle(Promise.all([call(name, first), call('c', second)]));
			}
			expect(gateway.arrivals).toHaveLength(10);
			const used = async (context: typeof first) => (await quotaOf(context!)).day.used;
			// What it spent while it seemed to be another account's counts there: the first call after each change was still sent as before.
			expect([await used(first), await used(second)]).toEqual([8, 8]);
		});
	});

	test('of two accounts share nothing', async () => {
		await simulate({ account: (key) => key, second: 'none', headers: false }, async ({ call, clock }) => {
			for (const apiKey of ['first-key-000001', 'second-key-00002']) {
				const context = executeContext({ credentials: { apiKey, limits: 'fixed' } });
				await clock.settle(call('x', context));
				expect((await quotaOf(context)).day.used).toBe(1);
			}
		});
	});
});

test('a caller that announces its backlog keeps the reserve for people, although one call waits at a time', async () => {
	await simulate({}, async ({ call, clock }) => {
		const big = executeContext({ executionId: 'big' });
		void (async () => {
			for (let item = 0; item < 2_000; item++) await call(item, big, { backlog: 2_000 - item });
		})();
		await clock.pass(40_000);
		const asked = clock.elapsed();
		await clock.settle(call('dropdown', lookupContext(), { method: 'GET' }));
		expect(clock.elapsed() - asked).toBeLessThan(2_000);
	});
});

test('a slot that comes when its caller has left goes back unused', async () => {
	let give: (slot: Slot) => void = () => undefined;
	let asked: () => void = () => undefined;
	const asks = new Promise<void>((resolve) => (asked = resolve));
	const acquire = async () => {
		asked();
		return await new Promise<Slot>((resolve) => (give = resolve));
	};
	const windows = { tryAcquire: () => undefined, acquire };
	const throttle = new KeyThrottle(windows as Partial<QuotaWindows> as QuotaWindows);
	const stop = new AbortController();
	const ticket = { credential: 'c', flow: 'f', priority: 'execution', order: 1, signal: stop.signal } as const;
	const send = jest.fn();
	const called = throttle.schedule(ticket, send);
	await asks;
	stop.abort();
	await expect(called).rejects.toThrow();
	const unused = jest.fn();
	give({ unused } as Partial<Slot> as Slot);
	await new Promise((resolve) => setImmediate(resolve));
	expect(unused).toHaveBeenCalledTimes(1);
	expect(send).not.toHaveBeenCalled();
});

test('a day that Keap closed is tried by one call now and then, and opens when that is let through', async () => {
	let closed = true;
	const alter = <Answer extends { status: number }>(answer: Answer): Answer =>
		closed ? { ...answer, status: 429, headers: {}, text: 'Daily quota exceeded' } : answer;
	await simulate({ alter, second: 'none', headers: false }, async ({ call, clock, gateway }) => {
		const outcome = async (name: string) =>
			await clock.settle(
				call(name).then(
					() => 'done',
					(error: Error) => error.message,
				),
			);
		expect(await outcome('first')).toContain('daily quota');
		const tried = gateway.arrivals.length;
		for (let minute = 0; minute < 4; minute++) {
			expect(await outcome('refused')).toContain('daily quota');
			await clock.pass(60_000);
		}
		expect(gateway.arrivals).toHaveLength(tried);
		await clock.pass(61_000);
		expect(await outcome('probe')).toContain('daily quota');
		expect(gateway.arrivals).toHaveLength(tried + 1);
		closed = false;
		await clock.pass(301_000);
		expect(await outcome('opens')).toBe('done');
		expect(await outcome('next')).toBe('done');
	});
});

test('nothing secret can be read from globalThis', async () => {
	await simulate({}, async ({ call, clock }) => {
		const secrets = ['secret-api-key-1', 'secret-password', 'secret-user'];
		const [apiKey, redisPassword, redisUser] = secrets;
		const sharing = {
			source: 'credential' as const,
			kind: 'single' as const,
			addresses: [{ host: 'redis.invalid', port: 1 }],
			user: redisUser!,
			password: redisPassword!,
			database: 0,
			tls: false,
			keyPrefix: '',
		};
		const limits = { perSecond: 5, perMinute: 120, perDay: 100, dailyQuotaAction: 'fail' } as const;
		throttleFor({ keyName: 'name', host: 'host', limits, sharing });
		await clock.settle(call('x', executeContext({ credentials: { apiKey } })));
		const seen = new Set<unknown>();
		const texts: string[] = [];
		const walk = (value: unknown): void => {
			if (typeof value === 'string') texts.push(value);
			if (typeof value !== 'object' || value === null || seen.has(value)) return;
			seen.add(value);
			if (value instanceof Map) for (const [key, each] of value) [key, each].forEach(walk);
			if (value instanceof Set) value.forEach(walk);
			for (const key of Reflect.ownKeys(value)) walk(Reflect.get(value, key));
		};
		walk(Reflect.get(globalThis, Symbol.for('n8n-nodes-keap')));
		expect(texts.length).toBeGreaterThan(5);
		for (const secret of secrets) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
	});
});
