import type { INodeParameters } from 'n8n-workflow';

import { byId, errorsOf, itemsOf, keapForEachTest, on, onlyBody, slotsOf, stored, times, writes } from './helpers';

/** Names and labels of the answer take calls of their own, and have tests of their own. */
const contact = (operation: string, parameters: INodeParameters = {}): INodeParameters =>
	on('contact')(operation, { output: 'raw', ...parameters });
const UPSERT = 'POST /crm/rest/v2/contacts';
const LOOK = 'GET /crm/rest/v2/contacts';
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
			givenName,
			familyName,
			companyId: byId(companyId),
			options: { duplicateOption, listHandling: 'replace' },
		};
		const [answer] = await keap().output(contact('upsert', parameters));
		expect(keap().newCalls()).toEqual([UPSERT]);
		expect(writes(keap())[0]).toMatchObject({ query: { duplicate_option: duplicateOption }, status: which === 'the same' ? 200 : 201 });
		expect(answer?.id === id).toBe(which === 'the same');
	});

	it('matches by email when nothing is chosen', async () => {
		await keap().output(contact('upsert', { email: 'sam@x.example' }));
		expect(writes(keap())[0]?.query).toMatchObject({ duplicate_option: 'Email' });
	});

	it('makes one contact of many items with one email, written in item order', async () => {
		const { sandbox } = keap();
		const items = itemsOf(12, (index) => ({ email: index % 2 ? 'TWIN@x.example' : 'twin@x.example', name: `Name ${index}` }));
		const output = await keap().output(contact('upsert', { email: '={{ $json.email }}', givenName: '={{ $json.name }}' }), items);
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
		const parameters = contact('upsert', { email: '={{ $json.email }}', tagIds: ['502'] });
		const output = await keap().output(parameters, [{ email: 'a@x.example' }, { email: 'a@x.example' }, { email: 'b@x.example' }]);
		// The second item finds nothing to change in what the first one has made: it only needs the contact.
		expect(keap().newCalls().sort()).toEqual([
			...times(2, LOOK),
			`${LOOK}/${String(output[0]?.id)}`,
			...times(2, UPSERT),
			'POST /crm/rest/v2/tags/502/contacts:applyTags',
		]);
		expect(output.map(({ tag_ids: tags }) => tags)).toEqual([['502'], ['502'], ['502']]);
		expect(writes(keap()).at(-1)?.body).toEqual({ contact_ids: [output[0]?.id, output[2]?.id] });
	});

	it('needs the address in Email, whatever other way to reach the contact there is', async () => {
		const parameters = contact('upsert', {
			email: '={{ $json.email }}',
			additionalFields: { phone1: { entries: { number: '1' } }, email2: { entries: { email: '={{ $json.second }}' } } },
		});
		const output = await keap().output(parameters, [{ email: 'a@x.example' }, {}, { second: 'b@x.example' }], {
			onError: 'continueRegularOutput',
		});
		const none = 'Email is empty: the expression "{{ $json.email }}" came to nothing';
		expect(errorsOf(output)).toEqual([undefined, none, none]);
		expect(keap().newCalls()).toEqual([LOOK, UPSERT]);
	});
});

