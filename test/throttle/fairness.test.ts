import { getEventListeners } from 'node:events';
import type { IExecuteFunctions } from 'n8n-workflow';
import { isCancelled, quotaOf } from '../../nodes/shared/transport';
import { executeContext, lookupContext, pollContext } from '../support/context';
import { optimum, simulate, wire } from './simulation';

const mockWire = wire;
jest.mock('../../nodes/shared/transport/http/http', () => ({
	send: async (call: never) => await mockWire.gateway?.send(call),
}));

const big = executeContext({ executionId: 'big' });
const small = executeContext({ executionId: 'small' });
const names = (paths: string[]) => paths.map((path) => path.slice('/crm/rest/v2/'.length));

test('an execution with one item does not wait behind one with two thousand', async () => {
	await simulate({}, async ({ call, clock, gateway }) => {
		for (let item = 0; item < 2_000; item++) void call(item, big);
		await clock.pass(10_000);
		const before = gateway.paths.length;
		await clock.settle(call('small', small));
		expect(names(gateway.paths.slice(before))).toEqual(['small']);
	});
});

test('executions are kept apart when n8n gives them no id', async () => {
	await simulate({}, async ({ call, clock, gateway }) => {
		const nameless = () =>
			({ ...executeContext({ cancel: new AbortController().signal }), getExecutionId: () => undefined }) as unknown as IExecuteFunctions;
		const first = nameless();
		for (let item = 0; item < 100; item++) void call(item, first);
		await clock.pass(2_000);
		const before = gateway.paths.length;
		await clock.settle(call('second', nameless()));
		expect(names(gateway.paths.slice(before))).toEqual(['second']);
	});
});

test('ever new executions do not stop one that has begun', async () => {
	await simulate({}, async ({ call, clock, gateway }) => {
		for (let item = 0; item < 100; item++) void call(`big${item}`, big);
		await clock.pass(2_000);
		const before = gateway.paths.length;
		for (let other = 0; other < 100; other++) {
			void call(`other${other}`, executeContext({ executionId: `other${other}` }));
			await clock.pass(150);
		}
		// Each time it goes again after those that had come before its last call: ever more, since more come than can go.
		const since = names(gateway.paths.slice(before));
		expect(since.flatMap((name, place) => (name.startsWith('big') ? [place] : []))).toEqual([1, 5, 15, 36]);
	});
});

test('executions take turns, and each keeps its own order', async () => {
	await simulate({}, async ({ call, clock, gateway }) => {
		const all = [0, 1, 2, 3].flatMap((item) => [call(`big${item}`, big), call(`small${item}`, small)]);
		await clock.settle(Promise.all(all));
		const order = names(gateway.paths);
		expect(order.filter((name) => name.startsWith('big'))).toEqual(['big0', 'big1', 'big2', 'big3']);
		expect(order.filter((name) => name.startsWith('small'))).toEqual(['small0', 'small1', 'small2', 'small3']);
		expect(order.slice(0, 6).filter((name) => name.startsWith('big'))).toHaveLength(3);
	});
});

describe('a person at the editor', () => {
	test('is answered within two seconds though a long execution has used up the minute', async () => {
		await simulate({}, async ({ call, clock, gateway }) => {
			for (let item = 0; item < 2_000; item++) void call(item, big);
			await clock.pass(30_000);
			const asked = clock.elapsed();
			await clock.settle(call('dropdown', lookupContext(), { method: 'GET' }));
			expect(clock.elapsed() - asked).toBeLessThan(2_000);
			await clock.settle(call('poll', pollContext(), { method: 'GET' }));
			expect(clock.elapsed() - asked).toBeLessThan(2_000);
			await clock.pass(60_000);
			expect(gateway.refused).toEqual({ second: 0, minute: 0, day: 0 });
			expect(gateway.most(60_000)).toBeLessThanOrEqual(120);
		});
	});

	test.each([8, 20, 30])('is answered so, too, where only %d calls a minute are allowed', async (requestsPerMinute) => {
		await simulate({ perMinute: requestsPerMinute }, async ({ call, clock, gateway }) => {
			const credentials = { requestsPerMinute };
			const execution = executeContext({ executionId: 'big', credentials });
			for (let item = 0; item < 500; item++) void call(item, execution);
			await clock.pass(30_000);
			const asked = clock.elapsed();
			await clock.settle(call('dropdown', lookupContext({ credentials }), { method: 'GET' }));
			expect(clock.elapsed() - asked).toBeLessThan(2_000);
			expect(gateway.refused.minute).toBe(0);
		});
	});

	test('goes before triggers, and these before executions', async () => {
		await simulate({}, async ({ call, clock, gateway }) => {
			await clock.settle(call('first', big));
			const all = [call('execution', big), call('execution2', small), call('poll', pollContext()), call('dropdown', lookupContext())];
			await clock.settle(Promise.all(all));
			expect(names(gateway.paths).slice(0, 4)).toEqual(['first', 'dropdown', 'poll', 'execution']);
		});
	});

	test.each([150, 237, 300, 500, 1_000])('who was never there before is served so as well, and %d calls take no longer', async (calls) => {
		await simulate({}, async ({ backlog }) => expect((await backlog(calls)) / optimum(calls)).toBeLessThan(1.02));
		for (const at of [26_000, 50_000]) {
			await simulate({}, async ({ call, clock }) => {
				for (let item = 0; item < calls; item++) void call(item, big);
				await clock.pass(at);
				const asked = clock.elapsed();
				await clock.settle(call('dropdown', lookupContext(), { method: 'GET' }));
				expect(clock.elapsed() - asked).toBeLessThan(2_000);
			});
		}
	});

	test.each([120, 240, 360, 600])('a queue of %d calls, which needs every call of each minute, has them', async (calls) => {
		await simulate({}, async ({ backlog }) => expect((await backlog(calls)) / optimum(calls)).toBeLessThan(1.02));
	});

	test('who was lately there keeps the reserve; without anybody a short queue may use the whole minute', async () => {
		await simulate({}, async ({ backlog, clock, call }) => {
			expect((await backlog(120)) / optimum(120)).toBeLessThan(1.03);
			await clock.pass(61_000);
			await clock.settle(call('dropdown', lookupContext()));
			expect(await backlog(119)).toBeGreaterThan(50_000);
		});
	});
});

