import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { call } from '../sandbox/client';
import { EVENT_KEYS } from '../sandbox/hooks/events';
import { keyOf } from './helpers';
import { itemsOf, stageForEachTest, type TriggerStage } from './trigger-helpers';

const entries = (count: number, from = 1): IDataObject[] =>
	Array.from({ length: count }, (_none, index) => ({ id: from + index, apiUrl: '', timestamp: '2024-01-31T12:00:00.000Z' }));

/** Changes something through the API, and waits until Keap has delivered it. */
async function change({ keap }: TriggerStage, method: string, path: string, body?: unknown, query?: string): Promise<IDataObject> {
	const reply = await call(keap.sandbox, method, path, { key: keyOf(keap), body, query });
	if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.text}`);
	await keap.sandbox.state.hooks.quiet();
	return reply.body as IDataObject;
}

describe('deliveries to the Keap Trigger', () => {
	const stage = stageForEachTest();

	it('carry the records of what changed in Keap', async () => {
		const live = await stage().activate({ events: ['contact.add', 'contact.edit', 'contact.delete'] });
		const { id } = await change(stage(), 'POST', '/contacts', {
			given_name: 'Ada',
			email_addresses: [{ email: 'ada@example.com', field: 'EMAIL1' }],
		});
		await itemsOf(live);
		await change(stage(), 'PATCH', `/contacts/${String(id)}`, { given_name: 'Grace' }, 'update_mask=given_name');
		await itemsOf(live);
		await change(stage(), 'DELETE', `/contacts/${String(id)}`);
		const [added, edited, deleted] = await itemsOf(live);
		expect(added).toMatchObject({
			event_key: 'contact.add',
			object_type: 'contact',
			id,
			timestamp: expect.any(String),
			record: { id, email: 'ada@example.com', tag_ids: [] },
		});
		expect(edited).toMatchObject({ event_key: 'contact.edit', record: expect.objectContaining({ given_name: 'Grace' }) });
		expect(deleted).toEqual({
			event_key: 'contact.delete',
			object_type: 'contact',
			id,
			timestamp: expect.any(String),
			apiUrl: expect.any(String),
		});
	});

	it('of 1,000 objects are answered before ten calls fetch them', async () => {
		const [first = ''] = stage().keap.sandbox.state.addContacts(1_000);
		const live = await stage().activate({ events: ['contact.edit'] });
		stage().newCalls();
		const held = stage().keap.sandbox.hold({ method: 'GET' });
		expect((await stage().deliver('contact.edit', entries(1_000, Number(first)))).status).toBe(200);
		held.release();
		const items = await itemsOf(live);
		expect(items).toHaveLength(1_000);
		expect(items.map(({ record }) => (record as IDataObject).id)).toEqual(items.map(({ id }) => id));
		expect(stage().newCalls()).toEqual(Array.from({ length: 10 }, () => 'GET /crm/rest/v2/contacts'));
	});

	it('say null for a record that is gone, and keep the event', async () => {
		const live = await stage().activate({ events: ['contact.edit', 'company.edit'] });
		await stage().deliver('contact.edit', [{ id: 999_999 }]);
		await stage().deliver('company.edit', [{ id: 999_999 }]);
		expect((await itemsOf(live)).map(({ record }) => record)).toEqual([null, null]);
	});

	it('cost no call without Fetch Record', async () => {
		const live = await stage().activate({ events: ['contact.edit'], fetchRecord: false });
		stage().newCalls();
		await stage().deliver('contact.edit', entries(3));
		expect((await itemsOf(live)).map(({ id }) => id)).toEqual(['1', '2', '3']);
		expect(stage().newCalls()).toEqual([]);
	});

	it('come as they were, in one item, if wanted', async () => {
		const live = await stage().activate({ events: ['contact.edit'], items: 'deliveries' });
		await stage().deliver('contact.edit', entries(2), { more: 'fields' });
		expect(await itemsOf(live)).toEqual([{ event_key: 'contact.edit', object_type: 'contact', object_keys: entries(2), more: 'fields' }]);
	});

	it('of tags are an item a contact, with the contact, the tag and every field that Keap sends', async () => {
		const { contacts, tags } = stage().keap.sandbox.state;
		const [one, two] = contacts.rows;
		const [tag] = tags.rows;
		const live = await stage().activate({ events: ['contactGroup.applied'] });
		await stage().deliver('contactGroup.applied', [
			{ tagId: Number(tag!.id), applied: [Number(one!.id), Number(two!.id)], reason: 'kept' },
		]);
		expect(await itemsOf(live)).toEqual(
			[one!, two!].map(({ id }) => ({
				event_key: 'contactGroup.applied',
				object_type: 'contactGroup',
				tagId: Number(tag!.id),
				applied: [Number(id)],
				reason: 'kept',
				tag_id: tag!.id,
				contact_id: id,
				record: expect.objectContaining({ id }),
			})),
		);
	});

	it('keep what a delivery says of all of its objects', async () => {
		const live = await stage().activate({ events: ['contact.edit'], fetchRecord: false });
		await stage().deliver('contact.edit', [{ id: 1 }, { id: 2, source: 'own' }], { source: 'import' });
		expect(await itemsOf(live)).toEqual([
			{ event_key: 'contact.edit', object_type: 'contact', source: 'import', id: '1' },
			{ event_key: 'contact.edit', object_type: 'contact', source: 'own', id: '2' },
		]);
	});

	it('of tags without a list of objects are passed on as they are', async () => {
		const live = await stage().activate({ events: ['contactGroup.applied'], fetchRecord: false });
		expect((await stage().deliver('contactGroup.applied', undefined, { tagId: 7, contactId: 1 })).status).toBe(200);
		expect(await itemsOf(live)).toEqual([
			{ event_key: 'contactGroup.applied', object_type: 'contactGroup', tagId: 7, contactId: 1, tag_id: '7', contact_id: '1' },
		]);
		expect((await stage().deliver('contactGroup.applied', undefined)).status).toBe(200);
		expect(live.executions).toHaveLength(1);
	});

	it.each<[string, IDataObject, Array<Array<unknown>>]>([
		[
			'contact_details',
			{ id: 7, contact_details: [{ id: 1 }, { id: 2 }] },
			[
				['7', '1'],
				['7', '2'],
			],
		],
		['a single contact', { tag_id: 7, contact_id: 1 }, [['7', '1']]],
		['an id alone', { id: 7 }, [[undefined, undefined]]],
		['an unknown shape', { whatever: [1] }, [[undefined, undefined]]],
	])('of tags with %s are passed on', async (_what, entry, expected) => {
		const live = await stage().activate({ events: ['contactGroup.applied'], fetchRecord: false });
		await stage().deliver('contactGroup.applied', [entry]);
		expect((await itemsOf(live)).map(({ tag_id: tag, contact_id: contact }) => [tag, contact])).toEqual(expected);
	});

	it('are all that starts', async () => {
		const live = await stage().activate({ events: ['contact.add'] });
		const { hookUrl } = [...stage().keap.sandbox.state.hooks.all.values()][0]!;
		const wrong = new URL(hookUrl);
		wrong.searchParams.set('token', 'x'.repeat(32));
		const send = async (url: string | URL, body?: string, headers: Record<string, string> = {}) => {
			const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
			return [answer.status, answer.headers.get('x-hook-secret'), await answer.text()];
		};
		const unknown = [404, null, expect.stringContaining('not registered')];
		const delivery = JSON.stringify({ event_key: 'contact.add', object_keys: entries(1) });
		expect(await send(wrong, delivery)).toEqual(unknown);
		expect(await send(wrong, undefined, { 'x-hook-secret': 'abc' })).toEqual(unknown);
		expect(await send(hookUrl.split('?')[0]!, delivery)).toEqual(unknown);
		expect(await send(hookUrl, undefined, { 'X-Hook-Secret': 'abc' })).toEqual([200, 'abc', '']);
		expect((await send(hookUrl, JSON.stringify({ event_key: 'order.add', object_keys: entries(1) })))[0]).toBe(200);
		expect(live.executions).toHaveLength(0);
		expect(await send(hookUrl, delivery, { 'X-Hook-Secret': 'abc' })).toEqual([200, 'abc', '']);
		expect(live.executions).toHaveLength(1);
	});

	it('reach a test listener too', async () => {
		const listener = await stage().activate({ events: ['contact.add'] }, { test: true });
		await stage().deliver('contact.add', entries(1));
		expect(await itemsOf(listener)).toHaveLength(1);
	});
});

describe('duplicates', () => {
	const stage = stageForEachTest();
	const later = { id: 1, timestamp: '2024-01-31T12:00:01.000Z' };
	const sooner = { id: 1, timestamp: '2024-01-31T12:00:00.000Z' };

	it.each<[string, INodeParameters, number[]]>([
		['the same change sent again', {}, [1, 0, 1, 1]],
		['another change of the same record', { dropDuplicates: 'record' }, [1, 0, 0, 0]],
		['nothing', { dropDuplicates: 'nothing' }, [1, 1, 1, 1]],
	])('are left out: %s', async (_what, options, expected) => {
		const live = await stage().activate({ events: ['contact.edit'], fetchRecord: false, options });
		const started: number[] = [];
		for (const entry of [sooner, sooner, later, { id: 1 }]) {
			const before = live.executions.length;
			expect((await stage().deliver('contact.edit', [entry])).status).toBe(200);
			started.push(live.executions.length - before);
		}
		expect(started).toEqual(expected);
	});

	it('are left out as whole deliveries where these are passed on', async () => {
		const live = await stage().activate({ events: ['contact.edit'], items: 'deliveries' });
		for (const objects of [[sooner], [sooner], [sooner, later]]) expect((await stage().deliver('contact.edit', objects)).status).toBe(200);
		expect((await itemsOf(live)).map(({ object_keys: objects }) => objects)).toEqual([[sooner], [sooner, later]]);
	});

	it('are never changes without a time', async () => {
		const live = await stage().activate({ events: ['contact.edit'], fetchRecord: false });
		for (let round = 0; round < 2; round++) await stage().deliver('contact.edit', [{ id: 1 }]);
		expect(live.executions).toHaveLength(2);
	});

	it('are still known after a restart', async () => {
		const first = await stage().activate({ events: ['contact.edit'], fetchRecord: false });
		await stage().deliver('contact.edit', [sooner]);
		const { port, staticData } = first;
		await first.stop();
		const again = await stage().open({ events: ['contact.edit'], fetchRecord: false }, { port, staticData });
		await stage().deliver('contact.edit', [sooner, later]);
		expect((await itemsOf(again)).map(({ timestamp }) => timestamp)).toEqual([later.timestamp]);
	});
});

describe('filters', () => {
	const stage = stageForEachTest();

	it('by tag pass the tag that is wanted, and what does not name its tag', async () => {
		const live = await stage().activate({ events: ['contactGroup.applied', 'contact.add'], fetchRecord: false, filters: { tags: ['7'] } });
		await stage().deliver('contactGroup.applied', [{ tagId: 7, applied: [1] }, { tagId: 8, applied: [1] }, { odd: true }]);
		await stage().deliver('contactGroup.applied', [{ tagId: 8, applied: [1] }]);
		await stage().deliver('contact.add', [{ id: 3 }]);
		expect((await itemsOf(live)).map(({ tagId, odd, id }) => tagId ?? odd ?? id)).toEqual([7, true, '3']);
	});

	it('by stage and by the last editor compare records', async () => {
		const { state } = stage().keap.sandbox;
		const opportunities = state.collection('/crm/rest/v2/opportunities');
		const made = [
			['91', '5'],
			['92', '5'],
			['91', '6'],
		].map(([stageId, editor]) =>
			opportunities.add({ opportunity_title: 'Deal', contact_id: '1', stage_id: stageId, last_updated_by: editor }),
		);
		const live = await stage().activate({
			events: ['opportunity.edit', 'opportunity.delete'],
			fetchRecord: false,
			filters: { stages: ['91'], ignoredUsers: ['6'] },
		});
		await stage().deliver(
			'opportunity.edit',
			made.map(({ id }) => ({ id })),
		);
		await stage().deliver('opportunity.delete', [{ id: made[1]!.id }]);
		expect((await itemsOf(live)).map(({ event_key: event, id, record }) => [event, id, record])).toEqual([
			['opportunity.edit', made[0]!.id, undefined],
			['opportunity.delete', made[1]!.id, undefined],
		]);
	});

	it('leave out new contacts that a program made', async () => {
		const { contacts } = stage().keap.sandbox.state;
		const made = ['API', 'MANUAL'].map((source) => contacts.add({ given_name: 'New', email_addresses: [], source_type: source }));
		const live = await stage().activate({ events: ['contact.add', 'contact.edit'], filters: { ignoreApi: true } });
		await stage().deliver(
			'contact.add',
			made.map(({ id }) => ({ id })),
		);
		await stage().deliver(
			'contact.edit',
			made.map(({ id }) => ({ id })),
		);
		expect((await itemsOf(live)).map(({ event_key: event, id }) => [event, id])).toEqual([
			['contact.add', made[1]!.id],
			...made.map(({ id }) => ['contact.edit', id]),
		]);
	});

	it('by order status compare orders', async () => {
		const orders = stage().keap.sandbox.state.collection('/crm/rest/v2/orders');
		const made = ['PAID', 'DRAFT'].map((status) => orders.add({ title: 'Order', status }));
		const live = await stage().activate({ events: ['order.edit'], filters: { orderStatuses: ['PAID'] } });
		await stage().deliver(
			'order.edit',
			made.map(({ id }) => ({ id })),
		);
		expect(await itemsOf(live)).toEqual([
			expect.objectContaining({ id: made[0]!.id, record: expect.objectContaining({ status: 'PAID' }) }),
		]);
	});

	const path = (name: string) => stage().keap.sandbox.state.collection(`/crm/rest/v2/${name}`);
	const passed = async (live: Awaited<ReturnType<TriggerStage['activate']>>) =>
		(await itemsOf(live)).map(({ event_key: event, id }) => `${String(event)} ${String(id)}`);

	it('by product compare the items of orders and of invoices, subscriptions and products', async () => {
		const [wanted, other] = ['1', '2'];
		const orders: IDataObject[] = [];
		await stage().keap.output({ resource: 'tag', operation: 'getAll', limit: 1 });
		for (const products of [[wanted], [other], [other, wanted]])
			orders.push(
				await change(stage(), 'POST', '/orders', {
					contact_id: '1',
					order_title: 'Order',
					order_time: '2026-01-01T00:00:00Z',
					order_type: 'ONLINE',
					order_items: products.map((id) => ({ product_id: id, quantity: 1 })),
				}),
			);
		const subscriptions = [wanted, other].map((product) => path('subscriptions').add({ product_id: product, active: true }));
		const events = ['order.add', 'invoice.add', 'subscription.add', 'product.edit'];
		const live = await stage().activate({ events, fetchRecord: false, filters: { products: [wanted!] } });
		await stage().deliver(
			'order.add',
			orders.map(({ id }) => ({ id })),
		);
		await stage().deliver(
			'subscription.add',
			subscriptions.map(({ id }) => ({ id })),
		);
		await stage().deliver('product.edit', [{ id: wanted }, { id: other }]);
		await stage().deliver(
			'invoice.add',
			orders.map(({ invoice_id: id }) => ({ id })),
		);
		expect(await passed(live)).toEqual([
			`order.add ${String(orders[0]!.id)}`,
			`order.add ${String(orders[2]!.id)}`,
			`subscription.add ${subscriptions[0]!.id}`,
			`product.edit ${wanted}`,
			`invoice.add ${String(orders[0]!.invoice_id)}`,
			`invoice.add ${String(orders[2]!.invoice_id)}`,
		]);
	});

	it('by state compare affiliates, products and subscriptions', async () => {
		stage().keap.sandbox.state.hooks.eventKeys = [...EVENT_KEYS, 'affiliate.edit'];
		const affiliates = ['ACTIVE', 'INACTIVE'].map((status) => path('affiliates').add({ name: 'A', code: status, status }));
		const products = [true, false].map((active) => path('products').add({ name: 'P', active }));
		const subscriptions = [true, false].map((active) => path('subscriptions').add({ active }));
		const events = ['other', 'product.edit', 'subscription.edit'];
		const live = await stage().activate({ events, otherEvents: ['affiliate.edit'], fetchRecord: false, filters: { states: ['INACTIVE'] } });
		for (const [object, made] of [
			['affiliate', affiliates],
			['product', products],
			['subscription', subscriptions],
		] as const)
			await stage().deliver(
				`${object}.edit`,
				made.map(({ id }) => ({ id })),
			);
		expect(await passed(live)).toEqual([
			`affiliate.edit ${affiliates[1]!.id}`,
			`product.edit ${products[1]!.id}`,
			`subscription.edit ${subscriptions[1]!.id}`,
		]);
	});

	it('by amount and by test mode compare payments', async () => {
		const live = await stage().activate({
			events: ['invoice.payment.add'],
			fetchRecord: false,
			filters: { minimumAmount: 49.5, ignoreTestPayments: true, orderStatuses: ['PAID'] },
		});
		const payments = [{ amount: 49.49 }, { amount: 49.5 }, { amount: 100, test: true }, { amount: 100, test: false }, {}];
		for (const [id, payment] of payments.entries())
			stage().keap.sandbox.fault(
				{ path: `/crm/rest/v1/transactions/${id}` },
				{ kind: 'status', status: 200, body: JSON.stringify({ id, status: 'APPROVED', ...payment }) },
			);
		await stage().deliver(
			'invoice.payment.add',
			payments.map((_payment, id) => ({ id })),
		);
		expect(await passed(live)).toEqual([1, 3, 4].map((id) => `invoice.payment.add ${id}`));
	});

	it('by order status compare the orders of invoices, too', async () => {
		for (const [index, status] of ['PAID', 'DRAFT'].entries())
			path('orders').add({ title: 'Order', status, invoice_id: String(80 + index) });
		const live = await stage().activate({ events: ['invoice.edit'], fetchRecord: false, filters: { orderStatuses: ['PAID'] } });
		await stage().deliver('invoice.edit', [{ id: 80 }, { id: 81 }]);
		expect(await passed(live)).toEqual(['invoice.edit 80']);
	});
});

describe('events that are not among the common ones', () => {
	const stage = stageForEachTest();

	it("are chosen from the account's list, or stand beside the common ones as keys", async () => {
		await stage().activate({ events: ['contact.add', 'other', 'contact.redact'], otherEvents: ['user.edit', 'contact.add'] });
		expect(stage().hooks()).toEqual(['contact.add Verified', 'contact.redact Verified', 'user.edit Verified']);
	});

	it('are none where the choice was taken back', async () => {
		await stage().activate({ events: ['contact.add'], otherEvents: ['user.edit'] });
		expect(stage().hooks()).toEqual(['contact.add Verified']);
	});
});
