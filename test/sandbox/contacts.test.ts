import { startSandbox } from './';
import { call, filter } from './client';
import type { Sandbox } from './types';

type Contact = Record<string, unknown> & { id: string };

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ limits: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity } });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const post = async (path: string, body: unknown, query?: string) => await call(sandbox, 'POST', path, { body, query });
const patch = async (body: unknown, mask?: string) =>
	(await call(sandbox, 'PATCH', '/contacts/1', { body, query: mask && `update_mask=${mask}` })).body as Contact;
const get = async (id: string) => (await call(sandbox, 'GET', `/contacts/${id}`)).body as Contact;
const listed = async (query: string) =>
	((await call(sandbox, 'GET', '/contacts', { query })).body as { contacts: Contact[] }).contacts.map(({ id }) => id);

test('create answers 201 with the whole contact, and it is there', async () => {
	const { status, body } = await post('/contacts', {
		given_name: 'Zoë',
		email_addresses: [{ email: 'Zoe@People.example', field: 'EMAIL1', opt_in_reason: 'asked' }],
		addresses: [{ region: 'Arizona', country_code: 'USA', field: 'BILLING' }],
		custom_fields: [
			{ id: '8', content: 'Rye' },
			{ id: '13', content: 'Baking,Coffee' },
			{ id: '11', content: 3 },
			{ id: '10', content: true },
			{ id: '7', content: null },
		],
		company: { company_name: 'New Company' },
		utm_parameters: { keap_source_id: 'x', utm_source: 'fair' },
	});
	expect(status).toBe(201);
	expect(body).toMatchObject({
		id: '26',
		email_addresses: [{ email: 'Zoe@People.example', is_opt_in: true, email_opt_status: 'SINGLE_OPT_IN' }],
		custom_fields: [
			{ id: '8', content: 'Rye' },
			{ id: '13', content: ['Baking', 'Coffee'] },
			{ id: '11', content: 3 },
			{ id: '10', content: true },
		],
		company: { id: '3006', company_name: 'New Company' },
		utm_parameters: [{ keapSourceId: 'x', utmSource: 'fair' }],
		tag_ids: [],
		links: [],
	});
	expect(await get('26')).toEqual(body);
});

describe('upsert', () => {
	const ada = (given_name: string, extra: object = {}) => ({
		given_name,
		family_name: 'Adams',
		email_addresses: [{ email: 'ADA@adams.example', field: 'EMAIL1' }],
		...extra,
	});
	test.each([
		['Email', ada('Someone'), 200],
		['Email', { ...ada('Ada'), email_addresses: [{ email: 'new@people.example', field: 'EMAIL1' }] }, 201],
		['EmailAndName', ada('Ada'), 200],
		['EmailAndName', ada('Someone'), 201],
		['EmailAndNameAndCompany', ada('Ada', { company: { id: '3001' } }), 200],
		['EmailAndNameAndCompany', ada('Ada', { company: { id: '3002' } }), 201],
		['EmailAndNameAndCompany', ada('Ada'), 201],
	])('%s of %j is %i', async (option, body, status) => {
		const reply = await post('/contacts', body, `duplicate_option=${option}`);
		expect([reply.status, (reply.body as Contact).id]).toEqual([status, status === 200 ? '1' : '26']);
	});

	test('without duplicate_option a second contact is created', async () => {
		expect((await post('/contacts', ada('Ada'))).status).toBe(201);
	});

	test('an update replaces the lists it is given and keeps the rest', async () => {
		await post('/contacts', ada('Ada', { job_title: 'Countess' }), 'duplicate_option=Email');
		const contact = await get('1');
		expect(contact).toMatchObject({ job_title: 'Countess', leadsource_id: '801' });
		expect(contact.email_addresses).toHaveLength(1);
		expect(contact.phone_numbers).toHaveLength(3);
	});
});