describe('a stopped execution', () => {
	test('sends nothing more, its 2,000 waiting calls leave at once, and others go on', async () => {
		await simulate({}, async ({ call, clock, gateway }) => {
			const stop = new AbortController();
			const stopped = executeContext({ executionId: 'stopped', cancel: stop.signal });
			const calls = Array.from({ length: 2_000 }, async (_, item) => await call(`stopped${item}`, stopped));
			const others = Array.from({ length: 10 }, async (_, item) => await call(`other${item}`, small));
			const results = Promise.allSettled(calls);
			await clock.pass(2_100);
			// Node warns of a leak at eleven.
			expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
			stop.abort();
			const sent = gateway.paths.filter((path) => path.includes('stopped')).length;
			const settled = await clock.settle(results, 250);
			const cancelled = settled.filter((result) => result.status === 'rejected' && isCancelled(result.reason));
			expect(cancelled.length).toBeGreaterThanOrEqual(2_000 - sent);
			await clock.settle(Promise.all(others));
			await clock.pass(10_000);
			expect(gateway.paths.filter((path) => path.includes('stopped'))).toHaveLength(sent);
			// Ten calls of the other one at the pace of its turns: none of its slots was lost.
			expect((await quotaOf(small)).waiting).toBe(0);
			expect(gateway.arrivals).toHaveLength(sent + 10);
			expect(clock.pending()).toBe(0);
		});
	});

	test('that is stopped before it asks sends nothing', async () => {
		await simulate({}, async ({ call, gateway }) => {
			const context = executeContext({ cancel: AbortSignal.abort() });
			await expect(call('x', context)).rejects.toThrow('Execution canceled');
			expect(gateway.arrivals).toHaveLength(0);
		});
	});

	test('a caller’s own signal calls off its call alone', async () => {
		await simulate({}, async ({ call, clock, gateway }) => {
			const stop = new AbortController();
			await clock.settle(call('first', big));
			const context = executeContext({ executionId: 'big', cancel: new AbortController().signal });
			const called = call('off', context, { signal: stop.signal });
			const stays = call('stays', context);
			stop.abort();
			await expect(clock.settle(called)).rejects.toThrow('Execution canceled');
			await clock.settle(stays);
			expect(names(gateway.paths)).toEqual(['first', 'stays']);
		});
	});
});

test('changed limits of the credential count from the next call on', async () => {
	await simulate({ perSecond: 50, second: 'none' }, async ({ backlog, clock, call, gateway }) => {
		const credentialId = 'one';
		await clock.settle(backlogOf(10, async (item) => await call(item, executeContext({ credentialId }))));
		const faster = executeContext({ credentialId, credentials: { requestsPerSecond: 50 } });
		const start = clock.elapsed();
		await clock.settle(backlogOf(50, async (item) => await call(`fast${item}`, faster)));
		expect(clock.elapsed() - start).toBeLessThan(1_500);
		expect(await backlog(50, executeContext({ credentialId, credentials: { requestsPerMinute: 62 } }))).toBeGreaterThan(50_000);
		expect(gateway.refused).toEqual({ second: 0, minute: 0, day: 0 });
	});
});

test('a fractional second limit spreads calls over seconds', async () => {
	await simulate({}, async ({ backlog }) => {
		const took = await backlog(4, executeContext({ credentials: { requestsPerSecond: 0.5 } }));
		expect(took).toBeGreaterThanOrEqual(6_000);
		expect(took).toBeLessThan(6_500);
	});
});

test('two keys do not share a quota, and a key is nowhere in the registry', async () => {
	await simulate({ second: 'none', perMinute: 1_000 }, async ({ call, clock }) => {
		const keys = ['first-key-000001', 'second-key-00002'];
		for (const apiKey of keys) {
			const context = executeContext({ credentials: { apiKey, limits: 'fixed' } });
			await clock.settle(call('x', context));
			expect((await quotaOf(context)).minute.used).toBe(1);
		}
		const shared = Reflect.get(globalThis, Symbol.for('n8n-nodes-keap')) as Map<string, { throttles: Map<string, unknown> }>;
		expect([...(shared.get('throttles')?.throttles.keys() ?? [])]).toEqual([
			expect.stringMatching(/^[0-9a-f]{64}$/),
			expect.stringMatching(/^[0-9a-f]{64}$/),
		]);
	});
});

async function backlogOf(calls: number, call: (item: number) => Promise<unknown>): Promise<unknown> {
	return await Promise.all(Array.from({ length: calls }, async (_, item) => await call(item)));
}
