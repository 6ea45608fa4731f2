import { keapNode, workflow } from '../support/engine';
import { byId, itemsOf, keapForEachTest, on } from './helpers';

const contact = on('contact');
const readOne = contact('getLinks', { contactId: byId('={{ $json.id }}') });
const items = (count: number) => itemsOf(count, (index) => ({ id: 1 + (index % 25) }));
/** The least distance of two calls at 20 a second. */
const STEP_MS = 50;

/**
 * That executions and look-ups wait for one another at the throttle of their key. How well it keeps the pace is measured
 * by test/throttle, in virtual time: here a busy machine may make everything late, and only orders and least times count.
 */
describe('the throttle, end to end', () => {
	const keap = keapForEachTest();
	beforeEach(() => keap().setCredential({ requestsPerSecond: 20, requestsPerMinute: 10_000, requestsPerDay: 100_000 }));

	it('gives every call of an execution its distance, and loses none', async () => {
		const from = performance.now();
		const { status } = await keap().run(readOne, items(60));
		expect(performance.now() - from).toBeGreaterThanOrEqual(59 * STEP_MS);
		expect(status).toBe('success');
		expect(keap().sandbox.calls).toHaveLength(60);
	});

	it('is one for all executions with the key: two side by side take as long as one with all their calls', async () => {
		const from = performance.now();
		const runs = [0, 1].map(() => keap().engine.start(workflow([keapNode('Keap', readOne)]), { items: items(25) }));
		const results = await Promise.all(runs.map(async ({ done }) => await done));
		expect(performance.now() - from).toBeGreaterThanOrEqual(49 * STEP_MS);
		expect(results.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(keap().sandbox.calls).toHaveLength(50);
	});

	describe('while an execution has 500 calls to make', () => {
		/** First come, first served would let whoever comes now wait for all 500: half of them leave room for a busy machine. */
		const SOON = 250;
		let big: ReturnType<ReturnType<typeof keap>['engine']['start']>;
		beforeEach(async () => {
			big = keap().engine.start(workflow([keapNode('Keap', readOne)]), { items: items(500) });
			await keap().sandbox.until((calls) => calls.length >= 5);
		});
		afterEach(async () => {
			big.cancel();
			expect((await big.done).status).toBe('canceled');
		});

		it('an execution with one item goes before the rest', async () => {
			expect(await keap().output(contact('get', { contactId: byId(7), output: 'raw' }))).toMatchObject([{ id: '7' }]);
			expect(keap().sandbox.calls.length).toBeLessThan(SOON);
		});

		it('a person at the editor is answered', async () => {
			expect((await keap().engine.listSearch({}, 'searchTags')).results).toHaveLength(8);
			expect(keap().sandbox.calls.length).toBeLessThan(SOON);
		});
	});
});
