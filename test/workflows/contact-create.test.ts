import type { INodeParameters } from 'n8n-workflow';

import { byId, errorsOf, itemsOf, keapForEachTest, on, onlyBody, times, writes } from './helpers';

/** Names and labels of the answer take calls of their own, and have tests of their own. */
const contact = (operation: string, parameters: INodeParameters = {}): INodeParameters =>
	on('contact')(operation, { output: 'raw', ...parameters });
const CREATE = 'POST /crm/rest/v2/contacts';
const MODEL = 'GET /crm/rest/v2/contacts/model';

const EVERY_FIELD: INodeParameters = {
	email: ' grace@navy.example ',
	givenName: 'Grace',
	familyName: 'Hopper',
	phone: ' +1 555 0102 ',
	companyId: { __rl: true, mode: 'id', value: '3001' },
	additionalFields: {
		billingAddress: {
			entries: {
				line1: '1 Sea Road',
				line2: 'Deck 2',
				locality: 'Chandler',
				region: 'Arizona',
				postalCode: '85225',
				countryCode: 'usa',
			},
		},
		otherAddress: { entries: { line1: 'Lindenweg 4', locality: 'Graz', countryCode: 'AUT' } },
		anniversaryDate: '1930-06-15T00:00:00',
		assistantName: 'Cobol',
		assistantPhone: '555-0100',
		billingInformation: 'Pays by cheque',
		birthDate: '1906-12-09',
		contactType: 'Customer',
		email2: { entries: { email: 'grace@home.example', optInReason: 'Asked for it' } },
		fax2: { entries: { number: '+1 555 0199', type: 'Work' } },
		jobTitle: 'Admiral',
		leadSourceId: { __rl: true, mode: 'list', value: '801' },
		middleName: 'Brewster',
		optInReason: 'Signed up at the fair',
		ownerId: { __rl: true, mode: 'id', value: '9001' },
		phone1: { entries: { number: '', type: 'Home' } },
		phone2: { entries: { number: '+1 555 0103' } },
		phone3: { entries: { number: '+1 555 0101', extension: '7', type: 'Work' } },
		preferredLocale: 'en_US',
		preferredName: 'Amazing Grace',
		prefix: 'Dr.',
		referralCode: 'R-1',
		socialAccounts: { entries: { facebook: '', linkedIn: 'grace.hopper', youTube: 'navy.tv' } },
		sourceType: 'MANUAL',
		spouseName: 'Vincent',
		suffix: 'Jr.',
		timeZone: 'America/Phoenix',
		website: 'https://navy.example',
	},
};

const EVERY_FIELD_FOR_KEAP = {
	given_name: 'Grace',
	family_name: 'Hopper',
	email_addresses: [
		{ email: 'grace@navy.example', field: 'EMAIL1', opt_in_reason: 'Signed up at the fair' },
		{ email: 'grace@home.example', field: 'EMAIL2', opt_in_reason: 'Asked for it' },
	],
	addresses: [
		{
			line1: '1 Sea Road',
			line2: 'Deck 2',
			locality: 'Chandler',
			region_code: 'US-AZ',
			postal_code: '85225',
			country_code: 'USA',
			field: 'BILLING',
		},
		{ line1: 'Lindenweg 4', locality: 'Graz', country_code: 'AUT', field: 'OTHER' },
	],
	anniversary_date: '1930-06-15',
	assistant_name: 'Cobol',
	assistant_phone: '555-0100',
	billing_information: 'Pays by cheque',
	birth_date: '1906-12-09',
	company: { id: '3001' },
	contact_type: 'Customer',
	fax_numbers: [{ number: '+1 555 0199', type: 'Work', field: 'FAX2' }],
	job_title: 'Admiral',
	leadsource_id: '801',
	middle_name: 'Brewster',
	owner_id: '9001',
	phone_numbers: [
		{ number: '+1 555 0102', type: 'Home', field: 'PHONE1' },
		{ number: '+1 555 0103', field: 'PHONE2' },
		{ number: '+1 555 0101', extension: '7', type: 'Work', field: 'PHONE3' },
	],
	preferred_locale: 'en_US',
	preferred_name: 'Amazing Grace',
	prefix: 'Dr.',
	referral_code: 'R-1',
	social_accounts: [
		{ type: 'LINKED_IN', name: 'grace.hopper' },
		{ type: 'YOUTUBE', name: 'navy.tv' },
	],
	source_type: 'MANUAL',
	spouse_name: 'Vincent',
	suffix: 'Jr.',
	time_zone: 'America/Phoenix',
	website: 'https://navy.example',
};

