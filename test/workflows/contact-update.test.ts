import type { INodeParameters } from 'n8n-workflow';

import { byId, errorsOf, itemsOf, keapForEachTest, on, onlyBody, slotsOf, stored, times, writes } from './helpers';

const READ = 'GET /crm/rest/v2/contacts';
const WRITE = 'PATCH /crm/rest/v2/contacts/1';
const MODEL = 'GET /crm/rest/v2/contacts/model';

const update = (updateFields: INodeParameters, customFields?: INodeParameters): INodeParameters =>
	on('contact')('update', {
		contactId: byId('={{ $json.id ?? 1 }}'),
		// Names and labels of the answer take calls of their own, and have tests of their own.
		output: 'raw',
		updateFields,
		...(customFields && { setCustomFields: true, customFields: { mappingMode: 'defineBelow', value: customFields } }),
	});

const phone = (number: string, slot = 'PHONE1') => ({ [slot.toLowerCase()]: { entries: { number } } });

/** The number of an item in the slot that the item names. */
const phoneOfItem: INodeParameters = Object.assign(
	{},
	...[1, 2, 3, 4, 5].map((slot) => phone(`={{ $json.field === "PHONE${slot}" ? $json.number : "" }}`, `PHONE${slot}`)),
) as INodeParameters;

/** What Keap holds of contact 1 (Ada) at first, list by list, as the tests name it. */
const ADA = {
	email_addresses: ['EMAIL1 ada@adams.example', 'EMAIL2 ada.work@acme.example'],
	phone_numbers: ['PHONE1 +1 480 555 0101', 'PHONE2 +1 480 555 0102', 'PHONE3 +1 480 555 0103'],
	addresses: ['BILLING Chandler', 'SHIPPING Phoenix'],
	fax_numbers: ['FAX1 +1 480 555 0199'],
};
const VALUE = { email_addresses: 'email', phone_numbers: 'number', addresses: 'locality', fax_numbers: 'number' };

describe('contact: update of plain fields', () => {
	const keap = keapForEachTest();

	it('changes Phone 1 alone when nothing else is given', async () => {
		await keap().output(update({ phone: '+1 480 555 0199' }));
		expect(writes(keap())[0]).toMatchObject({
			query: { update_mask: 'phone_numbers' },
			body: { phone_numbers: expect.arrayContaining([{ number: '+1 480 555 0199', field: 'PHONE1' }]) as unknown },
		});
	});

	it('writes what is given, names exactly that in update_mask, and reads nothing', async () => {
		const [answer] = await keap().output(
			update({ givenName: 'Augusta', jobTitle: 'Analyst', companyId: byId(3002), birthDate: '1815-12-10', suffix: '' }),
		);
		expect(keap().newCalls()).toEqual([WRITE]);
		expect(onlyBody(keap())).toEqual({ given_name: 'Augusta', job_title: 'Analyst', company: { id: '3002' }, birth_date: '1815-12-10' });
		expect(writes(keap())[0]?.query.update_mask?.split(',').sort()).toEqual(['birth_date', 'company', 'given_name', 'job_title']);
		expect(answer).toMatchObject({ id: '1', given_name: 'Augusta', family_name: 'Adams', leadsource_id: '801' });
		expect(slotsOf(stored(keap(), 1).phone_numbers, 'number')).toEqual(ADA.phone_numbers);
	});

	it.each<[string, INodeParameters]>([
		['nothing', {}],
		['empty values', { givenName: '', phone2: {}, socialAccounts: { entries: { facebook: '' } } }],
		['only how to treat lists', { listHandling: 'replace' }],
	])('refuses %s before a call is spent', async (_what, fields) => {
		await expect(keap().output(update(fields))).rejects.toThrow(/No field to update is given/);
		expect(keap().newCalls()).toEqual([]);
	});

	it('clears fields and lists without reading them', async () => {
		await keap().output(update({ fieldsToClear: ['job_title', 'phone_numbers', 'company'], givenName: 'A.' }));
		expect(keap().newCalls()).toEqual([WRITE]);
		expect(onlyBody(keap())).toEqual({ given_name: 'A.' });
		expect(writes(keap())[0]?.query.update_mask?.split(',').sort()).toEqual(['company', 'given_name', 'job_title', 'phone_numbers']);
		expect(stored(keap(), 1)).toMatchObject({ phone_numbers: [], email_addresses: [{}, {}] });
		expect(Object.keys(stored(keap(), 1))).not.toEqual(expect.arrayContaining(['job_title']));
	});
});

