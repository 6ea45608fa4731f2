import { byId, errorsOf, errorText, itemsOf, keapForEachTest, on, pairsOf, times } from './helpers';

const contact = on('contact');
const LIST = 'GET /crm/rest/v2/contacts';
const MODEL = 'GET /crm/rest/v2/contacts/model';
/** The names of tags and owners, and the labels of custom fields: each read once. */
const NAMES = ['GET /crm/rest/v2/tags', 'GET /crm/rest/v2/users', MODEL];
const get = (simplified = true) => contact('get', { contactId: byId('={{ $json.id }}'), output: simplified ? 'simplified' : 'raw' });

describe('contact: get', () => {
	const keap = keapForEachTest();

	it('reads one contact whole, as Keap has it', async () => {
		const [ada] = await keap().output(get(false), [{ id: 1 }]);
		expect(keap().newCalls()).toEqual([`${LIST}/1`]);
		expect(ada).toMatchObject({
			id: '1',
			job_title: 'Engineer',
			fax_numbers: [{ field: 'FAX1' }],
			custom_fields: [{ id: '7', content: 'Countess' }, { id: '8' }, { id: '13' }],
			tag_ids: ['501'],
			links: [{ linked_contact_id: '2' }],
		});
	});

	it('simplifies: flat, first email and phone, custom fields by label', async () => {
		const [ada] = await keap().output(get(), [{ id: 1 }]);
		expect(keap().newCalls()).toEqual([`${LIST}/1`, ...NAMES]);
		// In this order: who it is comes first.
		expect(Object.entries(ada ?? {})).toEqual(
			Object.entries({
				id: '1',
				given_name: 'Ada',
				middle_name: null,
				family_name: 'Adams',
				email: 'ada@adams.example',
				phone: '+1 480 555 0101',
				company_id: '3001',
				company_name: 'Acme Corporation',
				city: 'Chandler',
				tag_ids: ['501'],
				tag_names: ['Newsletter: weekly'],
				owner_id: '9001',
				owner_name: 'Olivia Baker',
				email_opt_status: 'SINGLE_OPT_IN',
				country_code: 'USA',
				contact_type: null,
				job_title: 'Engineer',
				leadsource_id: '801',
				create_time: '2025-01-06T09:00:00.000Z',
				update_time: '2025-01-06T09:00:00.000Z',
				custom_fields: { Nickname: 'Countess', 'Favourite bread': 'Sourdough', Interests: ['Baking', 'Events'] },
			}),
		);
	});

	it('simplifies by slot, in whichever order Keap returns the entries, and hides no custom field behind another of its label', async () => {
		const { state } = keap().sandbox;
		state.contactCustomFields.add({ id: '70', label: 'Blog', field_type: 'TEXT', options: [] });
		const { id } = state.contacts.add({
			email_addresses: [
				{ email: 'b@x.example', field: 'EMAIL2' },
				{ email: 'a@x.example', field: 'EMAIL1' },
			],
			phone_numbers: [
				{ number: '3', field: 'PHONE3' },
				{ number: '2', field: 'PHONE2' },
			],
			addresses: [
				{ locality: 'Lyon', field: 'SHIPPING' },
				{ locality: 'Graz', field: 'BILLING' },
			],
			custom_fields: [
				{ id: '14', content: 'one' },
				{ id: '70', content: 'two' },
				{ id: '7', content: 'O' },
				{ id: '999', content: 'x' },
			],
		});
		const [simple] = await keap().output(get(), [{ id }]);
		expect(simple).toMatchObject({ email: 'a@x.example', phone: '3', city: 'Graz' });
		expect(simple?.custom_fields).toEqual({ 'Blog (14)': 'one', 'Blog (70)': 'two', Nickname: 'O', 999: 'x' });
	});

	it('gives two items about one contact a record each', async () => {
		const [one, other] = await keap().output(get(false), [{ id: 1 }, { id: '01' }]);
		expect(one).toEqual(other);
		expect(one === other || one?.custom_fields === other?.custom_fields).toBe(false);
	});

	it('reads 1,000 contacts with 10 calls, in item order', async () => {
		const ids = keap().sandbox.state.addContacts(1_000).reverse();
		const result = await keap().run(
			get(),
			ids.map((id) => ({ id })),
		);
		expect(keap().newCalls()).toEqual(times(10, LIST));
		expect(result.items('Keap').map(({ id }) => id)).toEqual(ids);
		expect(pairsOf(result)).toEqual(ids.map((_id, index) => index));
	});

	it('asks for a contact once, however many items mean it', async () => {
		const output = await keap().output(
			get(false),
			itemsOf(300, (index) => ({ id: 1 + (index % 3) })),
		);
		expect(keap().newCalls()).toEqual([LIST]);
		expect(keap().sandbox.calls[0]?.query.filter).toBe('ids==1,2,3');
		expect(output.map(({ id }) => id)).toEqual(itemsOf(300, (index) => ({ id: String(1 + (index % 3)) })).map(({ id }) => id));
	});

	it('fails an unknown contact alone', async () => {
		const items = itemsOf(150, (index) => ({ id: index === 120 ? 987654 : 1 + (index % 25) }));
		const output = await keap().output(get(), items, { onError: 'continueRegularOutput' });
		expect(keap().newCalls()).toEqual([LIST, `${LIST}/987654`, ...NAMES]);
		expect(errorsOf(output).flatMap((error, index) => (error === undefined ? [] : [[index, error]]))).toEqual([
			[120, 'Keap has no contact with the ID 987654'],
		]);
		expect(output.map(({ id }) => id).filter((_id, index) => index !== 120)).toEqual(
			items.flatMap(({ id }, index) => (index === 120 ? [] : [String(id)])),
		);
	});

	it.each([[[{ id: 987654 }]], [[{ id: 1 }, { id: 987654 }]]])(
		'stops with the same instruction for one item and for several: %j',
		async (items) => {
			const result = await keap().run(get(), items);
			expect(result.status).toBe('error');
			expect(errorText(result)).toMatch(
				/^Keap has no contact with the ID 987654 \| It may have been deleted or merged into another one\. Check the ID, and that the key belongs to the account that holds the record\.$/,
			);
			expect(result.error).toMatchObject({ httpCode: '404', context: { itemIndex: items.length - 1 } });
		},
	);
});

