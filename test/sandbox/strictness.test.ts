import { request } from 'node:http';
import { startSandbox } from './';
import { call, filter, type CallOptions } from './client';
import type { Sandbox } from './types';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ limits: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity } });
});
afterAll(async () => await sandbox.close());

const EMAIL = { email: 'a@b.example', field: 'EMAIL1' };
const contact = (fields: Record<string, unknown>) => ({ body: { email_addresses: [EMAIL], ...fields } });
const address = (fields: Record<string, unknown>) => contact({ addresses: [{ line1: '1 Main Street', field: 'BILLING', ...fields }] });
const custom = (id: unknown, content: unknown) => contact({ custom_fields: [{ id, content }] });
const phone = (field: string) => ({ number: '1', field });

type Row = [method: string, path: string, options: CallOptions, status: number, says: string];

const PATHS: Row[] = [
	['GET', '/nowhere', {}, 404, 'Keap - Page Not Found'],
	['GET', '/crm/rest/v1/nowhere', {}, 404, 'Keap - Page Not Found'],
	['GET', '/crm/rest/v1/subscriptions/5', {}, 404, 'Keap - Page Not Found'],
	['GET', '/contacts/', {}, 404, 'Keap - Page Not Found'],
	['GET', '/contacts//tags', {}, 404, 'Keap - Page Not Found'],
	['PUT', '/contacts', {}, 405, 'GET, POST, not PUT'],
	['DELETE', '/tags/categories', {}, 405, 'not DELETE'],
	['GET', '/contacts/abc', {}, 400, 'contact_id must be an id in digits, not "abc"'],
	['GET', '/contacts/1%2F2', {}, 400, '"1/2"'],
	['GET', '/contacts/%20', {}, 400, 'contact_id'],
	['GET', '/contacts/-1', {}, 400, '"-1"'],
	['GET', '/contacts/%E0%A4%A', {}, 400, 'percent-encoding'],
	['GET', '/contacts/999999', {}, 404, 'Unable to find this Contact'],
	['GET', '/crm/rest/v1/contacts/999999', {}, 404, 'Unable to find this Contact'],
	['GET', '/tags/999999', {}, 404, 'Unable to find this Tag'],
	['DELETE', '/contacts/999999', {}, 404, 'Unable to find this Contact'],
	['POST', '/tags/999999/contacts:applyTags', { body: { contact_ids: ['1'] } }, 404, 'this Tag'],
	['GET', '/orders/5/items/7', {}, 404, 'this Order'],
	['POST', '/emails:send', { body: {} }, 400, 'is required'],
	['PUT', '/automations/1/unpublish', { body: {} }, 404, 'this Automation'],
	['POST', '/files', { body: {} }, 415, 'multipart/form-data'],
	['POST', '/files', { body: '--x--\r\n', headers: { 'content-type': 'multipart/form-data; boundary=x' } }, 400, 'is required'],
	['POST', '/files', { body: 'x', headers: { 'content-type': 'multipart/form-data; boundary=x' } }, 400, 'boundary'],
];

