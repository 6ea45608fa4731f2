import { httpCodeOf, quotaOf } from '../../nodes/shared/transport';
import type { HttpAnswer } from '../../nodes/shared/transport/http/http';
import { HttpFailure } from '../../nodes/shared/transport/http/httpFailure';
import { executeContext } from '../support/context';
import { simulate, wire } from '../throttle/simulation';

const mockWire = wire;
jest.mock('../../nodes/shared/transport/http/http', () => ({
	send: async (call: never) => await mockWire.gateway?.send(call),
}));

const MINUTE = 60_000;

/** Keap's answers while `when()` holds: 429, with or without headers. */
function refuseWhile(when: () => boolean, body: string, headers: Record<string, string> = {}) {
	return (answer: HttpAnswer): HttpAnswer => (when() ? { status: 429, headers, text: body } : answer);
}

describe('429', () => {
	test.each([
		['without headers or body', '', {}],
		['as Keap words it', '{"code":"429","message":"Quota Exceeded","status":"Request Throttled","details":null}', {}],
		['for the second', '{"fault":{"detail":{"errorcode":"policies.ratelimit.SpikeArrestViolation"}}}', {}],
		['for the minute', '', { 'x-keap-product-throttle-available': '0', 'x-keap-product-throttle-limit': '120' }],
	])('%s: for a minute on end, every call is delivered after it, and few are spent on asking', async (_name, text, headers) => {
		let attempts = 0;
		const until = 5_000 + MINUTE;
		const alter = (answer: HttpAnswer) => {
			const now = performance.now();
			const refuse = now >= 5_000 && now < until;
			if (refuse) attempts++;
			return refuseWhile(() => refuse, text, headers)(answer);
		};
		await simulate({ alter, headers: false, minute: 'fixedFirst', perMinute: 1_000 }, async ({ backlog, clock, call, gateway }) => {
			await clock.pass(3_000);
			const other = call('other', executeContext({ executionId: 'other' }), { method: 'PATCH' });
			await clock.settle(other);
			const took = await backlog(60);
			expect(attempts).toBeGreaterThan(1);
			expect(attempts).toBeLessThan(20);
			// All that was sent, less what was refused, is each call once.
			expect(gateway.paths.length - attempts).toBe(61);
			expect(new Set(gateway.paths).size).toBe(61);
			// Where Keap says that its minute holds 120, the calls left to people come last: 5.3 s after the minute, 3.4 s without them.
			expect(took).toBeLessThan(until + MINUTE + 6_000);
		});
	});

	test('pauses every flow with the key, for a second after a spike', async () => {
		let refuse = true;
		const alter = (answer: HttpAnswer): HttpAnswer => {
			if (!refuse) return answer;
			refuse = false;
			return { status: 429, headers: {}, text: 'SpikeArrestViolation' };
		};
		await simulate({ alter }, async ({ call, clock, gateway }) => {
			const flows = ['a', 'b', 'c'].map(async (id) => await call(id, executeContext({ executionId: id })));
			await clock.pass(100);
			expect((await quotaOf(executeContext())).pausedUntil).toBe(new Date(Date.now() - 80 + 1_000).toISOString());
			await clock.settle(Promise.all(flows));
			const [first, second] = gateway.arrivals;
			expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(1_000);
			expect(gateway.paths.map((path) => path.slice(-1))).toEqual(['a', 'b', 'c', 'a']);
		});
	});

	test.each<[string, Record<string, string>, number]>([
		['seconds', { 'retry-after': '40' }, 40_000],
		['nothing', {}, 1_000],
	])('with a Retry-After of %s pauses for as long', async (_name, headers, least) => {
		let refuse = true;
		const alter = (answer: HttpAnswer): HttpAnswer => {
			if (!refuse) return answer;
			refuse = false;
			return { status: 429, headers, text: '' };
		};
		await simulate({ alter }, async ({ call, clock, gateway }) => {
			await clock.settle(Promise.all([call('a'), call('b')]));
			const waited = (gateway.arrivals.at(-2) ?? 0) - (gateway.arrivals[0] ?? 0);
			expect(waited).toBeGreaterThanOrEqual(least);
			expect(waited).toBeLessThan(least + 2_000);
		});
	});

	test('that speaks of a day whose headers say much is left is tried again at once, whatever the credential does about a day', async () => {
		let refuse = true;
		const alter = (answer: HttpAnswer): HttpAnswer => {
			if (!refuse) return answer;
			refuse = false;
			const headers = { 'x-keap-product-quota-available': '14000', 'x-keap-product-quota-limit': '15000' };
			return { status: 429, headers, text: '{"message":"Limits: 5 per second, 15000 per day"}' };
		};
		await simulate({ alter }, async ({ call, clock }) => {
			await clock.settle(call('a'));
			expect(clock.elapsed()).toBeLessThan(10_000);
		});
	});

	test('goes again before the later calls of its flow', async () => {
		let refused = 0;
		const alter = (answer: HttpAnswer): HttpAnswer => (++refused === 2 ? { status: 429, headers: {}, text: '' } : answer);
		await simulate({ alter }, async ({ backlog, gateway }) => {
			await backlog(6);
			expect(gateway.paths.map((path) => path.slice(-1)).join('')).toMatch(/^01[23]?1/);
		});
	});

	test('for six minutes twice, with another failure between, is no ten minutes on end', async () => {
		let others = 0;
		const alter = (answer: HttpAnswer): HttpAnswer => {
			const now = performance.now();
			if (now < 6 * MINUTE) return { status: 429, headers: {}, text: '' };
			if (others++ === 0) return { status: 503, headers: {}, text: '' };
			return now < 12 * MINUTE ? { status: 429, headers: {}, text: '' } : answer;
		};
		await simulate({ alter }, async ({ call, clock }) => {
			await clock.settle(call('x', executeContext(), { method: 'GET' }));
			expect(clock.elapsed()).toBeGreaterThan(12 * MINUTE);
		});
	});

	test('a DELETE that was in doubt once stays in doubt over a try that was never sent: 404 then says that it is done', async () => {
		const ends = [
			() => HttpFailure.from(undefined, { sent: true, kind: 'reset' }),
			() => HttpFailure.from(undefined, { sent: false, kind: 'refused' }),
		];
		const alter = (): HttpAnswer => {
			const next = ends.shift();
			if (next) throw next();
			return { status: 404, headers: {}, text: '{"message":"gone"}' };
		};
		await simulate({ alter }, async ({ call, clock }) => {
			expect(await clock.settle(call('x', executeContext(), { method: 'DELETE' }))).toBeNull();
		});
	});

	test('for more than ten minutes on end ends in an error that says so', async () => {
		await simulate({ alter: () => ({ status: 429, headers: {}, text: '' }) }, async ({ call, clock, gateway }) => {
			const error: unknown = await clock.settle(call('x').catch((reason: unknown) => reason));
			expect(httpCodeOf(error)).toBe(429);
			expect(error).toMatchObject({
				message: expect.stringContaining('for ten minutes'),
				description: expect.stringContaining('Nothing was carried out'),
			});
			expect(clock.elapsed()).toBeGreaterThan(10 * MINUTE);
			expect(gateway.arrivals.length).toBeLessThan(60);
		});
	});
});

