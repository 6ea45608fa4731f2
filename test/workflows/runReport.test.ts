import { byId, errorText, itemsOf, keapForEachTest, on } from './helpers';
import { keapNode, workflow } from '../support/engine';

const contact = on('contact');
const create = contact('create', { email: '=r{{ $itemIndex }}@x.example' });
const read = (id: string | number) => contact('get', { contactId: byId(id), output: 'raw' });

/** One call in seven seconds: the second one waits. */
const SLOW = { requestsPerSecond: 0.15 };

const keap = keapForEachTest();

const hintsOf = ({ runData }: Awaited<ReturnType<ReturnType<typeof keap>['run']>>) =>
	(runData.Keap?.at(-1)?.hints ?? []).map(({ message }) => message);

it('a run that waited for long says so, one that did not says nothing', async () => {
	const quick = await keap().run(
		create,
		itemsOf(5, (n) => ({ n })),
	);
	expect([quick.status, hintsOf(quick)]).toEqual(['success', []]);
	keap().setCredential(SLOW);
	const slow = await keap().run(
		create,
		itemsOf(2, (n) => ({ n })),
	);
	expect(slow.status).toBe('success');
	expect(hintsOf(slow)).toEqual([expect.stringMatching(/^2 calls to Keap\. Waited \d+ s for Keap's quota\.$/)]);
});

it('a run whose calls were repeated says so', async () => {
	keap().sandbox.fault({ times: 1 }, { kind: 'status', status: 503 });
	const run = await keap().run(read(1));
	expect(run.status).toBe('success');
	expect(hintsOf(run)).toEqual(['2 calls to Keap. 1 call was repeated after a refusal or a fault.']);
});

it('an error says how long the run had waited, once', async () => {
	keap().setCredential(SLOW);
	const call = { method: 'GET', path: '=/crm/rest/v2/contacts/{{ [1, 999999][$itemIndex] }}' };
	const result = await keap().run(
		on('customApiCall')('call', call),
		itemsOf(2, (n) => ({ n })),
	);
	expect(result.status).toBe('error');
	expect(errorText(result).match(/Waited \d+ s for Keap's quota\./g)).toHaveLength(1);
});

it('the end of the day is near: says how much is left of it', async () => {
	keap().setCredential({ requestsPerDay: 20 });
	const early = await keap().run(
		create,
		itemsOf(5, (n) => ({ n })),
	);
	const late = await keap().run(
		create,
		itemsOf(13, (n) => ({ n })),
	);
	expect([hintsOf(early), hintsOf(late)]).toEqual([[], ["13 calls to Keap. 2 of today's 20 calls are left."]]);
});

it('a stopped run leaves how much was carried out, and how much is in doubt', async () => {
	keap().setCredential({ requestsPerSecond: 20 });
	const node = workflow([keapNode('Keap', create)]);
	const run = keap().engine.start(node, { items: itemsOf(100, (n) => ({ n })) });
	await keap().sandbox.until((calls) => calls.filter(({ status }) => status === 201).length >= 5);
	run.cancel();
	const { status, customData } = await run.done;
	expect(status).toBe('canceled');
	const [, carriedOut, inDoubt] = /^Stopped: (\d+) changes carried out, (\d+) in doubt, of 100 items$/.exec(customData.keap ?? '') ?? [];
	const made = keap().sandbox.calls.length;
	expect(Number(carriedOut)).toBeGreaterThanOrEqual(4);
	expect(Number(carriedOut) + Number(inDoubt)).toBe(made);
});

it('a stopped run that has only read leaves nothing', async () => {
	keap().setCredential({ requestsPerSecond: 20 });
	const reads = contact('get', { contactId: byId('={{ $itemIndex + 1 }}'), options: {} });
	const run = keap().engine.start(workflow([keapNode('Keap', reads)]), { items: itemsOf(30, (n) => ({ n })) });
	await keap().sandbox.until((calls) => calls.length >= 1);
	run.cancel();
	expect((await run.done).customData).toEqual({});
});

it('a run by hand with an item or two takes what is kept for people while an execution has used up the minute', async () => {
	keap().setCredential({ requestsPerSecond: 50, requestsPerMinute: 40 });
	const bulk = keap().engine.start(workflow([keapNode('Keap', create)]), { items: itemsOf(400, (n) => ({ n })), mode: 'trigger' });
	await keap().sandbox.until((calls) => calls.length === 39 && calls.every(({ status }) => status !== 0));
	const byHand = await keap().engine.run(workflow([keapNode('Keap', read(1))]), { items: [{}] });
	expect(byHand.items('Keap')).toMatchObject([{ id: '1' }]);
	expect(keap().sandbox.calls).toHaveLength(40);
	bulk.cancel();
	await bulk.done;
});
