import type { HttpAnswer } from '../../nodes/shared/transport/http/http';
import { limitsOf } from '../../nodes/shared/throttle/local/keyLimits';
import { executeContext } from '../support/context';
import { simulate, wire } from './simulation';

const mockWire = wire;
jest.mock('../../nodes/shared/transport/http/http', () => ({
	send: async (call: never) => await mockWire.gateway?.send(call),
}));

const none = { second: 0, minute: 0, day: 0 };
const learning = executeContext({ credentials: { limits: 'fromKeap' } });
const higher = { perSecond: 10, perMinute: 240, perDay: 30_000 };
const optimum = (calls: number) => Math.floor((calls - 1) / 240) * 60_000 + ((calls - 1) % 240) * 100;

describe('limits from Keap', () => {
	test.each([50, 300, 600])('headers that say 240 a minute: %d calls in at most 1.05 of what those allow', async (calls) => {
		await simulate(higher, async ({ backlog, gateway }) => {
			const took = await backlog(calls, learning);
			expect(gateway.refused).toEqual(none);
			// The first answer has to come before anything is known.
			expect(took).toBeLessThanOrEqual(optimum(calls) * 1.05 + 200);
		});
	});

	test('a second that did not grow with the minute is found out by one 429', async () => {
		await simulate({ ...higher, perSecond: 5 }, async ({ backlog, gateway }) => {
			await backlog(240, learning);
			expect(gateway.refused).toEqual({ second: 1, minute: 0, day: 0 });
			expect(new Set(gateway.paths).size).toBe(240);
		});
	});

	test('credentials with the same key and other limits do not make it forgotten in turns', async () => {
		await simulate({}, async ({ call, clock, gateway }) => {
			const entered = [{ limits: 'fixed' }, { requestsPerSecond: 10, requestsPerMinute: 240 }].map((credentials, index) =>
				executeContext({ executionId: String(index), credentials }),
			);
			const oneByOne = async (context: (typeof entered)[0]) => {
				for (let index = 0; index < 150; index++) await call(index, context);
			};
			await clock.settle(Promise.all(entered.map(oneByOne)));
			expect(gateway.refused.second).toBeLessThanOrEqual(2);
		});
	});

	test.each<[string, Record<string, string>]>([
		['empty', { limit: '', available: '', used: '' }],
		['joined', { limit: '120|10000', available: '119|9999', used: '1|1' }],
		['negative', { limit: '-1', available: '-5', used: '-1' }],
		['not numbers', { limit: 'NaN', available: 'Infinity', used: '1e3' }],
		['absurd', { limit: '999999999', available: '999999998', used: '1' }],
		['zero', { limit: '0', available: '120', used: '0' }],
	])('headers with %s values neither stop the calls nor let more through', async (_name, values) => {
		const alter = (answer: HttpAnswer): HttpAnswer => {
			const families = ['x-keap-product-throttle', 'x-keap-product-quota'];
			const wrong = families.flatMap((family) => Object.entries(values).map(([name, value]) => [`${family}-${name}`, value]));
			return { ...answer, text: answer.text, headers: { ...answer.headers, ...(Object.fromEntries(wrong) as Record<string, string>) } };
		};
		for (const limits of ['fixed', 'fromKeap']) {
			await simulate({ alter, second: 'none', perMinute: 1_000_000 }, async ({ backlog, gateway }) => {
				const took = await backlog(130, executeContext({ credentials: { limits } }));
				// Three of 120 are left to people.
				expect([gateway.most(1_000), gateway.most(60_000)]).toEqual([5, 117]);
				expect(took).toBeGreaterThan(60_000);
				expect(took).toBeLessThan(65_000);
			});
		}
	});
});

const assured = { perSecond: 5, perMinute: 120, perDay: 15_000, dailyQuotaAction: 'fail' } as const;

test.each<[string, boolean, number | undefined, number, number]>([
	['lower limits always count', false, 60, 60, 5],
	['fixed ones are never passed', false, 240, 120, 5],
	['those from Keap follow it, the second in step', true, 240, 240, 10],
	['what is absurd does not count', true, 999_999_999, 120, 5],
	['nothing named', true, undefined, 120, 5],
])('%s', (_name, fromKeap, perMinute, expectedMinute, expectedSecond) => {
	const limits = limitsOf({ ...assured, fromKeap }, { perMinute });
	expect([limits.perMinute, limits.perSecond]).toEqual([expectedMinute, expectedSecond]);
});

test("limits entered low follow Keap's as well, and the second no faster than Keap's own beside its minute", () => {
	const entered = { perSecond: 5, perMinute: 10, perDay: 500, dailyQuotaAction: 'fail', fromKeap: true } as const;
	expect(limitsOf(entered, { perMinute: 240, perDay: 30_000 })).toEqual({ perSecond: 10, perMinute: 240, perDay: 30_000 });
});
