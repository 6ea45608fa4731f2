import type { INodeParameters } from 'n8n-workflow';

import { byId, keapForEachTest, on, onlyBody, slotsOf, times, writes } from './helpers';

const user = on('user');
const group = on('userGroup');
const PATH = '/crm/rest/v2/users';

describe('user', () => {
	const keap = keapForEachTest();
	const stored = (id: string) => keap().sandbox.state.users.get(id);

	it('is invited through v1', async () => {
		await keap().output(user('create', { email: 'new@bakery.example', givenName: 'Nia', additionalFields: { admin: false } }));
		expect(writes(keap())[0]).toMatchObject({
			path: '/crm/rest/v1/users',
			body: { email: 'new@bakery.example', given_name: 'Nia', admin: false },
		});
	});

	it('is refused with a bad email before a call is spent', async () => {
		await expect(keap().output(user('create', { email: 'x', givenName: 'Nia' }))).rejects.toThrow(/Email is not an email address/);
		expect(keap().newCalls()).toEqual([]);
	});

	it('is read alone or many in a call, flat where it is simplified', async () => {
		const get = user('get', { userId: byId('={{ $json.id }}'), output: 'simplified' });
		expect(await keap().output(get, [{ id: 9001 }])).toEqual([
			expect.objectContaining({ id: '9001', given_name: 'Olivia', admin: true, email: 'olivia@bakery.example', phone: null }),
		]);
		const many = await keap().output(
			get,
			[9003, 9001, 9002].map((id) => ({ id })),
		);
		expect(many.map(({ given_name: name }) => name)).toEqual(['Noor', 'Olivia', 'Marc']);
		expect(keap().newCalls()).toEqual([`GET ${PATH}/9001`, `GET ${PATH}`]);
		expect(keap().sandbox.calls[1]?.query.filter).toContain('include_inactive==true');
	});

	it('is listed 100 a page, by filters', async () => {
		for (let index = 0; index < 150; index++)
			keap().sandbox.state.users.add({ given_name: 'Temp', family_name: `T${index}`, email_addresses: [], phone_numbers: [] });
		expect(await keap().output(user('getAll', { returnAll: true, output: 'simplified' }))).toHaveLength(153);
		expect(keap().sandbox.calls.map(({ query }) => query.page_size)).toEqual(times(2, '100'));
		const found = await keap().output(
			user('getAll', { returnAll: true, output: 'simplified', filters: { givenName: 'Marc', includeInactive: true } }),
		);
		expect(found.map(({ id }) => id)).toEqual(['9002']);
	});

	it('knows whom the key belongs to', async () => {
		expect(await keap().output(user('getCurrent'))).toEqual([expect.objectContaining({ given_name: 'Olivia', is_admin: true })]);
	});

	it.each([
		['JSON text', undefined, '<p>Olivia Baker</p>'],
		['bare HTML', '<p>Olivia &amp; team</p>', '<p>Olivia &amp; team</p>'],
		['nothing', '', ''],
	])('has a signature, which Keap may send as %s', async (_what, body, signature) => {
		if (body !== undefined) keap().sandbox.fault({ path: /signature$/ }, { kind: 'status', status: 200, body, contentType: 'text/html' });
		expect(await keap().output(user('getSignature', { userId: byId(9001) }))).toEqual([{ user_id: '9001', signature }]);
	});

	it('is not mistaken for a web page in front of Keap', async () => {
		keap().sandbox.fault({ path: /signature$/, times: Infinity }, { kind: 'html', status: 200 });
		await expect(keap().output(user('getSignature', { userId: byId(9001) }))).rejects.toThrow(/web page/i);
	});

	it('is updated without losing other phone numbers', async () => {
		keap().sandbox.state.users.set('9002', {
			...stored('9002'),
			id: '9002',
			phone_numbers: [
				{ number: '1', field: 'PHONE1' },
				{ number: '2', field: 'PHONE2', type: 'Work' },
			],
		});
		const updateFields: INodeParameters = {
			email: 'marc@new.example',
			phone1: { entries: { number: '9' } },
			companyName: 'Bakery',
			fieldsToClear: ['website'],
		};
		await keap().output(user('update', { userId: byId(9002), updateFields }));
		expect(keap().newCalls()).toEqual([`GET ${PATH}`, `PATCH ${PATH}/9002`]);
		expect(onlyBody(keap())).toMatchObject({ email_address: { email: 'marc@new.example', field: 'EMAIL1' }, company_name: 'Bakery' });
		expect(writes(keap())[0]?.query.update_mask?.split(',').sort()).toEqual(['company_name', 'email_address', 'phone_numbers', 'website']);
		expect(slotsOf(stored('9002')?.phone_numbers, 'number').sort()).toEqual(['PHONE1 9', 'PHONE2 2']);
	});

	it('refuses an update of nothing', async () => {
		await expect(keap().output(user('update', { userId: byId(9001) }))).rejects.toThrow(/No field to update is given/);
		expect(keap().newCalls()).toEqual([]);
	});
});

describe('user group', () => {
	const keap = keapForEachTest();

	it('is listed whole or in part, read, and found by name', async () => {
		expect((await keap().output(group('getAll', { returnAll: true }))).map(({ name }) => name)).toEqual(['Bakers', 'Sales']);
		expect(await keap().output(group('getAll', { returnAll: false, limit: 1 }))).toEqual([{ id: '9101', name: 'Bakers' }]);
		expect(await keap().output(group('get', { userGroupId: byId(9102) }))).toEqual([{ id: '9102', name: 'Sales' }]);
		expect((await keap().engine.listSearch({ parameters: group('get') }, 'searchUserGroups', 'sal')).results).toEqual([
			{ name: 'Sales', value: '9102' },
		]);
	});
});