describe('contact: create or update that keeps what lists hold', () => {
	const keap = keapForEachTest();
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
	const keep = (
		email: string,
		{ givenName = '', familyName = '', tagIds = [], ...additionalFields }: INodeParameters = {},
		options: INodeParameters = {},
	) =>
		contact('upsert', {
			email,
			givenName,
			familyName,
			tagIds,
			additionalFields,
			// Keep is what happens when nothing is chosen.
			options,
			setCustomFields: true,
			customFields: { mappingMode: 'defineBelow', value: { 14: '={{ $json.blog ?? "" }}' } },
		});
	const phone = { phone2: { entries: { number: '22' } } };

	/** The number of an item in the slot that the item names. */
	const inSlots = (number: string, slot: string): INodeParameters =>
		Object.fromEntries(
			[1, 2, 3, 4, 5].map((at) => [`phone${at}`, { entries: { number: `={{ $json.${slot} === "PHONE${at}" ? $json.${number} : "" }}` } }]),
		);
	const two = inSlots('phone', 'slot');
	const first = { name: 'Ada', phone: '1', slot: 'PHONE1' };
	const second = { name: 'Ada', phone: '2', slot: 'PHONE2' };
	const NEW = Array.from({ length: 200 }, (_unused, index) => String(26 + index));
	const phonesOf = (email: string): string[] => {
		const found = keap().sandbox.state.contacts.rows.filter((row) => JSON.stringify(row.email_addresses).includes(email));
		return found.map(({ phone_numbers: phones }) => slotsOf(phones, 'number').join(', '));
	};

	it('keeps them where an item between is about another contact with the same address', async () => {
		const id = known();
		const options = { duplicateOption: 'EmailAndName' };
		await keap().output(keep('sam@x.example', { ...phone, givenName: '={{ $json.name }}', familyName: 'Stone' }, options), [
			{ name: 'Ada' },
			{ name: 'Sam' },
			{ name: 'Ada' },
		]);
		expect(slotsOf(stored(keap(), id).phone_numbers, 'number')).toEqual(['PHONE1 1', 'PHONE2 22']);
		expect(keap().sandbox.state.contacts.size).toBe(25 + 2);
	});

	it('keeps what an item of an earlier hundred wrote, although lists do not show it yet', async () => {
		// So many contacts that each address is looked up by itself.
		const count = JSON.stringify({ contacts: [], count: 500_000 });
		keap().sandbox.fault({ path: '/crm/rest/v1/contacts' }, { kind: 'status', status: 200, body: count });
		keap().sandbox.fault({ method: 'GET', times: Infinity }, { kind: 'lateRows', ids: NEW });
		const items = [{ n: 0, ...first }, ...itemsOf(100, (n) => ({ n: n + 1, ...first })).slice(0, 99), { n: 0, ...second }];
		await keap().output(keep('={{ $json.n }}@x.example', two), items);
		expect(keap().sandbox.state.contacts.size).toBe(25 + 100);
		expect(phonesOf('"0@x.example')).toEqual(['PHONE1 1, PHONE2 2']);
	});

	it('keeps what an item of an earlier try wrote, although lists do not show it yet', async () => {
		keap().sandbox.fault({ method: 'GET', path: UPSERT.slice(5), times: Infinity }, { kind: 'lateRows', ids: NEW });
		keap().sandbox.fault({ method: 'PATCH' }, { kind: 'status', status: 403 });
		await keap().output(keep('ada@x.example', two), [first, second], { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
		expect(keap().sandbox.state.contacts.size).toBe(25 + 1);
		expect(phonesOf('ada@x.example')).toEqual(['PHONE1 1, PHONE2 2']);
	});

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
		const parameters = keep('sam@x.example', inSlots('number', 'field'));
		await keap().output(parameters, [
			{ number: '4', field: 'PHONE4' },
			{ number: '5', field: 'PHONE5' },
		]);
		expect(slotsOf(stored(keap(), id).phone_numbers, 'number')).toEqual(['PHONE1 1', 'PHONE2 2', 'PHONE4 4', 'PHONE5 5']);
	});

	it('removes only where that is chosen', async () => {
		const id = known();
		await keap().output(keep('sam@x.example', phone, { listHandling: 'replace' }));
		expect(keap().newCalls()).toEqual([UPSERT]);
		expect(slotsOf(stored(keap(), id).email_addresses, 'email')).toEqual(['EMAIL1 sam@x.example']);
		expect(slotsOf(stored(keap(), id).phone_numbers, 'number')).toEqual(['PHONE2 22']);
	});

	it('keeps the second address of a contact of which only the first is given', async () => {
		const id = known();
		await keap().output(contact('upsert', { email: 'sam@x.example', givenName: 'Samuel' }));
		expect(onlyBody(keap())).toEqual({ given_name: 'Samuel' });
		expect(slotsOf(stored(keap(), id).email_addresses, 'email')).toEqual(['EMAIL1 sam@x.example', 'EMAIL2 alt@x.example']);
	});

	it('lets items that share any address go one after the other', async () => {
		const items = [
			{ email: 'one@x.example', second: 'two@x.example' },
			{ email: 'two@x.example', second: 'three@x.example' },
			{ email: 'three@x.example', second: '' },
		];
		const output = await keap().output(
			contact('upsert', {
				email: '={{ $json.email }}',
				additionalFields: { email2: { entries: { email: '={{ $json.second }}' } } },
			}),
			items,
		);
		expect(new Set(output.map(({ id }) => id)).size).toBe(1);
	});
});