const QUERIES: Row[] = [
	['GET', '/contacts', { query: 'limit=5' }, 400, 'limit is not a known query parameter of listContacts'],
	['GET', '/contacts', { query: 'page_size=0' }, 400, 'page_size must be a positive integer'],
	['GET', '/contacts', { query: 'page_size=-3' }, 400, 'page_size'],
	['GET', '/contacts', { query: 'page_size=ten' }, 400, 'page_size must be an integer'],
	['GET', '/contacts', { query: 'page_size=1001' }, 400, 'at most 1000'],
	['GET', '/users', { query: 'page_size=101' }, 400, 'at most 100'],
	['GET', '/contacts', { query: 'page_size=5&page_size=6' }, 400, 'page_size is given twice'],
	['GET', '/contacts', { query: 'page_token=nonsense' }, 400, 'page_token'],
	['GET', '/contacts', { query: 'fields=given_name,shoe_size' }, 400, 'shoe_size'],
	['GET', '/contacts/1', { query: 'fields=' }, 400, 'fields'],
	['GET', '/contacts', { query: 'order_by=shoe_size%20asc' }, 400, 'shoe_size'],
	['GET', '/contacts', { query: 'order_by=id' }, 400, 'asc or desc'],
	['GET', '/contacts', { query: 'order_by=id%20up' }, 400, 'asc or desc'],
	['GET', '/contacts', { query: 'filter=email==a@b.example' }, 400, '"=" must be percent-encoded'],
	['GET', '/contacts', { query: `filter=${encodeURIComponent(encodeURIComponent('email==a@b.example'))}` }, 400, 'encoded twice'],
	['GET', '/contacts', { query: filter('shoe_size==44') }, 400, 'shoe_size'],
	['GET', '/contacts', { query: filter('email=a@b.example') }, 400, 'field==value'],
	['GET', '/contacts', { query: filter('email') }, 400, 'field==value'],
	['GET', '/contacts', { query: filter('email==') }, 400, 'email has no value'],
	['GET', '/contacts', { query: filter('email==a;email==b') }, 400, 'email is given twice'],
	['GET', '/contacts', { query: filter('contact_id>=1;contact_id>2') }, 400, 'contact_id is given twice'],
	['GET', '/contacts', { query: filter('contact_id==1;contact_id<=2') }, 400, 'contact_id is given twice'],
	['GET', '/contacts', { query: filter('given_name>A') }, 400, 'given_name takes only =='],
	['GET', '/contacts', { query: filter('given_name==*da') }, 400, 'wildcard'],
	['GET', '/contacts', { query: filter('given_name==NONE') }, 400, 'NONE'],
	['GET', '/contacts', { query: filter('ids==1,two') }, 400, '"two"'],
	[
		'GET',
		'/opportunities',
		{ query: filter(`ids==${Array.from({ length: 101 }, (_unused, index) => index + 1).join(',')}`) },
		400,
		'at most 100 ids',
	],
	['GET', '/contacts', { query: filter('phone_number==1') }, 400, 'phone_fields'],
	['GET', '/contacts', { query: filter('start_update_time==yesterday') }, 400, 'start_update_time'],
	['GET', '/tags', { query: filter('name==News*') }, 400, 'name takes no wildcard'],
	['POST', '/contacts', { ...contact({}), query: 'duplicate_option=Phone' }, 400, 'duplicate_option must be one of Email'],
	['PATCH', '/contacts/1', { body: {}, query: 'update_mask=shoe_size' }, 400, 'shoe_size'],
	['PATCH', '/contacts/1', { body: {}, query: 'update_mask=given_name,given_name' }, 400, 'twice'],
	['PATCH', '/contacts/1', { body: {}, query: 'update_mask=tag_ids' }, 400, "tag_ids can't be written"],
	['PATCH', '/contacts/links/types/61', { body: { name: 'x' } }, 400, 'update_mask is required'],
	['GET', '/crm/rest/v1/contacts', { query: 'limit=0' }, 400, 'limit'],
	['GET', '/crm/rest/v1/contacts', { query: 'limit=1001' }, 400, 'at most 1000'],
	['GET', '/crm/rest/v1/contacts', { query: 'offset=-1' }, 400, 'offset'],
	['GET', '/crm/rest/v1/contacts', { query: 'since=2024-01-31' }, 400, 'since'],
];

