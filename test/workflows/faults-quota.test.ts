import { byId, errorsOf, errorText, expectNowhere, itemsOf, keapForEachTest, keyOf, on, times } from './helpers';
import { keapNode, workflow } from '../support/engine';

const contact = on('contact');
const create = contact('create', { email: '=p{{ $itemIndex }}@x.example' });
const midnight = () => new Date(Math.ceil((Date.now() + 1) / 86_400_000) * 86_400_000).toISOString();

describe("the day's quota is used up", () => {
	const keap = keapForEachTest({ limits: { perSecond: Infinity, perMinute: Infinity, perDay: 10 } });

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
				expect.stringContaining(`The daily quota of the Keap key is used up. It is whole again at ${midnight()} (00:00 UTC)`) as string,
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
		expect(errorText(result)).toContain(midnight());
		expectNowhere(keyOf(keap()), result);
	});

	it('waits for midnight when told to, and can be stopped meanwhile', async () => {
		keap().setCredential({ requestsPerDay: 10, dailyQuotaAction: 'wait' });
		const run = keap().engine.start(workflow([keapNode('Keap', create)]), { items: itemsOf(12, (n) => ({ n })) });
		await new Promise((resolve) => setTimeout(resolve, 500));
		expect(keap().sandbox.calls).toHaveLength(10);
		run.cancel();
		const { status, ms } = await run.done;
		expect(status).toBe('canceled');
		expect(ms).toBeLessThan(5_000);
		expect(keap().sandbox.calls).toHaveLength(10);
	});
});

describe('an execution is stopped', () => {
	const keap = keapForEachTest();

	it('sends nothing any more of 500 requests that wait, and leaves other executions alone', async () => {
		keap().setCredential({ requestsPerSecond: 20 });
		const node = workflow([keapNode('Keap', create)]);
		const stopped = keap().engine.start(node, { items: itemsOf(500, (n) => ({ n })) });
		const other = keap().engine.start(workflow([keapNode('Keap', contact('get', { contactId: byId(1), simplify: false }))]), {
			items: [{}],
		});
		await new Promise((resolve) => setTimeout(resolve, 400));
		stopped.cancel();
		const { status } = await stopped.done;
		expect(status).toBe('canceled');
		expect((await other.done).items('Keap')).toMatchObject([{ id: '1' }]);
		const sent = keap().sandbox.calls.length;
		expect(sent).toBeLessThan(60);
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(keap().sandbox.calls.length).toBe(sent);
		// The key's throttle goes on with its work.
		expect(await keap().output(contact('get', { contactId: byId(2), simplify: false }))).toMatchObject([{ id: '2' }]);
	});
});
