import type { INodeParameters } from 'n8n-workflow';

import { byId, errorsOf, itemsOf, keapForEachTest, on, slotsOf, stored, times, writes } from './helpers';

const contact = on('contact');
const UPSERT = 'POST /crm/rest/v2/contacts';
const SAM = {
	given_name: 'Sam',
	family_name: 'Stone',
	email_addresses: [{ email: 'sam@x.example', field: 'EMAIL1' }],
	company: { id: '3001', company_name: 'Acme Corporation' },
};

describe('contact: create or update', () => {
	const keap = keapForEachTest({ latencyMs: () => 10 + Math.random() * 20 });

	it.each([
		['Email', { givenName: 'Samuel', familyName: 'Rock', companyId: '3002' }, 'the same'],
		['EmailAndName', { givenName: 'Samuel', familyName: 'Stone', companyId: '3001' }, 'a new one'],
		['EmailAndName', { givenName: 'Sam', familyName: 'Stone', companyId: '3002' }, 'the same'],
		['EmailAndNameAndCompany', { givenName: 'Sam', familyName: 'Stone', companyId: '3002' }, 'a new one'],
		['EmailAndNameAndCompany', { givenName: 'Sam', familyName: 'Stone', companyId: '3001' }, 'the same'],
	])('matches by %s: %j is %s', async (duplicateOption, { givenName, familyName, companyId }, which) => {
		const { id } = keap().sandbox.state.contacts.add(SAM);
		const parameters = {
			email: 'SAM@x.example',
			additionalFields: { givenName, familyName, companyId: byId(companyId) },
			options: { duplicateOption },
		};
		const [answer] = await keap().output(contact('upsert', parameters));
		expect(keap().newCalls()).toEqual([UPSERT]);
		expect(writes(keap())[0]).toMatchObject({ query: { duplicate_option: duplicateOption }, status: which === 'the same' ? 200 : 201 });
		expect(answer?.id === id).toBe(which === 'the same');
	});

	it('matches by email when nothing is chosen', async () => {
		await keap().output(contact('upsert', { email: 'sam@x.example' }));
		expect(writes(keap())[0]?.query).toEqual({ duplicate_option: 'Email' });
	});

	it('makes one contact of many items with one email, written in item order', async () => {
		const { sandbox } = keap();
		const items = itemsOf(12, (index) => ({ email: index % 2 ? 'TWIN@x.example' : 'twin@x.example', name: `Name ${index}` }));
		const output = await keap().output(
			contact('upsert', { email: '={{ $json.email }}', additionalFields: { givenName: '={{ $json.name }}' } }),
			items,
		);
		expect(new Set(output.map(({ id }) => id)).size).toBe(1);
		expect(sandbox.state.contacts.size).toBe(26);
		expect(writes(keap()).map(({ body }) => (body as { given_name: string }).given_name)).toEqual(items.map(({ name }) => name));
		expect(output.map(({ given_name: name }) => name)).toEqual(items.map(({ name }) => name));
		expect(sandbox.stats().maxInFlight).toBe(1);
	});

	it('lets items with different emails go side by side', async () => {
		const held = keap().sandbox.hold({ method: 'POST' });
		const done = keap().output(
			contact('upsert', { email: '=p{{ $json.n }}@x.example' }),
			itemsOf(20, (n) => ({ n })),
		);
		await held.reached(20);
		held.release();
		await done;
		expect(keap().sandbox.state.contacts.size).toBe(45);
	});

	it('tags a contact once, though two items mean it', async () => {
		const parameters = contact('upsert', { email: '={{ $json.email }}', additionalFields: { tagIds: ['502'] } });
		const output = await keap().output(parameters, [{ email: 'a@x.example' }, { email: 'a@x.example' }, { email: 'b@x.example' }]);
		expect(keap().newCalls().sort()).toEqual([...times(3, UPSERT), 'POST /crm/rest/v2/tags/502/contacts:applyTags']);
		expect(writes(keap()).at(-1)?.body).toEqual({ contact_ids: [output[0]?.id, output[2]?.id] });
	});

	it('takes the first address of the list where Email is empty, and needs one of the two', async () => {
		const parameters = contact('upsert', {
			email: '={{ $json.email }}',
			additionalFields: { phones: { entries: [{ number: '1', field: '' }] } },
		});
		const output = await keap().output(parameters, [{ email: 'a@x.example' }, {}], { onError: 'continueRegularOutput' });
		expect(errorsOf(output)).toEqual([undefined, 'Email is empty']);
		expect(keap().newCalls()).toEqual([UPSERT]);
		const list = contact('upsert', {
			additionalFields: {
				emails: {
					entries: [
						{ email: 'c@x.example', field: '' },
						{ email: 'd@x.example', field: '' },
					],
				},
			},
		});
		const [made] = await keap().output(list);
		expect(slotsOf(stored(keap(), String(made?.id)).email_addresses, 'email')).toEqual(['EMAIL1 c@x.example', 'EMAIL2 d@x.example']);
	});
});