const BODIES: Row[] = [
	['POST', '/contacts', {}, 400, 'needs a JSON body'],
	['POST', '/contacts', { body: '{"given_name":' }, 400, 'not valid JSON'],
	['POST', '/contacts', { body: '[]' }, 400, 'the body must be an object'],
	['POST', '/contacts', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415, 'text/plain'],
	['DELETE', '/contacts/25', { body: {} }, 400, 'takes no body'],
	['POST', '/contacts', contact({ shoe_size: 44 }), 400, 'shoe_size is not a known field'],
	['POST', '/contacts', contact({ given_name: 5 }), 400, 'given_name must be a string, not number 5'],
	['POST', '/contacts', contact({ given_name: null }), 400, 'given_name must be a string, not null'],
	['POST', '/contacts', contact({ given_name: 'x'.repeat(41) }), 400, 'given_name must have at most 40'],
	['POST', '/contacts', contact({ owner_id: 9001 }), 400, 'owner_id must be a string'],
	['POST', '/contacts', contact({ source_type: 'DREAM' }), 400, 'source_type must be one of'],
	['POST', '/contacts', contact({ social_accounts: [{ name: 'a' }] }), 400, 'social_accounts[0].type is required'],
	['POST', '/contacts', contact({ phone_numbers: {} }), 400, 'phone_numbers must be a list'],
	['POST', '/contacts', { body: { given_name: 'Ada' } }, 400, 'at least one of email_addresses, phone_numbers, addresses'],
	['POST', '/contacts', { body: { given_name: 'Ada', email_addresses: [] } }, 400, 'at least one'],
	['POST', '/contacts', contact({ email_addresses: [{ ...EMAIL, email: 'a@b' }] }), 400, '"a@b" is no e-mail'],
	['POST', '/contacts', contact({ email_addresses: [{ email: 'a@b.example' }] }), 400, 'email_addresses[0].field is required'],
	['POST', '/contacts', contact({ email_addresses: [EMAIL, EMAIL] }), 400, 'EMAIL1 is given twice'],
	['POST', '/contacts', contact({ email_addresses: [{ ...EMAIL, email_opt_status: 'MANUAL' }] }), 400, 'email_opt_status'],
	['PATCH', '/contacts/1', { body: { phone_numbers: [phone('PHONE1'), phone('PHONE1')] } }, 400, 'PHONE1 is given twice'],
	['POST', '/contacts', address({ region: 'Arizona' }), 400, 'addresses[0].country_code is required'],
	['POST', '/contacts', address({ region: 'Arizona', country_code: 'US' }), 400, 'alpha-3'],
	['POST', '/contacts', contact({ birth_date: '31.12.1999' }), 400, 'birth_date'],
	['POST', '/contacts', contact({ birth_date: '2023-02-30' }), 400, 'birth_date'],
	['POST', '/contacts', contact({ owner_id: '1' }), 400, 'owner_id: 1 does not exist'],
	['POST', '/contacts', contact({ leadsource_id: '1' }), 400, 'leadsource_id'],
	['POST', '/contacts', contact({ company: { id: '1' } }), 400, 'company.id'],
	['POST', '/contacts', { body: { phone_numbers: [phone('PHONE1')] }, query: 'duplicate_option=Email' }, 400, 'needs an e-mail address'],
	['POST', '/contacts', custom('99', 'x'), 400, 'custom field 99'],
	['POST', '/contacts', custom(8, 'Rye'), 400, 'custom_fields[0].id must be a string'],
	['POST', '/contacts', custom('8', 'Toast'), 400, '"Toast"; known are Rye'],
	['POST', '/contacts', custom('9', 'soon'), 400, 'Member since must be an ISO 8601 date'],
	['POST', '/contacts', custom('10', 'perhaps'), 400, 'Gluten free must be true or false'],
	['POST', '/contacts', custom('11', 1.5), 400, 'Loaves per week must be a whole number'],
	['POST', '/contacts', custom('12', '10'), 400, 'Credit limit must be a number'],
	['POST', '/contacts', custom('13', ['Baking', 'Chess']), 400, '"Chess"'],
	['POST', '/contacts/model/customFields', { body: { label: 'x', field_type: 'DROPDOWN' } }, 400, 'options are required'],
	['POST', '/contacts:merge', { body: { contact_id: '1' } }, 400, 'duplicate_contact_id is required'],
	['POST', '/contacts:merge', { body: { contact_id: '1', duplicate_contact_id: '1' } }, 400, 'another contact'],
	['POST', '/contacts:merge', { body: { contact_id: '1', duplicate_contact_id: '99999' } }, 404, 'this Contact'],
	['POST', '/contacts:link', { body: { contact1_id: '1', contact2_id: '2' } }, 400, 'link_type_id is required'],
	['POST', '/contacts:link', { body: { contact1_id: '1', contact2_id: '2', link_type_id: '9' } }, 404, 'this Link type'],
	['POST', '/contacts:link', { body: { contact1_id: '2', contact2_id: '1', link_type_id: '61' } }, 400, 'linked already'],
	['POST', '/contacts:link', { body: { contact1_id: '1', contact2_id: '3', link_type_id: '61' } }, 400, 'max_links'],
	['POST', '/contacts:unlink', { body: { contact1_id: '4', contact2_id: '5', link_type_id: '61' } }, 404, 'this Link'],
	['POST', '/companies', { body: { website: 'x' } }, 400, 'company_name is required'],
	['POST', '/companies', { body: { company_name: 'x', address: { region: 'Texas' } } }, 400, 'address.country_code is required'],
	['POST', '/companies', { body: { company_name: 'x', email_address: { email: 'x' } } }, 400, 'is no e-mail address'],
	['POST', '/companies', { body: { company_name: 'x', custom_fields: [{ id: '7', content: 'x' }] } }, 400, 'no custom field 7'],
	['POST', '/contacts/links/types', { body: { max_links: 2 } }, 400, 'name is required'],
	['POST', '/contacts/links/types', { body: { name: 'Twin', max_links: 0 } }, 400, 'max_links must be more than 0'],
	['POST', '/contacts/1/notes', { body: { user_id: '9001', text: 'x' } }, 400, 'title or type is required'],
	['POST', '/contacts/1/notes', { body: { title: 'x' } }, 400, 'user_id is required'],
	['POST', '/contacts/1/notes', { body: { title: 'x', user_id: '1' } }, 400, 'user_id: 1 does not exist'],
	['POST', '/contacts/99/notes', { body: { title: 'x', user_id: '9001' } }, 404, 'this Contact'],
	['POST', '/tasks', { body: { title: 'x' } }, 400, 'assigned_to_user_id is required'],
	['POST', '/tasks', { body: { title: 'x', assigned_to_user_id: '9001', due_time: '2026-01-01' } }, 400, 'due_time must be'],
	['POST', '/tasks', { body: { title: 'x', assigned_to_user_id: '9001', remind_time_mins: 7 } }, 400, 'remind_time_mins must be one of'],
	['POST', '/opportunities', { body: { opportunity_title: 'x', contact_id: '1' } }, 400, 'stage_id is required'],
	['POST', '/opportunities', { body: { opportunity_title: 'x', contact_id: '1', stage_id: '1' } }, 400, 'stage_id: 1 does not exist'],
	['PATCH', '/users/9001', { body: { phone_numbers: [{ number: '1' }] }, query: 'update_mask=phone_numbers' }, 400, 'needs a field'],
	['POST', '/crm/rest/v1/users', { body: { email: 'olivia@bakery.example', given_name: 'O' } }, 400, 'already'],
	['POST', '/crm/rest/v1/appointments', { body: { title: 'x', start_date: '2026-01-01T00:00:00Z' } }, 400, 'end_date is required'],
	[
		'POST',
		'/crm/rest/v1/appointments',
		{ body: { title: 'x', start_date: '2026-01-02T00:00:00Z', end_date: '2026-01-01T00:00:00Z' } },
		400,
		'must not be before',
	],
	[
		'POST',
		'/crm/rest/v1/appointments',
		{ body: { title: 'x', start_date: '2026-01-01T00:00:00Z', end_date: '2026-01-01T00:00:00Z', remind_time: 5 } },
		400,
		'needs contact_id and user',
	],
	['POST', '/crm/rest/v1/contacts/1/creditCards', { body: { card_number: '1' } }, 400, 'card_number is not valid'],
	['POST', '/tags', { body: {} }, 400, 'name is required'],
	['POST', '/tags', { body: { name: 'x', category: {} } }, 400, 'category.id is required'],
	['POST', '/tags', { body: { name: 'x', category: { id: '1' } } }, 400, 'category.id: 1 does not exist'],
	['POST', '/tags', { body: { name: 'CUSTOMER', category: { id: '72' } } }, 400, '"CUSTOMER" already'],
	['PATCH', '/tags/503', { body: { name: 'Customer' } }, 400, 'already'],
	['POST', '/tags/categories', { body: { name: 'Event' } }, 400, 'already'],
	['POST', '/tags/501/contacts:applyTags', { body: { contact_ids: [] } }, 400, 'empty'],
	['POST', '/tags/501/contacts:applyTags', { body: { contact_ids: [1] } }, 400, 'contact_ids[0] must be a string'],
	['POST', '/tags/501/contacts:applyTags', { body: { contact_ids: ['1', '1'] } }, 400, 'twice'],
	['POST', '/tags/501/contacts:applyTags', { body: { contact_ids: ['x'] } }, 400, '"x" is no id'],
	[
		'POST',
		'/tags/501/contacts:applyTags',
		{ body: { contact_ids: Array.from({ length: 1_001 }, (_unused, id) => String(id)) } },
		400,
		'at most 1000',
	],
];