describe('contact: update of lists', () => {
	const keap = keapForEachTest();

	it.each<[keyof typeof ADA, INodeParameters, string[]]>([
		['phone_numbers', phone('2', 'PHONE2'), ['PHONE1 +1 480 555 0101', 'PHONE2 2', 'PHONE3 +1 480 555 0103']],
		['phone_numbers', phone('5', 'PHONE5'), [...ADA.phone_numbers, 'PHONE5 5']],
		['email_addresses', { email3: { entries: { email: 'c@x.example' } } }, [...ADA.email_addresses, 'EMAIL3 c@x.example']],
		['email_addresses', { email: 'new@x.example' }, ['EMAIL1 new@x.example', 'EMAIL2 ada.work@acme.example']],
		['addresses', { shippingAddress: { entries: { locality: 'Graz', countryCode: 'AUT' } } }, ['BILLING Chandler', 'SHIPPING Graz']],
		['fax_numbers', { fax2: { entries: { number: '9' } } }, [...ADA.fax_numbers, 'FAX2 9']],
	])('keeps the other entries of %s', async (list, fields, after) => {
		await keap().output(update(fields));
		expect(keap().newCalls()).toEqual([READ, WRITE]);
		expect(writes(keap())[0]?.query.update_mask).toBe(list);
		const ada = stored(keap(), 1);
		expect(slotsOf(ada[list], VALUE[list]).sort()).toEqual(after);
		for (const other of Object.keys(ADA).filter((name) => name !== list) as Array<keyof typeof ADA>)
			expect(slotsOf(ada[other], VALUE[other])).toEqual(ADA[other]);
	});

	it('keeps all that stands in the entries it sends along, and replaces an entry whole', async () => {
		await keap().output(update({ ...phone('1', 'PHONE1'), shippingAddress: { entries: { locality: 'Lyon' } } }));
		const { phone_numbers: phones, addresses } = stored(keap(), 1);
		expect(phones).toEqual(
			expect.arrayContaining([
				{ number: '1', field: 'PHONE1' },
				{ number: '+1 480 555 0102', type: 'Work', field: 'PHONE2', extension: '12' },
			]),
		);
		expect(addresses).toEqual([
			{ line1: '12 Oak Street', locality: 'Chandler', region: 'Arizona', country_code: 'USA', postal_code: '85225', field: 'BILLING' },
			{ locality: 'Lyon', field: 'SHIPPING' },
		]);
	});

	it('sends no slot along that Keap returns with nothing in it', async () => {
		const { id } = keap().sandbox.state.contacts.add({
			email_addresses: [
				{ email: 'odd@x.example', field: 'EMAIL1' },
				{ email: '', field: 'EMAIL2' },
			],
			phone_numbers: [
				{ field: 'PHONE1', number: null, type: 'Work' },
				{ field: 'PHONE2', number: '2', extension: '', type: null },
			],
			addresses: [
				{ field: 'BILLING', line1: '', country_code: null },
				{ field: 'SHIPPING', locality: 'Lyon', line1: '' },
			],
			custom_fields: [
				{ id: '7', content: null },
				{ id: '8', content: '' },
				{ id: '10', content: false },
			],
		});
		const fields = { email: 'new@x.example', ...phone('5', 'PHONE5'), otherAddress: { entries: { line1: 'x' } } };
		await keap().output(
			on('contact')('update', {
				contactId: byId(id),
				updateFields: fields,
				setCustomFields: true,
				customFields: { mappingMode: 'defineBelow', value: { Blog: 'x' } },
			}),
		);
		expect(onlyBody(keap())).toEqual({
			email_addresses: [{ email: 'new@x.example', field: 'EMAIL1' }],
			phone_numbers: [
				{ number: '2', field: 'PHONE2' },
				{ number: '5', field: 'PHONE5' },
			],
			addresses: [
				{ locality: 'Lyon', field: 'SHIPPING' },
				{ line1: 'x', field: 'OTHER' },
			],
			custom_fields: [
				{ id: '10', content: false },
				{ id: '14', content: 'x' },
			],
		});
	});

	it('keeps the other social accounts and custom fields', async () => {
		await keap().output(update({ socialAccounts: { entries: { youTube: 'ada.tv' } } }, { Nickname: 'Queen', 'Gluten free': false }));
		expect(keap().newCalls()).toEqual([MODEL, READ, WRITE]);
		expect(stored(keap(), 1)).toMatchObject({
			social_accounts: [
				{ name: 'ada.adams', type: 'LINKED_IN' },
				{ name: 'ada.tv', type: 'YOUTUBE' },
			],
			custom_fields: [
				{ id: '8', content: 'Sourdough' },
				{ id: '13', content: ['Baking', 'Events'] },
				{ id: '7', content: 'Queen' },
				{ id: '10', content: false },
			],
		});
	});

	it('empties the custom fields named and keeps the others, whatever else is set', async () => {
		await keap().output(update({ customFieldsToClear: 'nickname, 13' }, { Blog: 'ada.example' }));
		expect(keap().newCalls()).toEqual([MODEL, READ, WRITE]);
		expect(onlyBody(keap())).toEqual({
			custom_fields: [
				{ id: '8', content: 'Sourdough' },
				{ id: '14', content: 'ada.example' },
			],
		});
		await keap().output(update({ customFieldsToClear: '8', listHandling: 'replace' }, { Nickname: 'Queen' }));
		expect(stored(keap(), 1).custom_fields).toEqual([{ id: '7', content: 'Queen' }]);
	});

	it.each<[string, INodeParameters, string[]]>([
		['replaces a list when set so', { ...phone('7'), listHandling: 'replace' }, ['PHONE1 7']],
		['replaces a list that is cleared and set', { ...phone('8'), fieldsToClear: ['phone_numbers'] }, ['PHONE1 8']],
	])('%s, without reading it', async (_what, fields, after) => {
		await keap().output(update(fields));
		expect(keap().newCalls()).toEqual([WRITE]);
		expect(slotsOf(stored(keap(), 1).phone_numbers, 'number')).toEqual(after);
		expect(slotsOf(stored(keap(), 1).email_addresses, 'email')).toEqual(ADA.email_addresses);
	});

	it('merges the lists it sets beside one that is cleared', async () => {
		await keap().output(update({ email: 'only@x.example', ...phone('4', 'PHONE4'), fieldsToClear: ['email_addresses', 'fax_numbers'] }));
		expect(keap().newCalls()).toEqual([READ, WRITE]);
		const ada = stored(keap(), 1);
		expect(slotsOf(ada.email_addresses, 'email')).toEqual(['EMAIL1 only@x.example']);
		expect(slotsOf(ada.phone_numbers, 'number')).toEqual([...ADA.phone_numbers, 'PHONE4 4']);
		expect(ada.fax_numbers).toEqual([]);
	});
});