/** A custom field as the editor stores it beside its value. */
const mapped = (id: string, displayName: string, type: string) => ({
	id,
	displayName,
	type,
	required: false,
	defaultMatch: false,
	display: true,
	removed: false,
});

describe('contact: create', () => {
	const keap = keapForEachTest();

	it("sends every field in Keap's form, in one call", async () => {
		const [created] = await keap().output(contact('create', EVERY_FIELD));
		expect(keap().newCalls()).toEqual([CREATE]);
		expect(onlyBody(keap())).toEqual(EVERY_FIELD_FOR_KEAP);
		expect(created).toMatchObject({ id: '26', given_name: 'Grace', company: { id: '3001', company_name: 'Acme Corporation' } });
	});

	it('leaves out what is empty, and asks for nothing else', async () => {
		const created = await keap().output(
			contact('create', {
				email: 'x@y.example',
				givenName: '',
				familyName: '  ',
				phone: '',
				companyId: byId(''),
				tagIds: [],
				additionalFields: {
					jobTitle: '',
					phone1: { entries: { number: '' } },
					email2: {},
					socialAccounts: { entries: { facebook: '' } },
					birthDate: '',
				},
			}),
		);
		expect(onlyBody(keap())).toEqual({ email_addresses: [{ email: 'x@y.example', field: 'EMAIL1' }] });
		expect(created).toHaveLength(1);
	});

	it.each<[string, INodeParameters, object]>([
		['a phone number alone', { phone1: { entries: { number: '1' } } }, { phone_numbers: [{ number: '1', field: 'PHONE1' }] }],
		['an address alone', { billingAddress: { entries: { locality: 'Graz' } } }, { addresses: [{ locality: 'Graz', field: 'BILLING' }] }],
		[
			'an address in the second email slot',
			{ email2: { entries: { email: 'b@x.example' } } },
			{ email_addresses: [{ email: 'b@x.example', field: 'EMAIL2' }] },
		],
	])('is content with %s', async (_what, additionalFields, body) => {
		await keap().output(contact('create', { additionalFields }));
		expect(onlyBody(keap())).toEqual(body);
	});
});

