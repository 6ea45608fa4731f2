import { keapNode, workflow } from '../support/engine';
import { byId, itemsOf, keapForEachTest, on } from './helpers';

const LIMITS = { perSecond: 20, perMinute: 10_000, perDay: 100_000 };
const contact = on('contact');
const readOne = contact('getLinks', { contactId: byId('={{ $json.id }}') });
const items = (count: number) => itemsOf(count, (index) => ({ id: 1 + (index % 25) }));

describe('the throttle, end to end', () => {
	const keap = keapForEachTest({ limits: LIMITS, secondMode: 'rolling' });
	beforeEach(() => keap().setCredential({ requestsPerSecond: 20, requestsPerMinute: 10_000, requestsPerDay: 100_000 }));

	it('never goes over 20 calls in any second, and wastes little of them', async () => {
		const { status, ms } = await keap().run(readOne, items(60));
		expect(status).toBe('success');
		expect(keap().sandbox.stats().refused).toEqual({ key: 0, second: 0, minute: 0, day: 0 });
		expect(keap().sandbox.calls).toHaveLength(60);
		// 59 steps of 50 ms are the least; the rest is for a busy machine.
		expect(ms).toBeGreaterThan(2_000);
		expect(ms).toBeLessThan(6_000);
	});

	it('lets an execution with one item go before the rest of one with 200', async () => {
		const big = keap().engine.start(workflow([keapNode('Keap', readOne)]), { items: items(200) });
		await new Promise((resolve) => setTimeout(resolve, 500));
		const before = keap().sandbox.calls.length;
		const small = keap().engine.start(workflow([keapNode('Keap', contact('get', { contactId: byId(7), simplify: false }))]), {
			items: [{}],
		});
		expect((await small.done).items('Keap')).toMatchObject([{ id: '7' }]);
		const position = keap().sandbox.calls.findIndex(({ path }) => path === '/crm/rest/v2/contacts/7');
		// The next turn is its own; a few calls may be on their way already.
		expect(position - before).toBeLessThan(8);
		big.cancel();
		expect((await big.done).status).toBe('canceled');
		expect(keap().sandbox.stats().refused.second).toBe(0);
	});

	it('answers a person at the editor while an execution has 200 calls to make', async () => {
		const big = keap().engine.start(workflow([keapNode('Keap', readOne)]), { items: items(200) });
		await new Promise((resolve) => setTimeout(resolve, 500));
		const from = performance.now();
		const { results } = await keap().engine.listSearch({}, 'searchTags');
		expect(results).toHaveLength(8);
		expect(performance.now() - from).toBeLessThan(2_000);
		big.cancel();
		await big.done;
	});

	it('is one for all executions with the key: two side by side stay inside the limit together', async () => {
		const runs = [0, 1].map(() => keap().engine.start(workflow([keapNode('Keap', readOne)]), { items: items(25) }));
		const results = await Promise.all(runs.map(async ({ done }) => await done));
		expect(results.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(keap().sandbox.calls).toHaveLength(50);
		expect(keap().sandbox.stats().refused.second).toBe(0);
	});
});
