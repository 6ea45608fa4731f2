import type { HttpAnswer } from '../../nodes/shared/transport/http/http';
import { executeContext } from '../support/context';
import { optimum, simulate, wire } from './simulation';
import type { GatewayOptions } from './virtualGateway';

const mockWire = wire;
jest.mock('../../nodes/shared/transport/http/http', () => ({
	send: async (call: never) => await mockWire.gateway?.send(call),
}));

const none = { second: 0, minute: 0, day: 0 };
const jitter: GatewayOptions = { wayIn: [0, 150], work: [30, 120], wayBack: [0, 20] };

describe('a backlog uses the whole quota and never more', () => {
	test.each<[string, number, number, GatewayOptions]>([
		['no more than the second matters', 50, 1.04, {}],
		['two minutes and a half', 300, 1.03, {}],
		['exactly five minutes', 600, 1.03, {}],
		['spike arrest of 200 ms', 300, 1.03, { second: 'spikeArrest' }],
		['token bucket', 300, 1.03, { second: 'tokenBucket' }],
		['minutes of the clock', 300, 1.03, { minute: 'fixedClock' }],
		['minutes from the first call', 300, 1.03, { minute: 'fixedFirst' }],
		['no headers', 300, 1.03, { headers: false }],
		['Keap answers in 600 ms', 300, 1.05, { work: [600, 600] }],
		['Keap answers in 50 to 200 ms', 300, 1.05, { work: [50, 200] }],
		['Keap answers in 2 s', 600, 1.05, { work: [2_000, 2_000] }],
	])('%s: %d calls in at most %f of the least time', async (_name, calls, most, options) => {
		await simulate(options, async ({ backlog, gateway }) => {
			const took = await backlog(calls);
			expect(gateway.refused).toEqual(none);
			expect(gateway.most(1_000)).toBeLessThanOrEqual(5);
			expect(gateway.most(60_000)).toBeLessThanOrEqual(120);
			expect(took / optimum(calls)).toBeLessThanOrEqual(most);
		});
	});

	test.each<[number, string, number, GatewayOptions]>([
		[300, 'strictest second', 0, { second: 'rolling' }],
		[600, 'strictest second', 0, { second: 'rolling' }],
		[300, 'token bucket', 0, { second: 'tokenBucket' }],
		[600, 'token bucket', 0, { second: 'tokenBucket' }],
	])('%d calls, jitter of 150 ms on the way in, %s: at most %d refused, none lost', async (calls, _name, most, options) => {
		await simulate({ ...jitter, ...options }, async ({ backlog, gateway }) => {
			const took = await backlog(calls);
			expect(gateway.refused.minute).toBe(0);
			expect(gateway.refused.second).toBeLessThanOrEqual(most);
			expect(new Set(gateway.paths).size).toBe(calls);
			expect(took / optimum(calls)).toBeLessThanOrEqual(1.03);
		});
	});
});

describe.each(['rolling', 'fixedClock', 'fixedFirst'] as const)('minutes that are %s', (minute) => {
	test.each([0, 7_000, 19_000, 31_000, 42_700, 53_000])(
		'a backlog that starts %d ms into one, and bursts after 59 s of rest',
		async (phase) => {
			await simulate({ minute }, async ({ backlog, clock, gateway }) => {
				await clock.pass(phase);
				for (let burst = 0; burst < 3; burst++) {
					// After 59 s only the last five calls of the burst before still count: the next one has room at once.
					expect((await backlog(100)) / optimum(100)).toBeLessThanOrEqual(1.03);
					await clock.pass(59_000);
				}
				await clock.pass(2_000);
				expect((await backlog(300)) / optimum(300)).toBeLessThanOrEqual(1.03);
				expect(gateway.refused).toEqual(none);
				expect(gateway.most(60_000)).toBeLessThanOrEqual(120);
			});
		},
	);
});