describe.each([
	['path', PATHS],
	['query', QUERIES],
	['body', BODIES],
])('a bad %s', (_what, rows) => {
	test.each(rows)('%s %s %j is %i: %s', async (method, path, options, status, says) => {
		const before = [...sandbox.state.contacts.values()];
		const reply = await call(sandbox, method, path, options);
		const { message = reply.text } = reply.body as { message?: string };
		expect({ status: reply.status, message }).toEqual({ status, message: expect.stringContaining(says) });
		expect([...sandbox.state.contacts.values()]).toEqual(before);
	});
});

describe('the envelopes', () => {
	test('version 2 has code, message, status and details that name the culprit', async () => {
		const { body } = await call(sandbox, 'POST', '/contacts', contact({ birth_date: 'x' }));
		expect(body).toEqual({
			code: 400,
			message: expect.any(String),
			status: 'INVALID_ARGUMENT',
			details: [{ domain: 'request', resource: 'birth_date' }],
		});
	});

	test('version 1 has a message, and a Java stack where the request was at fault', async () => {
		expect((await call(sandbox, 'GET', '/crm/rest/v1/contacts/999999')).body).toEqual({ message: 'Unable to find this Contact' });
		const { body } = await call(sandbox, 'GET', '/crm/rest/v1/contacts/abc');
		expect(body).toMatchObject({
			message: expect.stringContaining('"abc"'),
			stackTrace: expect.any(Array),
			cause: { stackTrace: expect.any(Array) },
		});
		expect(body).not.toHaveProperty('code');
	});

	test('version 2 says no more than the message about what is not there', async () => {
		expect((await call(sandbox, 'GET', '/contacts/999999')).body).toEqual({ message: 'Unable to find this Contact' });
	});

	test('version 1 does not name the field of the wrong type', async () => {
		const { status, body } = await call(sandbox, 'POST', '/crm/rest/v1/appointments', { body: { title: 5 } });
		expect([status, body]).toEqual([400, { message: 'Input could not be converted to a valid request' }]);
	});

	test('a path that Keap lacks is answered with a web page', async () => {
		const { headers, text } = await call(sandbox, 'GET', '/crm/rest/v1/nowhere');
		expect([headers.get('content-type'), text]).toEqual([
			'text/html;charset=UTF-8',
			expect.stringContaining('<title>Keap - Page Not Found'),
		]);
		expect(headers.get('x-keap-product-throttle-used')).toMatch(/^\d+$/);
	});

	test('a GET with a body is refused before the key is looked at', async () => {
		const used = sandbox.stats().refused.key;
		// fetch sends none.
		const { status, text } = await new Promise<{ status?: number; text: string }>((resolve, reject) => {
			const sent = request(`${sandbox.url}/crm/rest/v2/contacts`, { method: 'GET', headers: { 'content-length': 2 } }, (response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }));
			});
			sent.on('error', reject).end('{}');
		});
		expect([status, text]).toEqual([400, expect.stringContaining('malformed or illegal request')]);
		expect(sandbox.stats().refused.key).toBe(used);
	});
});

test('a plus in a query is a space, as servlets read it', async () => {
	const [id = ''] = sandbox.state.addContacts(1, () => ({ email_addresses: [{ email: 'a+b@people.example', field: 'EMAIL1' }] }));
	const found = async (query: string) =>
		((await call(sandbox, 'GET', '/contacts', { query })).body as { contacts: unknown[] }).contacts.length;
	expect(await found('filter=email%3D%3Da+b@people.example')).toBe(0);
	expect(await found(filter('email==a+b@people.example'))).toBe(1);
	sandbox.state.contacts.delete(id);
});