describe('contact: create or update of many items', () => {
	const keap = keapForEachTest();
	const upsert = contact('upsert', { email: '={{ $json.email }}', givenName: '={{ $json.name }}' });
	const people = (count: number) => itemsOf(count, (n) => ({ email: `New${n}@x.example`, name: `N${n}` }));
	const add = (email: string, more: object = {}) =>
		keap().sandbox.state.contacts.add({
			given_name: 'Old',
			email_addresses: [
				{ email, field: 'EMAIL1' },
				{ email: `second-${email}`, field: 'EMAIL2' },
			],
			...more,
		}).id;

	it('takes at most 1.1 calls an item for 1,000 into an account of 20,000, and keeps what is there', async () => {
		keap().sandbox.state.addContacts(20_000);
		const items = people(1_000);
		const ids = items.filter((_item, n) => n % 2 === 0).map(({ email }) => add(String(email).toLowerCase()));
		const output = await keap().output(upsert, items);
		expect(keap().newCalls().length).toBeLessThanOrEqual(1_100);
		expect(output.filter((_item, n) => n % 2 === 0).map(({ id }) => id)).toEqual(ids);
		expect(output.map(({ given_name: name }) => name)).toEqual(items.map(({ name }) => name));
		for (const id of ids) expect(stored(keap(), id).email_addresses).toHaveLength(2);
		expect(keap().sandbox.state.contacts.size).toBe(25 + 20_000 + 1_000);
	}, 120_000);

	it('looks each one up where the account is too big to be read through', async () => {
		keap().sandbox.state.addContacts(30_000);
		await keap().output(upsert, people(20));
		expect(keap().newCalls()).toHaveLength(1 + 20 + 20);
	});

	it.each(['a new contact', 'another contact, which gets the address,'])(
		'finds %s that came between the pass over the account and the write',
		async (what) => {
			const other = add('other@x.example');
			const items = people(150);
			const { sandbox } = keap();
			let id = '';
			// With the 20th write, after the pass, somebody else writes.
			const changing = setInterval(() => {
				if (id !== '' || writes(keap()).length < 20) return;
				const record = {
					email_addresses: [
						{ email: 'new140@x.example', field: 'EMAIL2' },
						{ email: 'k@x.example', field: 'EMAIL3' },
					],
				};
				if (what === 'a new contact') id = sandbox.state.contacts.add(record).id;
				else {
					id = other;
					const now = new Date().toISOString();
					sandbox.state.contacts.set(other, { ...stored(keap(), other), ...record, update_time: now });
				}
			}, 1);
			const output = await keap().output(upsert, items);
			clearInterval(changing);
			expect(output[140]?.id).toBe(id);
			expect(slotsOf(stored(keap(), id).email_addresses, 'email')).toContain('EMAIL3 k@x.example');
		},
	);

	it('does not guess between two contacts, and goes on with the others', async () => {
		const items = people(30);
		const twins = [add('new7@x.example'), add('new7@x.example')];
		const output = await keap().output(upsert, items, { onError: 'continueRegularOutput' });
		expect(errorsOf(output).filter((error) => error !== undefined)).toEqual([`Email belongs to 2 contacts in Keap: ${twins.join(', ')}`]);
	});

	it('makes one contact of items with one address, in item order, over groups too', async () => {
		const items = itemsOf(250, (n) => ({ email: n % 2 ? 'twin@x.example' : `New${n}@x.example`, name: `N${n}` }));
		const output = await keap().output(upsert, items);
		expect(new Set(output.filter((_item, n) => n % 2).map(({ id }) => id)).size).toBe(1);
		expect(stored(keap(), String(output[249]?.id)).given_name).toBe('N249');
		expect(keap().sandbox.state.contacts.size).toBe(25 + 126);
	});

	it('looks each one up when the pass can not be made', async () => {
		keap().sandbox.fault({ path: '/crm/rest/v1/contacts' }, { kind: 'status', status: 403 });
		const id = add('new3@x.example');
		const output = await keap().output(upsert, people(12));
		expect(output[3]?.id).toBe(id);
		expect(stored(keap(), id).email_addresses).toHaveLength(2);
		expect(keap().newCalls()).toHaveLength(1 + 12 + 12);
	});

	it('does not take a contact for unknown that the pass has missed', async () => {
		keap().sandbox.state.addContacts(1_500);
		const id = add('new3@x.example');
		// The pass ends after its first page.
		keap().sandbox.fault(
			{ path: '/crm/rest/v2/contacts', method: 'GET' },
			{ kind: 'status', status: 200, body: JSON.stringify({ contacts: [{ id: '1' }], next_page_token: '' }) },
		);
		const output = await keap().output(upsert, people(60));
		expect(output[3]?.id).toBe(id);
	});
});