describe('limits in the credential above what Keap allows', () => {
	test.each([
		[6, 120],
		[10, 240],
		[50, 1_000],
	])('%d a second and %d a minute cost one 429: then Keap’s own hold', async (requestsPerSecond, requestsPerMinute) => {
		for (const second of ['rolling', 'tokenBucket', 'spikeArrest'] as const) {
			await simulate({ second }, async ({ backlog, gateway }) => {
				const took = await backlog(300, executeContext({ credentials: { requestsPerSecond, requestsPerMinute } }));
				expect(gateway.refused).toEqual({ second: 1, minute: 0, day: 0 });
				expect(new Set(gateway.paths).size).toBe(300);
				expect(took / optimum(300)).toBeLessThanOrEqual(1.03);
			});
		}
	});

	test('the pace that was refused is tried again after ten minutes', async () => {
		let refuses = true;
		const alter = (answer: HttpAnswer): HttpAnswer => {
			if (!refuses) return answer;
			refuses = false;
			return { status: 429, headers: {}, text: 'SpikeArrestViolation' };
		};
		await simulate({ alter, second: 'none' }, async ({ backlog, clock, gateway }) => {
			const context = executeContext({ credentials: { requestsPerSecond: 20 } });
			await backlog(50, context);
			expect(gateway.most(1_000)).toBeLessThanOrEqual(6);
			await clock.pass(610_000);
			await backlog(50, context);
			expect(gateway.most(1_000)).toBeGreaterThanOrEqual(15);
		});
	});
});

test('an event loop that stalls for 300 ms now and again sends no burst afterwards', async () => {
	await simulate({}, async ({ backlog, clock, gateway }) => {
		const stalls = every(() => clock.stall(300), 3_100);
		const took = await backlog(300);
		stalls.stop();
		expect(gateway.refused).toEqual(none);
		expect(gateway.most(1_000)).toBeLessThanOrEqual(5);
		expect(took / optimum(300)).toBeLessThanOrEqual(1.05);
	});
});

test("Keap's two hosts are one gateway: credentials with the same key share its quota", async () => {
	await simulate({}, async ({ call, clock, gateway }) => {
		const hosts = ['https://api.infusionsoft.com', 'https://api.keap.com'].map((baseUrl, host) =>
			executeContext({ executionId: String(host), credentials: { baseUrl } }),
		);
		const calls = Array.from({ length: 130 }, async (_, index) => await call(index, hosts[index % 2]));
		await clock.settle(Promise.all(calls));
		expect(gateway.refused).toEqual({ second: 0, minute: 0, day: 0 });
		expect(gateway.most(1_000)).toBe(5);
		// Three calls of the first minute are left to people: with them or without, a second minute is needed.
		expect(gateway.most(60_000)).toBe(117);
	});
});

test('another program that spends 40 calls a minute with the same key is heeded', async () => {
	await simulate({}, async ({ backlog, clock, gateway }) => {
		const other = every(() => gateway.spendElsewhere(), 1_500);
		await clock.pass(61_000);
		const took = await backlog(300);
		other.stop();
		const minutes = took / 60_000;
		// 80 calls a minute are left for us.
		expect(took).toBeLessThanOrEqual(1.15 * (Math.floor(299 / 80) * 60_000 + (299 % 80) * 200));
		expect(gateway.refused.minute).toBeLessThanOrEqual(Math.ceil(minutes));
		expect(new Set(gateway.paths).size).toBe(300);
	});
});

test('a new process learns from its first answer what the one before it has spent', async () => {
	await simulate({ second: 'none' }, async ({ backlog, gateway }) => {
		for (let call = 0; call < 100; call++) gateway.spendElsewhere();
		await backlog(60);
		expect(gateway.refused.minute).toBeLessThanOrEqual(1);
		expect(new Set(gateway.paths).size).toBe(60);
	});
});

test('limits lower than entered are taken from the headers; fixed ones are never passed', async () => {
	await simulate({ perMinute: 30, second: 'none' }, async ({ backlog, gateway }) => {
		await backlog(60);
		expect(gateway.refused).toEqual(none);
		expect(gateway.most(60_000)).toBe(30);
	});
	await simulate({ perMinute: 240, perSecond: 10 }, async ({ backlog, gateway }) => {
		await backlog(200, executeContext({ credentials: { limits: 'fixed' } }));
		// Three of 120 are left to people.
		expect(gateway.most(60_000)).toBe(117);
	});
});

/** `setInterval` on the virtual clock. */
function every(run: () => void, ms: number): { stop(): void } {
	let running = true;
	const next = () =>
		setTimeout(() => {
			if (!running) return;
			run();
			next();
		}, ms);
	next();
	return {
		stop: () => {
			running = false;
		},
	};
}
