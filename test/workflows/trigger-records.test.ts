import type { IDataObject } from 'n8n-workflow';
import { recordOf } from '../../nodes/KeapTrigger/delivery/records';
import { type Front, startFront } from '../support/front';
import { itemsOf, stageForEachTest } from './trigger-helpers';

const V2 = '/crm/rest/v2';
const V1 = '/crm/rest/v1';

describe('records that the Keap Trigger fetches', () => {
	const stage = stageForEachTest();
	let rows: Front;
	beforeEach(async () => {
		rows = await startFront(stage().keap.sandbox.url);
	});
	afterEach(() => rows.close());

	const contacts = (count: number): string[] => {
		const [first = ''] = stage().keap.sandbox.state.addContacts(count);
		return Array.from({ length: count }, (_none, index) => String(Number(first) + index));
	};
	const objects = (ids: readonly string[]): IDataObject[] => ids.map((id) => ({ id: Number(id) }));
	/** What came of each item: the record's id, null, or the reason. */
	const outcome = ({ record, record_error: reason }: IDataObject) => reason ?? (record === null ? null : (record as IDataObject).id);
	const sentence = (status: number) => expect.stringMatching(new RegExp(`Row refused with ${status}`)) as string;

	it.each([400, 403, 404, 410, 500])('come out although Keap answers %i for one of fifty', async (status) => {
		const ids = contacts(50);
		const live = await stage().activate({ events: ['contact.edit'] });
		stage().keap.setCredential({ baseUrl: rows.url });
		rows.badRows.set(ids[17]!, status);
		await stage().deliver('contact.edit', objects(ids));
		const items = await itemsOf(live);
		expect(items.map(({ id }) => id)).toEqual(ids);
		expect(items.map(outcome)).toEqual(ids.map((id, index) => (index === 17 ? expect.any(String) : id)));
		expect(items[17]).toMatchObject({ record: null, record_error: expect.stringContaining(String(status)) as string });
		expect(rows.calls.length).toBeLessThanOrEqual(20);
	});

	it('come out although several of a thousand are bad', async () => {
		const ids = contacts(1_000);
		const live = await stage().activate({ events: ['contact.edit'] });
		stage().keap.setCredential({ baseUrl: rows.url });
		const bad = [ids[0]!, ids[1]!, ids[450]!, ids[999]!];
		for (const id of bad) rows.badRows.set(id, 403);
		await stage().deliver('contact.edit', objects(ids));
		const items = await itemsOf(live);
		expect(items.filter(({ record }) => record === null).map(({ id }) => id)).toEqual(bad);
		expect(rows.calls.length).toBeLessThanOrEqual(10 + 4 * 16);
	});

	it('are not taken for gone where Keap did not keep to the filter', async () => {
		const ids = contacts(3);
		const live = await stage().activate({ events: ['contact.edit'] });
		const body = JSON.stringify({ contacts: [{ id: '1' }, { id: '2' }, { id: '3' }], next_page_token: 'more' });
		stage().keap.sandbox.fault({ path: `${V2}/contacts`, times: Infinity }, { kind: 'status', status: 200, body });
		await stage().deliver('contact.edit', objects(ids));
		const items = await itemsOf(live);
		expect(items.map(outcome)).toEqual(ids.map(() => expect.stringMatching(/did not keep to the filter/) as string));
	});

	it('that are read one by one come out although one is refused, and one is gone', async () => {
		const companies = stage().keap.sandbox.state.collection(`${V2}/companies`);
		const ids = Array.from({ length: 25 }, (_none, index) => companies.add({ company_name: `Company ${index}` }).id);
		const live = await stage().activate({ events: ['company.edit'] });
		stage().keap.setCredential({ baseUrl: rows.url });
		rows.badRows.set(ids[3]!, 410);
		await stage().deliver('company.edit', objects([...ids, '999999']));
		expect((await itemsOf(live)).map(outcome)).toEqual([...ids.map((id, index) => (index === 3 ? sentence(410) : id)), null]);
		// One of them asks which account the new key belongs to.
		expect(rows.calls).toHaveLength(1 + 26);
	});

	it('of one kind come out although those of another are all refused, for few calls', async () => {
		const ids = contacts(60);
		const tasks = stage().keap.sandbox.state.collection(`${V2}/tasks`);
		const task = tasks.add({ title: 'Task' });
		const live = await stage().activate({ events: ['contact.edit', 'task.edit'] });
		stage().keap.sandbox.fault({ path: `${V2}/contacts`, times: Infinity }, { kind: 'status', status: 403 });
		stage().newCalls();
		await stage().deliver('contact.edit', objects(ids));
		await stage().deliver('task.edit', [{ id: task.id }]);
		const items = await itemsOf(live);
		expect(items.map(({ record }) => (record as IDataObject | null)?.id)).toEqual([...ids.map(() => undefined), task.id]);
		expect(items.slice(0, 60).every(({ record_error: reason }) => String(reason).includes('403'))).toBe(true);
		expect(stage().newCalls()).toHaveLength(1 + 4 + 1);
	});

	it.each<[string, IDataObject | undefined, RegExp]>([
		['the day is used up', undefined, /day|daily/i],
		['the key is refused', { apiKey: 'wrong-key' }, /key/i],
		['the network is gone', { baseUrl: 'http://127.0.0.1:1' }, /connect|reach|refused/i],
		['the credential is broken', { apiKey: '' }, /API Key/],
	])(
		'are null with the reason when %s, and every event comes out',
		async (_what, credential, reason) => {
			const ids = contacts(250);
			const live = await stage().activate({ events: ['contact.edit'] });
			if (credential) stage().keap.setCredential(credential);
			else {
				stage().keap.setCredential({ requestsPerDay: 3 });
				// The third call of the day is spent already.
				while (stage().keap.sandbox.calls.length < 3) await stage().keap.output({ resource: 'tag', operation: 'getAll', limit: 1 });
			}
			stage().newCalls();
			await stage().deliver('contact.edit', objects(ids));
			const items = await itemsOf(live);
			expect(items.map(({ id }) => id)).toEqual(ids);
			expect(items.every(({ record, record_error: why }) => record === null && reason.test(String(why)))).toBe(true);
			expect(stage().newCalls().length).toBeLessThanOrEqual(4);
		},
		30_000,
	);

	it('that a filter could not look at let their events through, with the reason', async () => {
		const live = await stage().activate({ events: ['opportunity.edit'], fetchRecord: false, filters: { stages: ['91'] } });
		stage().keap.sandbox.fault({ path: `${V2}/opportunities`, times: Infinity }, { kind: 'status', status: 403 });
		await stage().deliver('opportunity.edit', [{ id: 5 }]);
		expect(await itemsOf(live)).toEqual([expect.objectContaining({ id: '5', record_error: expect.stringContaining('403') as string })]);
		expect((await itemsOf(live))[0]).not.toHaveProperty('record');
	});

	it('are not read on after the execution was stopped', async () => {
		const ids = contacts(50);
		const live = await stage().activate({ events: ['contact.edit'] });
		stage().keap.sandbox.fault({ path: `${V2}/contacts`, times: Infinity }, { kind: 'slow', ms: 5_000 });
		await stage().deliver('contact.edit', objects(ids));
		live.stopExecutions();
		const result = await live.executions[0]!;
		expect(result.status).toBe('canceled');
		expect(result.items('Keap Trigger')).toEqual([]);
	});

	it('of payments are their transactions, with the ID as text', async () => {
		const live = await stage().activate({ events: ['invoice.payment.add'] });
		const body = JSON.stringify({ id: 7, amount: 12.5 });
		stage().keap.sandbox.fault({ path: `${V1}/transactions/7` }, { kind: 'status', status: 200, body });
		await stage().deliver('invoice.payment.add', [{ id: 7 }]);
		expect(await itemsOf(live)).toEqual([expect.objectContaining({ id: '7', record: { id: '7', amount: 12.5 } })]);
	});

	it('of invoices are the orders that they bill', async () => {
		const orders = stage().keap.sandbox.state.collection(`${V2}/orders`);
		for (const invoice of ['70', '71']) orders.add({ title: `Order of ${invoice}`, invoice_id: invoice });
		const live = await stage().activate({ events: ['invoice.edit'] });
		await stage().deliver('invoice.edit', [{ id: 71 }, { id: 72 }, { id: 70 }]);
		expect((await itemsOf(live)).map(({ id, record }) => [id, (record as IDataObject | null)?.title])).toEqual([
			['71', 'Order of 71'],
			['72', undefined],
			['70', 'Order of 70'],
		]);
	});

	it.each([
		['recurringOrder.add', '1', undefined],
		['contact.delete', '1', undefined],
		['contact.redact', '1', undefined],
		['contact.add', 'x-1', undefined],
		['contact.paused', '1', { object: 'contact', id: '1' }],
	])('are asked for where there is one that can be read: %s of %s', (event, id, expected) => {
		expect(recordOf({ event_key: event, id })).toEqual(expected);
	});
});