describe('contact: get many', () => {
	const keap = keapForEachTest();
	const idsOf = async (parameters: Parameters<typeof contact>[1]) =>
		(await keap().output(contact('getAll', { returnAll: true, output: 'raw', ...parameters }))).map(({ id }) => id);

	it('asks for no more than the limit', async () => {
		const output = await keap().output(contact('getAll', { returnAll: false, limit: 5, output: 'raw' }));
		expect(output.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5']);
		expect(keap().sandbox.calls.map(({ query }) => query.page_size)).toEqual(['5']);
	});

	it.each(['={{ $json.missing }}', '={{ null }}', '={{ "" }}'])(
		'keeps to the usual limit when its expression comes to nothing: %s',
		async (limit) => {
			keap().sandbox.state.addContacts(100);
			expect(await keap().output(contact('getAll', { returnAll: '={{ $json.missing }}', limit, output: 'raw' }))).toHaveLength(50);
			expect(keap().sandbox.calls.map(({ query }) => query.page_size)).toEqual(['50']);
		},
	);

	it('reads a limit above a page from two pages', async () => {
		keap().sandbox.state.addContacts(2_000);
		const output = await keap().output(contact('getAll', { limit: 1_500, output: 'raw' }));
		expect(output).toHaveLength(1_500);
		expect(keap().sandbox.calls.map(({ query }) => query.page_size)).toEqual(['1000', '500']);
	});

	it('returns all, page after page, each contact once and in order, when Keap gives smaller pages than asked for', async () => {
		keap().sandbox.state.addContacts(1_000);
		keap().sandbox.fault({ times: Infinity }, { kind: 'smallPages', size: 300 });
		expect(await idsOf({})).toEqual([...keap().sandbox.state.contacts.keys()]);
		expect(keap().newCalls()).toEqual(times(4, LIST));
	});

	it('returns a simple list with custom fields by label, the model read once', async () => {
		const output = await keap().output(contact('getAll', { returnAll: true }));
		expect(keap().newCalls()).toEqual([LIST, ...NAMES]);
		expect(output).toHaveLength(25);
		expect(output[0]).toMatchObject({ email: 'ada@adams.example', custom_fields: { Nickname: 'Countess' } });
		expect(output[2]).toMatchObject({ id: '3', email: null, phone: '+33 4 72 00 00 01', custom_fields: {} });
	});

	it.each([
		[{ city: 'Lyon' }, 'city==Lyon', ['5', '11', '17', '23']],
		[{ ids: '3, 1' }, 'ids==3,1', ['1', '3']],
		[{ idAtLeast: 24 }, 'contact_id>=24', ['24', '25']],
		[{ idAtLeast: 4, idAtMost: '5' }, 'contact_id>=4;contact_id<=5', ['4', '5']],
		[{ middleName: 'K*' }, 'middle_name==K*', []],
		[
			{ billingAddress: { entries: { locality: 'Lyon', countryCode: 'France', region: '' } }, idAtMost: 12 },
			'billing_address_locality==Lyon;billing_address_country_code==FRA;contact_id<=12',
			['5', '11'],
		],
		[
			{ shippingAddress: { entries: { line1: '1 Oak Street', postalCode: '85001' } }, otherAddress: { entries: { region: 'US-AZ' } } },
			'shipping_address_line1==1 Oak Street;shipping_address_postal_code==85001;other_address_region==Arizona',
			[],
		],
		[{ companyId: byId(3001) }, 'company_id==3001', ['1', '2']],
		[{ email: 'ada*' }, 'email==ada*', ['1']],
		[{ givenName: 'Inés' }, 'given_name==Inés', ['9']],
		[{ familyName: "O'B*" }, "family_name==O'B*", ['15']],
		[{ leadSourceName: 'Website' }, 'lead_source_name==Website', ['1']],
		[{ phoneNumber: '+33 4 72 00 00 01' }, 'phone_fields==PHONE1,PHONE2,PHONE3,PHONE4,PHONE5;phone_number==+33 4 72 00 00 01', ['3']],
		[{ state: 'Auvergne-Rhône-Alpes' }, 'state==Auvergne-Rhône-Alpes', ['5', '11', '17', '23']],
		[
			{ updatedAfter: '2025-01-06T10:23:00+01:00', updatedBefore: '2025-01-06T09:24:00.000Z' },
			'start_update_time==2025-01-06T09:23:00.000Z;end_update_time==2025-01-06T09:24:00.000Z',
			['24', '25'],
		],
		[{ givenName: 'Ada', familyName: 'A*' }, 'given_name==Ada;family_name==A*', ['1']],
		[{ website: 'https://a.example/?q=1&r=2' }, 'website==https://a.example/?q=1&r=2', []],
	])('filters by %j', async (filters, filter, ids) => {
		expect(await idsOf({ filters })).toEqual(ids);
		expect(keap().sandbox.calls[0]?.query.filter?.split(';').sort()).toEqual(filter.split(';').sort());
	});

	it.each([
		['id desc', ['25', '24']],
		['create_time asc', ['1', '2']],
		['update_time desc', ['25', '24']],
		['email asc', ['3', '1']],
	])('orders by %s', async (orderBy, first) => {
		expect((await idsOf({ options: { orderBy } })).slice(0, 2)).toEqual(first);
	});

	it.each([
		[{ filters: { givenName: 'a;b==c' } }, /First Name must not contain a semicolon/],
		[{ filters: { ids: '1,2', idAtMost: 9 } }, /IDs is set together with ID at Least or ID at Most/],
		[{ filters: { ids: Array.from({ length: 101 }, (_unused, index) => index + 1) } }, /IDs has 101 IDs; Keap takes 100 in one filter/],
		[{ filters: { billingAddress: { entries: { countryCode: 'Atlantis' } } } }, /Country Code is not a country: "Atlantis"/],
		[{ filters: { updatedAfter: 'yesterday' } }, /Updated After is not a date: "yesterday"/],
		[{ filters: { companyId: byId('Acme') } }, /Company is not a Keap ID: "Acme"/],
		[{ options: { orderBy: 'shoes asc' } }, /Order By must be one of/],
		[{ returnAll: false, limit: 0 }, /Limit must be 1 or more/],
		[{ returnAll: false, limit: 2.5 }, /Limit must be a whole number/],
	])('refuses %j before a call is spent', async (parameters, message) => {
		await expect(idsOf(parameters)).rejects.toThrow(message);
		expect(keap().newCalls()).toEqual([]);
	});
});