describe('contact: create or update that keeps what lists hold', () => {
	const keap = keapForEachTest();
	const LOOK = 'GET /crm/rest/v2/contacts';
	const BOTH = [
		{ email: 'sam@x.example', field: 'EMAIL1' },
		{ email: 'alt@x.example', field: 'EMAIL2' },
	];
	const known = (more: object = {}) =>
		keap().sandbox.state.contacts.add({
			...SAM,
			email_addresses: BOTH,
			phone_numbers: [
				{ number: '1', field: 'PHONE1' },
				{ number: '2', field: 'PHONE2' },
			],
			custom_fields: [{ id: '7', content: 'S' }],
			...more,
		}).id;
	const keep = (email: string, additionalFields: INodeParameters = {}, options: INodeParameters = {}) =>
		contact('upsert', {
			email,
			additionalFields,
			options: { listHandling: 'merge', ...options },
			setCustomFields: true,
			customFields: { mappingMode: 'defineBelow', value: { 14: '={{ $json.blog ?? "" }}' } },
		});
	const phone = { phones: { entries: [{ number: '22', field: 'PHONE2' }] } };

	it.each([
		['its first address', 'SAM@x.example', ['EMAIL2 alt@x.example', 'EMAIL1 SAM@x.example']],
		['another address of it, which stays in its slot', 'alt@x.example', ['EMAIL1 sam@x.example', 'EMAIL2 alt@x.example']],
	])('finds a contact by %s and fills only the slots given', async (_what, email, emails) => {
		const id = known();
		const [answer] = await keap().output(keep(email, { ...phone, givenName: 'Samuel', tagIds: ['502'] }), [{ blog: 'b.example' }]);
		expect(keap().newCalls()).toEqual([
			'GET /crm/rest/v2/contacts/model',
			LOOK,
			`PATCH /crm/rest/v2/contacts/${id}`,
			'POST /crm/rest/v2/tags/502/contacts:applyTags',
		]);
		expect(answer?.id).toBe(id);
		const sam = stored(keap(), id);
		expect(sam).toMatchObject({
			given_name: 'Samuel',
			family_name: 'Stone',
			custom_fields: [
				{ id: '7', content: 'S' },
				{ id: '14', content: 'b.example' },
			],
		});
		expect(slotsOf(sam.email_addresses, 'email')).toEqual(emails);
		expect(slotsOf(sam.phone_numbers, 'number')).toEqual(['PHONE1 1', 'PHONE2 22']);
	});

	it.each([
		['nobody has the address', 'new@x.example', {}, {}],
		['the name is another one', 'sam@x.example', { givenName: 'Ada', familyName: 'Stone' }, { duplicateOption: 'EmailAndName' }],
		[
			'the company is another one',
			'sam@x.example',
			{ givenName: 'Sam', familyName: 'Stone', companyId: byId(3002) },
			{ duplicateOption: 'EmailAndNameAndCompany' },
		],
	])('makes a contact where %s', async (_what, email, additionalFields, options) => {
		const id = known();
		const [made] = await keap().output(keep(email, additionalFields, options));
		expect(keap().newCalls()).toEqual([LOOK, UPSERT]);
		expect(made?.id).not.toBe(id);
		expect(slotsOf(made?.email_addresses, 'email')).toEqual([`EMAIL1 ${email}`]);
	});

	it('does not guess between two contacts', async () => {
		const ids = [known(), known()];
		const output = await keap().output(keep('={{ $json.email }}', phone), [{ email: 'sam@x.example' }, { email: 'new@x.example' }], {
			onError: 'continueRegularOutput',
		});
		expect(errorsOf(output)).toEqual([`Email belongs to 2 contacts in Keap: ${ids.join(', ')}`, undefined]);
		expect(writes(keap()).map(({ method }) => method)).toEqual(['POST']);
	});

	it('lets a second item about one contact build on the first', async () => {
		const id = known();
		const parameters = keep('sam@x.example', { phones: { entries: [{ number: '={{ $json.number }}', field: '={{ $json.field }}' }] } });
		await keap().output(parameters, [
			{ number: '4', field: 'PHONE4' },
			{ number: '5', field: 'PHONE5' },
		]);
		expect(slotsOf(stored(keap(), id).phone_numbers, 'number')).toEqual(['PHONE1 1', 'PHONE2 2', 'PHONE4 4', 'PHONE5 5']);
	});
});
