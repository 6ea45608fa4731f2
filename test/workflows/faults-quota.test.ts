import { byId, errorsOf, errorText, expectNowhere, itemsOf, keapForEachTest, keyOf, on, times, writes } from './helpers';
import { keapNode, workflow } from '../support/engine';
import { beginAtNoon, MIDNIGHT_AFTER } from '../support/noon';

const contact = on('contact');
const create = contact('create', { email: '=p{{ $itemIndex }}@x.example' });
const read = (id: number) => contact('get', { contactId: byId(id), output: 'raw' });

describe("the day's quota is used up", () => {
	beginAtNoon();
	const keap = keapForEachTest({ limits: { perSecond: Infinity, perMinute: Infinity, perDay: 10 }, now: () => Date.now() });

	it.each([
		['known from the credential', { requestsPerDay: 10 }, 10],
		['learnt from Keap', {}, 11],
	])('%s: fails at once, names the reset time, and asks no more', async (_how, limits, most) => {
		keap().setCredential(limits);
		const result = await keap().run(
			create,
			itemsOf(40, (n) => ({ n })),
			{ onError: 'continueRegularOutput' },
		);
		const errors = errorsOf(result.items('Keap'));
		expect(errors.filter((error) => error === undefined)).toHaveLength(10);
		expect(errors.filter((error) => error !== undefined)).toEqual(
			times(
				30,
				expect.stringContaining(`The daily quota of the Keap key is used up. It is whole again at ${MIDNIGHT_AFTER} (00:00 UTC)`) as string,
			),
		);
		expect(keap().sandbox.state.contacts.size).toBe(35);
		expect(keap().sandbox.calls.filter(({ status }) => status !== 429)).toHaveLength(10);
		expect(keap().sandbox.calls.length).toBeLessThanOrEqual(most + 39);
		keap().newCalls();
		expect(errorText(await keap().run(create))).toMatch(/daily quota.*not carried out.*When the Daily Quota Is Used Up/);
		expect(keap().newCalls()).toEqual([]);
	});

	it("says so of another program's calls too", async () => {
		keap().sandbox.spendElsewhere(10);
		const result = await keap().run(create);
		expect(result.error?.httpCode).toBe('429');
		expect(errorText(result)).toContain(MIDNIGHT_AFTER);
		expectNowhere(keyOf(keap()), result);
	});

	it('waits for midnight when set so, and can be stopped meanwhile', async () => {
		keap().setCredential({ requestsPerDay: 10, dailyQuotaAction: 'wait' });
		const run = keap().engine.start(workflow([keapNode('Keap', create)]), { items: itemsOf(12, (n) => ({ n })) });
		await keap().sandbox.until((calls) => calls.length === 10 && calls.every(({ status }) => status !== 0));
		expect(await keap().output(on('quota')('get'))).toMatchObject([{ day: { available: 0 }, waiting: 2 }]);
		run.cancel();
		expect((await run.done).status).toBe('canceled');
		expect(keap().sandbox.calls).toHaveLength(10);
	});
});

describe('an execution is stopped', () => {
	const keap = keapForEachTest();

	it('sends nothing any more of 500 requests that wait, and leaves other executions alone', async () => {
		keap().setCredential({ requestsPerSecond: 20 });
		const node = workflow([keapNode('Keap', create)]);
		const stopped = keap().engine.start(node, { items: itemsOf(500, (n) => ({ n })) });
		const other = keap().engine.start(workflow([keapNode('Keap', read(1))]), { items: [{}] });
		await keap().sandbox.until((calls) => calls.filter(({ method }) => method === 'POST').length === 5);
		stopped.cancel();
		expect((await stopped.done).status).toBe('canceled');
		expect((await other.done).items('Keap')).toMatchObject([{ id: '1' }]);
		// The key's throttle goes on with its work. What was on its way has arrived before this answer;
		// what still waited would take its turns among the next calls.
		expect(await keap().output(read(2))).toMatchObject([{ id: '2' }]);
		const sent = writes(keap()).length;
		for (let turn = 0; turn < 10; turn++) await keap().output(read(3));
		expect(writes(keap())).toHaveLength(sent);
		expect(sent).toBeLessThan(500);
	});
});