describe('the daily quota', () => {
	const startsAt = Date.UTC(2026, 0, 15, 23, 59, 0);
	const midnight = '2026-01-16T00:00:00.000Z';

	test.each([
		['by our own count', { perDay: 1_000, headers: false }, 20],
		['by Keap’s headers', { perDay: 20 }, 15_000],
	])(
		'used up %s, action fail: the error names the reset, the rest fails at once without a call',
		async (_name, gatewayOptions, requestsPerDay) => {
			await simulate({ startsAt, ...gatewayOptions }, async ({ call, clock, gateway }) => {
				const context = executeContext({ credentials: { requestsPerDay } });
				const calls = Array.from({ length: 50 }, async (_, index) => await call(index, context));
				const results = await clock.settle(Promise.allSettled(calls));
				const failed = results.filter((result) => result.status === 'rejected');
				expect(failed).toHaveLength(30);
				expect(gateway.arrivals).toHaveLength(20);
				expect(gateway.refused.day).toBe(0);
				expect(clock.elapsed()).toBeLessThan(6_000);
				const [{ reason }] = failed as [PromiseRejectedResult];
				expect(reason.message).toContain(midnight);
				expect(httpCodeOf(reason)).toBe(429);
				await expect(clock.settle(call('later', context))).rejects.toThrow(midnight);
				expect((await quotaOf(context)).day).toEqual({ limit: 20, used: 20, available: 0, resetsAt: midnight });
				await clock.pass(2 * MINUTE);
				await clock.settle(call('tomorrow', context));
			});
		},
	);

	test.each([
		['by our own count', { perDay: 1_000, headers: false }, 20],
		['by Keap’s headers', { perDay: 20 }, 15_000],
	])(
		'used up %s, action wait: goes on after midnight UTC, nothing lost, nothing refused',
		async (_name, gatewayOptions, requestsPerDay) => {
			await simulate({ startsAt, ...gatewayOptions }, async ({ backlog, gateway, clock }) => {
				const context = executeContext({ credentials: { requestsPerDay, dailyQuotaAction: 'wait' } });
				await backlog(35, context);
				expect(gateway.refused).toEqual({ second: 0, minute: 0, day: 0 });
				expect(gateway.arrivals).toHaveLength(35);
				expect(gateway.arrivals[20]).toBeGreaterThanOrEqual(MINUTE);
				expect(clock.elapsed()).toBeLessThan(MINUTE + 10_000);
			});
		},
	);

	test('an answer of yesterday says nothing of today', async () => {
		const options = { startsAt: Date.UTC(2026, 0, 15, 23, 59, 58), perDay: 1, work: [5_000, 5_000] as const };
		await simulate(options, async ({ call, clock }) => {
			await clock.settle(call('yesterday'));
			expect(clock.elapsed()).toBe(5_000);
			await clock.settle(call('today'));
			expect(clock.elapsed()).toBe(10_000);
		});
	});

	test('used up by others: the 429 is heeded, and the wait can be cancelled', async () => {
		await simulate({ startsAt, perDay: 10, second: 'none' }, async ({ call, clock, gateway }) => {
			for (let other = 0; other < 10; other++) gateway.spendElsewhere();
			await clock.pass(1_000);
			const stop = new AbortController();
			const context = executeContext({ cancel: stop.signal, credentials: { dailyQuotaAction: 'wait' } });
			const waiting = call('x', context);
			waiting.catch(() => undefined);
			await clock.pass(10_000);
			expect(gateway.refused.day).toBe(1);
			stop.abort();
			await expect(clock.settle(waiting)).rejects.toThrow('Execution canceled');
			await clock.pass(100);
			expect(clock.pending()).toBe(0);
		});
	});
});

test.each([
	['empty', ''],
	['two in one', '119|14999'],
	['negative', '-5'],
	['not a number', 'NaN'],
	['absurd', '99999999999999999999'],
	['fractional', '3.7'],
])('headers that are %s are unknown: no NaN, no stall', async (_name, value) => {
	const alter = (answer: HttpAnswer): HttpAnswer => ({
		...answer,
		headers: Object.fromEntries(Object.keys(answer.headers).map((name) => [name, value])),
	});
	await simulate({ alter }, async ({ backlog }) => {
		expect(await backlog(20)).toBeLessThan(5_000);
		const { minute, day, source } = await quotaOf(executeContext());
		expect({ minute, used: day.used, source }).toEqual({
			minute: { limit: 120, used: 20, available: 100 },
			used: 20,
			source: 'ownCount',
		});
	});
});