describe('contact: update of many', () => {
	const keap = keapForEachTest({ latencyMs: () => Math.random() * 5 });
	const byExpression = update({
		...phoneOfItem,
		fieldsToClear: '={{ $json.clear ?? [] }}',
		listHandling: '={{ $json.how ?? "merge" }}',
	});

	it.each([
		[
			'two entries',
			[
				{ number: '1', field: 'PHONE1' },
				{ number: '2', field: 'PHONE2' },
			],
			['PHONE1 1', 'PHONE2 2', 'PHONE3 +1 480 555 0103'],
		],
		[
			'a list that the first replaced',
			[
				{ number: '1', field: 'PHONE1', how: 'replace' },
				{ number: '2', field: 'PHONE2' },
			],
			['PHONE1 1', 'PHONE2 2'],
		],
		[
			'a list that the first cleared and set',
			[
				{ number: '1', field: 'PHONE1', clear: ['phone_numbers'] },
				{ number: '2', field: 'PHONE2' },
			],
			['PHONE1 1', 'PHONE2 2'],
		],
	])('lets a second item about the same contact build on the first: %s', async (_what, items, after) => {
		await keap().output(byExpression, items);
		expect(keap().newCalls()).toEqual([READ, WRITE, WRITE]);
		expect(slotsOf(stored(keap(), 1).phone_numbers, 'number').sort()).toEqual(after);
	});

	it('builds on what Keap holds, not on what it should, after a write of which nobody knows whether it was carried out', async () => {
		keap().sandbox.fault({ method: 'PATCH', times: 1 }, { kind: 'resetAfter' });
		const items = [
			{ number: '4', field: 'PHONE4' },
			{ number: '5', field: 'PHONE5' },
		];
		const output = await keap().output(byExpression, items, { onError: 'continueRegularOutput' });
		expect(errorsOf(output)).toEqual([expect.stringContaining('broke off'), undefined]);
		expect(keap().newCalls()).toEqual([READ, WRITE, READ, WRITE]);
		expect(slotsOf(stored(keap(), 1).phone_numbers, 'number')).toEqual([...ADA.phone_numbers, 'PHONE4 4', 'PHONE5 5']);
	});

	it('reads once for up to 100 contacts, shortly before they are written', async () => {
		const ids = keap().sandbox.state.addContacts(250, () => ({ phone_numbers: [{ number: 'old', field: 'PHONE2' }] }));
		const output = await keap().output(
			byExpression,
			ids.map((id) => ({ id, number: `n${id}`, field: 'PHONE1' })),
		);
		const calls = keap()
			.newCalls()
			.map((call) => call.split(' ')[0]);
		expect(calls).toEqual(['GET', ...times(100, 'PATCH'), 'GET', ...times(100, 'PATCH'), 'GET', ...times(50, 'PATCH')]);
		expect(output.map(({ id }) => id)).toEqual(ids);
		for (const id of ids) expect(slotsOf(stored(keap(), id).phone_numbers, 'number').sort()).toEqual([`PHONE1 n${id}`, 'PHONE2 old']);
	});

	it('fails an unknown contact alone, without writing to it', async () => {
		const items = itemsOf(5, (index) => ({ id: index === 2 ? 987654 : index + 1, number: '1', field: 'PHONE1' }));
		const output = await keap().output(byExpression, items, { onError: 'continueRegularOutput' });
		expect(errorsOf(output)).toEqual([undefined, undefined, 'Keap has no contact with the ID 987654', undefined, undefined]);
		expect(
			writes(keap())
				.map(({ path }) => path.split('/').pop())
				.sort(),
		).toEqual(['1', '2', '4', '5']);
	});

	it('fails the items of a group when their contacts cannot be read, and writes to none of them', async () => {
		keap().sandbox.fault({ method: 'GET', times: Infinity }, { kind: 'status', status: 403 });
		const output = await keap().output(
			byExpression,
			itemsOf(3, (index) => ({ id: index + 1, number: '1', field: 'PHONE1' })),
			{ onError: 'continueRegularOutput' },
		);
		expect(errorsOf(output)).toEqual(times(3, expect.stringContaining('may not do this in Keap') as string));
		expect(writes(keap())).toEqual([]);
	});
});