describe('update', () => {
	const phones = [{ number: '7', field: 'PHONE1' }];
	test('without a mask writes what the body has; a list is replaced as a whole', async () => {
		const contact = await patch({ job_title: 'Poet', phone_numbers: phones });
		expect(contact).toMatchObject({ job_title: 'Poet', given_name: 'Ada', phone_numbers: phones });
		expect(contact.email_addresses).toHaveLength(2);
	});

	test('with a mask leaves alone what the mask does not name', async () => {
		expect(await patch({ job_title: 'Poet', given_name: 'Eve' }, 'job_title')).toMatchObject({ job_title: 'Poet', given_name: 'Ada' });
	});

	test('with a mask clears what the body does not have', async () => {
		const contact = await patch({ given_name: 'Eve' }, 'given_name,job_title,phone_numbers');
		expect(contact).toMatchObject({ given_name: 'Eve', phone_numbers: [] });
		expect(contact).not.toHaveProperty('job_title');
	});

	test('takes the mask as repeated parameters too', async () => {
		expect(await patch({ job_title: 'Poet', given_name: 'Eve' }, 'job_title&update_mask=given_name')).toMatchObject({
			job_title: 'Poet',
			given_name: 'Eve',
		});
	});

	test('what stands outside the mask is not looked at beyond its type', async () => {
		expect(await patch({ job_title: 'Poet', owner_id: '1' }, 'job_title')).toMatchObject({ job_title: 'Poet' });
	});

	test('an e-mail is found under its new address only', async () => {
		await patch({ email_addresses: [{ email: 'new@adams.example', field: 'EMAIL1' }] });
		expect(await listed(filter('email==ada@adams.example'))).toEqual([]);
		expect(await listed(filter('email==new@adams.example'))).toEqual(['1']);
	});
});

describe('list', () => {
	test.each([
		[filter('email==ADA.work@acme.example'), ['1']],
		[filter('email==ada*'), ['1']],
		[filter('given_name==Ada'), ['1', '21']],
		[filter('given_name==ad*;family_name==Adams'), ['1']],
		[filter('family_name==Adams;'), ['1', '2', '18']],
		[filter('ids==3,1,999'), ['1', '3']],
		[filter('contact_ids==2'), ['2']],
		[filter('contact_id<3'), ['1', '2']],
		[filter('company_id==3001'), ['1', '2']],
		[filter('billing_address_locality==chandler;contact_id<=5'), ['1']],
		[filter('phone_number==+33 4 72 00 00 01;phone_fields==PHONE1'), ['3']],
		[filter('lead_source_name==Web*'), ['1']],
		[filter('start_update_time==2025-01-06T09:23:00.000Z'), ['24', '25']],
		[filter('end_update_time==2025-01-06T09:01:00Z'), ['1', '2']],
		[`order_by=id%20desc&page_size=2`, ['25', '24']],
		[`order_by=email%20asc&page_size=2&${filter('given_name==Ada')}`, ['1', '21']],
	])('%s', async (query, ids) => expect(await listed(query)).toEqual(ids));

	test('fields selects, the id always comes', async () => {
		const { body } = await call(sandbox, 'GET', '/contacts', { query: 'page_size=1&fields=given_name,tag_ids' });
		expect(body).toMatchObject({ contacts: [{ id: '1', given_name: 'Ada', tag_ids: ['501'] }] });
		expect(Object.keys((body as { contacts: object[] }).contacts[0] ?? {}).sort()).toEqual(['given_name', 'id', 'tag_ids']);
	});
});

test('merge fills gaps, carries tags and links over, and ends the duplicate', async () => {
	await post('/contacts:link', { contact1_id: '3', contact2_id: '4', link_type_id: '62' });
	const { status, body } = await post('/contacts:merge', { contact_id: '7', duplicate_contact_id: '4' });
	expect(status).toBe(200);
	expect(body).toMatchObject({
		id: '7',
		given_name: 'Grace',
		phone_numbers: [expect.anything()],
		tag_ids: ['501', '502'],
		links: [{ linked_contact_id: '3' }],
	});
	expect((await call(sandbox, 'GET', '/contacts/4')).status).toBe(404);
});