describe('contact: custom fields on create', () => {
	const keap = keapForEachTest();
	const create = (customFields: unknown, setCustomFields = true): INodeParameters =>
		contact('create', { email: 'x@y.example', setCustomFields, customFields: customFields as INodeParameters });

	it("writes what the editor maps, by ID and in the field's own type", async () => {
		const value = {
			7: 'Lady',
			8: 'rye',
			9: '2024-02-29T08:00:00',
			10: 'true',
			11: '3',
			12: 12.5,
			13: 'baking, Coffee',
			14: 'https://b.example',
		};
		const schema = [mapped('7', 'Nickname', 'string'), mapped('10', 'Gluten free', 'boolean'), mapped('11', 'Loaves per week', 'number')];
		await keap().output(create({ mappingMode: 'defineBelow', value, matchingColumns: [], schema }));
		expect(keap().newCalls()).toEqual([MODEL, CREATE]);
		expect(onlyBody(keap()).custom_fields).toEqual([
			{ id: '7', content: 'Lady' },
			{ id: '8', content: 'Rye' },
			{ id: '9', content: '2024-02-29' },
			{ id: '10', content: true },
			{ id: '11', content: 3 },
			{ id: '12', content: 12.5 },
			{ id: '13', content: ['Baking', 'Coffee'] },
			{ id: '14', content: 'https://b.example' },
		]);
	});

	it('finds fields by label, whatever the case, and reads expressions of the item', async () => {
		await keap().output(
			create({ mappingMode: 'defineBelow', value: { nickname: '={{ $json.nick }}', 'Favourite Bread': '2', Blog: '={{ $json.none }}' } }),
			[{ nick: 'Bo' }],
		);
		expect(onlyBody(keap()).custom_fields).toEqual([
			{ id: '7', content: 'Bo' },
			{ id: '8', content: 'Sourdough' },
		]);
	});

	it("takes the columns that bear a field's label from the item, and reads the model once for all items", async () => {
		const items = itemsOf(3, (index) => ({ Nickname: `N${index}`, 'loaves PER week': index, other: 'not a field' }));
		await keap().output(create({ mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] }), items);
		expect(keap().newCalls()).toEqual([MODEL, ...times(3, CREATE)]);
		expect(writes(keap()).map(({ body }) => (body as { custom_fields: unknown }).custom_fields)).toEqual(
			expect.arrayContaining(
				items.map((item, index) => [
					{ id: '7', content: item.Nickname },
					{ id: '11', content: index },
				]),
			),
		);
	});

	it('takes no column for a field because it is called like the ID of one', async () => {
		const items = [{ 7: 'a number of something else', '8 ': 'x', ' NICKNAME ': 'Bo' }];
		await keap().output(create({ mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] }), items);
		expect(onlyBody(keap()).custom_fields).toEqual([{ id: '7', content: 'Bo' }]);
	});

	it('sets none unless asked, whatever the item or the mapper hold', async () => {
		await keap().output(create({ mappingMode: 'defineBelow', value: { nickname: 'Bo' } }, false), [{ Nickname: 'From the item' }]);
		expect([keap().newCalls(), onlyBody(keap()).custom_fields]).toEqual([[CREATE], undefined]);
	});

	it('reads no model when no custom field is given', async () => {
		await keap().output(
			create({ mappingMode: 'defineBelow', value: { 7: '', 8: null, 9: null, 11: null }, matchingColumns: [], schema: [] }),
		);
		expect(keap().newCalls()).toEqual([CREATE]);
	});

	it.each([
		['a label that the account lacks', { Shoes: '44' }, /Custom Fields has no field "Shoes".*Nickname, Favourite bread/],
		[
			'a choice that the field lacks',
			{ 'Favourite bread': 'Toast' },
			/Custom Fields > Favourite bread has no option "Toast".*Rye, Sourdough, Baguette, Ciabatta/,
		],
		['a text where a number belongs', { 'Loaves per week': 'many' }, /Loaves per week is not a number: "many"/],
		['a fraction where a whole number belongs', { 'Loaves per week': 1.5 }, /Loaves per week must be a whole number, not 1.5/],
		['a day that the calendar lacks', { 'Member since': '2023-02-29' }, /Member since is not a day of the calendar/],
		['a day in words', { 'Member since': 'last week' }, /Member since is not a date: "last week"/],
	])('refuses %s before anything is written', async (_what, value, message) => {
		await expect(keap().output(create({ mappingMode: 'defineBelow', value }))).rejects.toThrow(message);
		expect(keap().newCalls()).toEqual([MODEL]);
	});

	it('refuses an expression in place of the mapping, which n8n would not evaluate', async () => {
		await expect(keap().output(create('={{ $json.all }}'))).rejects.toThrow(/Custom Fields must be a mapping of fields, not text/);
		expect(keap().newCalls()).toEqual([]);
	});
});

describe('contact: tags after creation', () => {
	const keap = keapForEachTest();

	it('tags 150 new contacts with two tags in two calls', async () => {
		const parameters = contact('create', { email: '=p{{ $json.n }}@x.example', tagIds: ['501', '503'] });
		const created = await keap().output(
			parameters,
			itemsOf(150, (n) => ({ n })),
		);
		expect(keap().newCalls().sort()).toEqual([
			...times(150, CREATE),
			'POST /crm/rest/v2/tags/501/contacts:applyTags',
			'POST /crm/rest/v2/tags/503/contacts:applyTags',
		]);
		const ids = created.map(({ id }) => id as string);
		for (const tag of ['501', '503'])
			expect([...keap().sandbox.state.contactTags.recordsOf(tag).keys()]).toEqual(expect.arrayContaining(ids));
	});

	it('says which contact is there without its tag, and fails only the items that wanted that tag', async () => {
		const parameters = contact('create', { email: '={{ $json.mail }}', tagIds: '={{ $json.tags }}' });
		const items = [
			{ mail: 'a@x.example', tags: '501' },
			{ mail: 'b@x.example', tags: '501,99999' },
			{ mail: 'c@x.example', tags: '' },
		];
		const output = await keap().output(parameters, items, { onError: 'continueRegularOutput' });
		const second = [...(keap().sandbox.state.contactsByEmail.get('b@x.example') ?? [])][0];
		expect(errorsOf(output)).toEqual([
			undefined,
			expect.stringContaining(`Contact ${second} is in Keap, but the tag 99999 was not applied`),
			undefined,
		]);
		expect(output[1]?.message).toContain('Do not create the contact again');
		expect(
			keap()
				.sandbox.state.contactTags.tagsOf(second ?? '')
				.has('501'),
		).toBe(true);
		expect(keap().sandbox.state.contacts.size).toBe(28);
	});
});
