import { startSandbox } from './';
import { call, filter } from './client';
import { maxPage } from './contract/filterRules';
import { checkNotes } from './contract/notes';
import { allOperations, operationOf } from './contract/operations';
import type { Sandbox } from './types';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ limits: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity } });
});
afterAll(async () => await sandbox.close());

describe('custom fields as filters', () => {
	beforeAll(() => {
		sandbox.reset();
		const contents = [
			['7', 'Countess'],
			['8', 'Sourdough'],
			['9', '2024-02-29'],
			['10', true],
			['11', 12],
			['12', 99.5],
			['13', ['Baking', 'Events']],
		];
		sandbox.state.addContacts(1, () => ({ custom_fields: contents.map(([id, content]) => ({ id, content })) }));
	});

	const found = async (text: string, path = '/contacts') => await call(sandbox, 'GET', path, { query: filter(text) });

	test.each([
		['Nickname==countess', ['1', '26']],
		['nickname==Count*', ['1', '26']],
		['Nickname==Duke', []],
		['Favouritebread==Sourdough', ['1', '26']],
		['Glutenfree==1', ['26']],
		['Glutenfree==0', []],
		['Loavesperweek>=12', ['26']],
		['Loavesperweek>11;Loavesperweek<13', ['26']],
		['Loavesperweek<12', []],
		['Creditlimit<=99.5', ['26']],
		['Interests==events', ['1', '26']],
		['Membersince==2024-02-29T00:00:00.000Z', ['26']],
		['Membersince>=2024-03-01T00:00:00.000Z', []],
		['Interests==Baking;given_name==Ada', ['1', '26']],
	])('%s', async (text, ids) => {
		const { status, body } = await found(text);
		expect(status).toBe(200);
		expect((body as { contacts: Array<{ id: string }> }).contacts.map(({ id }) => id)).toEqual(ids);
	});

	test.each([
		['Shoesize==1', "can't be filtered by"],
		['Nickname>A', 'takes only =='],
		['Nickname==*tess', 'wildcard'],
		['Glutenfree==true', '0 or 1'],
		['Glutenfree>0', 'takes only =='],
		['Loavesperweek==many', 'a number'],
		['Loavesperweek==1*', 'no wildcard'],
		['Loavesperweek!=1', 'not !='],
		['Membersince==2024-02-29', '2026-01-01T00:00:00.000Z'],
		['Membersince==2024-02-29T00:00:00Z', '2026-01-01T00:00:00.000Z'],
		['Interests==Bak*', 'no wildcard'],
		['Ovens==1', "can't be filtered by"],
	])('%s is refused', async (text, says) => {
		const { status, body } = await found(text);
		expect([status, (body as { message: string }).message]).toEqual([400, expect.stringContaining(says)]);
	});

	test('nine lists take them, each those of its own kind of record', async () => {
		const lists = allOperations().filter(({ query }) => query.some(({ customFields }) => customFields));
		expect(lists).toHaveLength(9);
		for (const { path } of lists) {
			const kind = /v2\/(\w+)/.exec(path.replace('/contacts/{contact_id}/', '/'))?.[1] ?? '';
			const model = `/crm/rest/v2/${kind === 'notes' ? 'tasks' : kind}/model/customFields`;
			const { id } = sandbox.state.collection(model).add({ label: 'Only here', field_name: `Only${kind}`, field_type: 'TEXT' });
			const reply = await found(`only${kind}==x`, path.replace('{contact_id}', '1'));
			expect([path, reply.status]).toEqual([path, 200]);
			sandbox.state.collection(model).delete(id);
			expect((await found(`only${kind}==x`, path.replace('{contact_id}', '1'))).status).toBe(400);
		}
	});
});

test.each([
	['v2/listPaginatedUsers', 100],
	['v2/listAutomations', 25],
	['v2/listContacts', 1_000],
	['v2/listFiles', 1_000],
])('the largest page of %s is %i', (key, most) => expect(maxPage(operationOf(key))).toBe(most));

test.each([
	['/orders', 'order_type==OFFLINE', 200],
	['/orders', 'order_type==PHONE', 400],
	['/orders', 'id!=5', 200],
	['/products', 'product_id!=5', 400],
	['/products', 'product_id>=5', 200],
	['/products', 'name==Bread*', 200],
	['/orders', 'invoice_id==5*', 400],
])('%s by %s is %i: operators, wildcards and values are those of the contract', async (path, text, status) =>
	expect((await call(sandbox, 'GET', path, { query: filter(text) })).status).toBe(status),
);

test.each([
	['v2/createProduct', { name: 'Bread', price: -1 }, 'price must be at least 0'],
	['v2/createProduct', { name: 'Bread', inventory: { inventory_limit: -1 } }, 'inventory.inventory_limit must be at least 0'],
	['v2/createSubscriptionPlans', { frequency: 0 }, 'frequency must be more than 0'],
	['v2/createProductOption', { option_label: ' ' }, 'option_label must not be blank'],
	['v2/createProductOption', { list_items: [{ item_label: 'a' }, { item_label: '' }] }, 'list_items[1].item_label must not be blank'],
	['v2/createSubscription', { custom_fields: [{ content: 'x'.repeat(65_536) }] }, 'custom_fields[0].content must have at most 65535'],
	['v2/createPaymentForAnOrder', { payment_amount: 1 }, 'at least one of payment_method_id, payment_method_type'],
])('%s of %j: %s', (key, body, says) => expect(() => checkNotes(operationOf(key), body)).toThrow(says));

test('what the notes allow passes', () => {
	expect(() => checkNotes(operationOf('v2/createProduct'), { name: 'Bread', price: 0 })).not.toThrow();
	expect(() => checkNotes(operationOf('v2/createPaymentForAnOrder'), { payment_method_type: 'Cheque' })).not.toThrow();
});

test('a hyphen stands for all records only where the contract says so', async () => {
	for (const id of ['801', '802'])
		await call(sandbox, 'POST', `/leadSources/${id}/expenses`, { body: { title: id, amount: 5, incurred_time: '2026-01-01T00:00:00Z' } });
	const { body } = await call(sandbox, 'GET', '/leadSources/-/expenses');
	expect(body).toMatchObject({ lead_source_expenses: [{ title: '801' }, { title: '802' }] });
	expect((await call(sandbox, 'GET', '/contacts/-/tags')).status).toBe(400);
});