test('link, its list, and unlink in either direction', async () => {
	expect((await post('/contacts:link', { contact1_id: '5', contact2_id: '6', link_type_id: '62' })).body).toEqual({
		contact1_id: '5',
		contact2_id: '6',
		link_type_id: '62',
		link_type_name: 'Colleague',
	});
	expect((await call(sandbox, 'GET', '/contacts/6/links')).body).toMatchObject({ links: [{ contact1_id: '5' }] });
	expect((await post('/contacts:unlink', { contact1_id: '6', contact2_id: '5', link_type_id: '62' })).status).toBe(204);
	expect((await call(sandbox, 'GET', '/contacts/6/links')).body).toEqual({ links: [] });
});

test('delete is 204, takes tags and links along, and is 404 the second time', async () => {
	expect(await call(sandbox, 'DELETE', '/contacts/1')).toMatchObject({ status: 204, text: '' });
	expect((await call(sandbox, 'DELETE', '/contacts/1')).status).toBe(404);
	expect(sandbox.state.contactTags.recordsOf('501').has('1')).toBe(false);
	expect(sandbox.state.contactLinks).toEqual([]);
});

test('the model lists the custom fields, new ones too, and a new one can be written', async () => {
	const created = await post('/contacts/model/customFields', { label: 'Pet kind', field_type: 'RADIO', options: [{ label: 'Dog' }] });
	expect(created.status).toBe(201);
	const { custom_fields: fields } = (await call(sandbox, 'GET', '/contacts/model')).body as {
		custom_fields: Array<Record<string, unknown>>;
	};
	expect(fields.map(({ field_type: type }) => type)).toEqual([
		'TEXT',
		'DROPDOWN',
		'DATE',
		'YES_NO',
		'WHOLE_NUMBER',
		'CURRENCY',
		'LIST_BOX',
		'WEBSITE',
		'RADIO',
	]);
	const { id } = created.body as { id: string };
	expect(await patch({ custom_fields: [{ id, content: '1' }] })).toMatchObject({ custom_fields: [{ id, content: 'Dog' }] });
});

test('version 1 shows the same contact with integer ids, nulls, and times with +0000', async () => {
	const { body } = await call(sandbox, 'GET', '/crm/rest/v1/contacts/1');
	expect(body).toMatchObject({
		id: 1,
		given_name: 'Ada',
		middle_name: null,
		ScoreValue: null,
		email_addresses: [{ email: 'ada@adams.example' }, expect.anything()],
		addresses: [{ line2: '', zip_four: null, postal_code: '85225', zip_code: '85225' }, expect.anything()],
		owner_id: 9001,
		tag_ids: [501],
		date_created: '2025-01-06T09:00:00.000+0000',
		last_updated_utc_millis: Date.UTC(2025, 0, 6, 9),
	});
	const { custom_fields: fields } = body as { custom_fields: unknown[] };
	expect(fields).toHaveLength(8);
	expect(fields).toEqual(
		expect.arrayContaining([
			{ id: 7, content: 'Countess' },
			{ id: 9, content: null },
		]),
	);
	expect((await call(sandbox, 'GET', '/crm/rest/v1/contacts', { query: 'email=ada@adams.example' })).body).toMatchObject({
		count: 1,
		contacts: [{ id: 1 }],
	});
	const created = (await post('/contacts', { phone_numbers: [{ number: '1', field: 'PHONE1' }] })).body as Contact;
	expect((await call(sandbox, 'GET', `/crm/rest/v1/contacts/${created.id}`)).body).toMatchObject({
		given_name: '',
		family_name: '',
		company: null,
		owner_id: null,
		job_title: null,
		addresses: [],
	});
});

test('the model has nulls where version 2 shows nothing, and lists 31 names that fields takes', async () => {
	const { body } = await call(sandbox, 'GET', '/contacts/model');
	const { custom_fields: fields, optional_properties: names } = body as { custom_fields: unknown[]; optional_properties: string[] };
	expect(fields[0]).toEqual({
		id: '7',
		label: 'Nickname',
		field_name: 'Nickname',
		field_type: 'TEXT',
		options: null,
		record_type: null,
		group_id: null,
		group_name: 'Custom Fields',
		default_value: null,
	});
	expect(fields[1]).toMatchObject({ options: [{ label: 'Rye' }, expect.anything(), expect.anything(), expect.anything()] });
	expect(names).toHaveLength(31);
	expect(names).not.toContain('account_id');
});
