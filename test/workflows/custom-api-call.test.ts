import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';

import { errorsOf, errorText, expectNowhere, itemsOf, keyOf, keapForEachTest, on, times, writes } from './helpers';

const call = (parameters: INodeParameters): INodeParameters => on('customApiCall')('call', parameters);
const get = (path: string, parameters: INodeParameters = {}): INodeParameters => call({ method: 'GET', path, ...parameters });
const CONTACTS = '/crm/rest/v2/contacts';

describe('custom API call: requests', () => {
	const keap = keapForEachTest();

	it.each<[string, string, unknown, unknown]>([
		['POST', '/crm/rest/v2/tags', '{ "name": "From text" }', { name: 'From text' }],
		['PATCH', '/crm/rest/v2/tags/503', '={{ { name: $json.name } }}', { name: 'From an object' }],
		['PUT', '/crm/rest/v1/contacts/1', '={{ JSON.stringify([{ id: 1 }]) }}', [{ id: 1 }]],
		['DELETE', '/crm/rest/v2/tags/508', undefined, undefined],
		['DELETE', '/crm/rest/v2/tags/508', '{}', undefined],
		['DELETE', '/crm/rest/v2/tags/508', '', undefined],
	])('sends %s %s with the body %j', async (method, path, body, sent) => {
		keap().sandbox.fault({ method: 'PUT' }, { kind: 'status', status: 200, body: '{"ok":true}' });
		await keap().output(call({ method, path, ...(body !== undefined && { body: body as string }) }), [{ name: 'From an object' }]);
		expect(writes(keap())).toMatchObject([{ method, path }]);
		expect(writes(keap())[0]?.body).toEqual(sent);
	});

	it.each<[string, INodeParameters, Record<string, string>]>([
		['in the path', get(`${CONTACTS}?page_size=2&filter=given_name%3D%3DAda`), { page_size: '2', filter: 'given_name==Ada' }],
		[
			'as JSON text',
			get(CONTACTS, { query: '{ "page_size": 3, "fields": ["id", "given_name"], "order_by": "", "page_token": null }' }),
			{ page_size: '3', fields: 'id,given_name' },
		],
		[
			'as an object',
			get(CONTACTS, { query: '={{ { filter: "family_name==" + $json.name } }}' }),
			{ filter: "family_name==O'Brien & Müller" },
		],
		['in both: the field wins', get(`${CONTACTS}?page_size=2&fields=id`, { query: '{"page_size": 4}' }), { page_size: '4', fields: 'id' }],
	])('sends a query given %s', async (_where, parameters, query) => {
		await keap().output(parameters, [{ name: "O'Brien & Müller" }]);
		expect(keap().sandbox.calls).toMatchObject([{ path: CONTACTS, status: 200 }]);
		expect(keap().sandbox.calls[0]?.query).toEqual(query);
	});

	it.each<[string, string, unknown[]]>([
		['an object', '{"a":1}', [{ a: 1 }]],
		['a list', '[{"a":1},2]', [{ a: 1 }, { value: 2 }]],
		['an empty list', '[]', []],
		['a text', '"yes"', [{ value: 'yes' }]],
		['nothing', '', [{ success: true, status: 200 }]],
		['null', 'null', [{ success: true, status: 200 }]],
	])('gives %s as items', async (_what, body, items) => {
		keap().sandbox.fault({}, { kind: 'status', status: 200, body });
		expect(await keap().output(get(CONTACTS))).toEqual(items);
	});

	it('sends a name of the query that stands there twice, twice', async () => {
		keap().sandbox.fault({}, { kind: 'status', status: 200, body: '{}' });
		await keap().output(get(`${CONTACTS}?ids=1&page_size=2&ids=2%203`));
		expect(keap().sandbox.calls[0]?.rawQuery).toContain('ids=1&ids=2%203&page_size=2');
	});

	it('keeps all digits of integers, in the answer and in a body that is typed as text', async () => {
		keap().sandbox.fault({ times: 2 }, { kind: 'status', status: 200, body: '{"id":98765432109876543210,"n":5}' });
		const body = '{ "order": 12345678901234567890, "text": "x" }';
		expect(await keap().output(call({ method: 'POST', path: '/crm/rest/v2/tags', body }))).toEqual([{ id: '98765432109876543210', n: 5 }]);
		expect(keap().sandbox.calls[0]?.headers['content-length']).toBe(String(body.length));
	});

	it.each<[string, INodeParameters]>([
		['Body', { method: 'POST', body: `${'[{"a":'.repeat(25_000)}1${'}]'.repeat(25_000)}` }],
		['Body', { method: 'POST', body: `{"long":12345678901234567890,"a":${'['.repeat(101)}${']'.repeat(101)}}` }],
		['Query', { method: 'GET', query: `{"a":${'['.repeat(50_000)}1${']'.repeat(50_000)}}` }],
	])('refuses a %s that is nested deeper than anything goes through, before a call is spent', async (name, parameters) => {
		const result = await keap().run(call({ path: CONTACTS, ...parameters }));
		expect(errorText(result)).toMatch(new RegExp(`^${name} has more than 100 levels of lists and objects in each other`));
		expect(keap().sandbox.calls).toHaveLength(0);
	});

	it('spends no call for each item that is left when Keap refuses the key in the middle of a run', async () => {
		const fault = { fault: { faultstring: 'Invalid Access Token', detail: { errorcode: 'keymanagement.service.invalid_access_token' } } };
		keap().sandbox.fault({ after: 3, times: Infinity }, { kind: 'status', status: 401, body: JSON.stringify(fault) });
		const output = await keap().output(
			call({ method: 'POST', path: '/crm/rest/v2/tags', body: '={{ { name: "T" + $json.n } }}' }),
			itemsOf(50, (n) => ({ n })),
			{ onError: 'continueRegularOutput' },
		);
		const errors = errorsOf(output);
		expect(errors.slice(0, 3)).toEqual([undefined, undefined, undefined]);
		expect(errors.slice(3)).toEqual(Array.from({ length: 47 }, (_none, n) => `Keap did not accept the API key [item ${n + 3}]`));
		expect(keap().newCalls()).toHaveLength(4);
		keap().sandbox.clearFaults();
		await keap().output(get(CONTACTS));
	});

	it('goes on after a 403 of Keap itself, which is about one operation', async () => {
		keap().sandbox.fault({ times: 1 }, { kind: 'status', status: 403, body: '{"message":"no permission"}' });
		const output = await keap().output(
			get(CONTACTS),
			itemsOf(3, (n) => ({ n })),
			{ onError: 'continueRegularOutput' },
		);
		expect(errorsOf(output).filter((error) => error !== undefined)).toHaveLength(1);
		expect(keap().newCalls()).toHaveLength(3);
	});

	it('sends calls that change something one after the other, in item order', async () => {
		keap().sandbox.fault({ times: Infinity }, { kind: 'slow', ms: 5 });
		await keap().output(
			call({ method: 'POST', path: '/crm/rest/v2/tags', body: '={{ { name: "T" + $json.n } }}' }),
			itemsOf(15, (n) => ({ n })),
		);
		expect(writes(keap()).map(({ body }) => body)).toEqual(itemsOf(15, (n) => ({ name: `T${n}` })));
		expect(keap().sandbox.stats().maxInFlight).toBe(1);
	});

	it('passes on what Keap says of a wrong path, a wrong method and a missing record', async () => {
		const output = await keap().output(
			call({ method: '={{ $json.method }}', path: '={{ $json.path }}', body: '={{ {} }}' }),
			[
				{ method: 'GET', path: '/crm/rest/v2/shoes' },
				{ method: 'PUT', path: '/crm/rest/v2/tags' },
				{ method: 'GET', path: `${CONTACTS}/987654` },
				{ method: 'GET', path: `${CONTACTS}/1` },
			],
			{ onError: 'continueRegularOutput' },
		);
		expect(errorsOf(output)).toEqual([
			expect.stringMatching(/^Keap has no such path: GET \/crm\/rest\/v2\/shoes .*Keap - Page Not Found/),
			expect.stringMatching(/takes GET, POST, not PUT/),
			expect.stringMatching(/contacts\/987654: Unable to find this Contact/),
			undefined,
		]);
	});
});

describe('custom API call: what a 404 says', () => {
	const keap = keapForEachTest();

	it.each<[string, string, string, string, RegExp]>([
		[
			'a web page',
			'GET',
			CONTACTS,
			'<html><head><title>404 Not Found</title></head></html>',
			/no such path: GET \/crm\/rest\/v2\/contacts \("404 Not Found"\)/,
		],
		['a web page that repeats the key', 'GET', CONTACTS, '<title>KEY</title>', /no such path: GET \/crm\/rest\/v2\/contacts \("\*\*\*"\)/],
		[
			'a web page without a title',
			'POST',
			'/crm/rest/v1/shoes',
			'<html><body>x</body></html>',
			/no such path: POST \/crm\/rest\/v1\/shoes \[/,
		],
		['nothing', 'DELETE', '/crm/rest/v2/shoes/7?a=1', '', /no such path: DELETE \/crm\/rest\/v2\/shoes\/7 \[.*v1 or v2.*Base URL/],
		['blanks', 'PUT', '/crm/rest/v2/shoes/7', ' \n', /no such path: PUT \/crm\/rest\/v2\/shoes\/7 \[/],
		[
			'JSON',
			'GET',
			`${CONTACTS}/9`,
			'{"message":"Unable to find this Contact"}',
			/found nothing at GET \/crm\/rest\/v2\/contacts\/9: Unable to find this Contact/,
		],
		['JSON of the gateway', 'GET', CONTACTS, '{"fault":{"faultstring":"Unknown proxy"}}', /found nothing at GET .*: Unknown proxy/],
	])('with %s: method and path, and what Keap says', async (_what, method, path, body, said) => {
		await keap().output(get(CONTACTS));
		const key = keyOf(keap());
		keap().sandbox.fault({}, { kind: 'status', status: 404, body: body.replace('KEY', key) });
		const result = await keap().run(call({ method, path }));
		expect(errorText(result)).toMatch(said);
		expectNowhere(key, result);
	});

	it('shows no more of a path than can be read', async () => {
		keap().sandbox.fault({}, { kind: 'status', status: 404, body: '' });
		expect(errorText(await keap().run(get(`${CONTACTS}/${'x'.repeat(5_000)}`))).length).toBeLessThan(900);
	});
});

describe('custom API call: paging', () => {
	const keap = keapForEachTest();

	it.each([
		['v1', { returnAll: true }, 1_225, 2],
		['v1', { limit: 30 }, 30, 1],
		['v2', { returnAll: true }, 1_225, 2],
		['v2', { limit: 1_001 }, 1_001, 2],
	])('reads a list of %s with %j', async (version, parameters, count, calls) => {
		keap().sandbox.state.addContacts(1_200);
		const output = await keap().output(get(`/crm/rest/${version}/contacts`, { pagination: version, ...parameters }));
		expect(output.map(({ id }) => String(id))).toEqual([...keap().sandbox.state.contacts.keys()].slice(0, count));
		expect(keap().newCalls()).toEqual(times(calls, `GET /crm/rest/${version}/contacts`));
	});

	it('keeps the query on every page', async () => {
		keap().sandbox.fault({ times: Infinity }, { kind: 'smallPages', size: 2 });
		const output = await keap().output(
			get(CONTACTS, { pagination: 'v2', returnAll: true, query: '{"filter":"family_name==A*","order_by":"id desc"}' }),
		);
		expect(output.map(({ id }) => id)).toEqual(['18', '2', '1']);
		expect(keap().sandbox.calls.map(({ query }) => [query.filter, query.order_by])).toEqual(
			times(2, '').map(() => ['family_name==A*', 'id desc']),
		);
	});

	it('gives one answer as it comes when paging is off', async () => {
		const [answer] = await keap().output(get('/crm/rest/v1/contacts', { query: '{"limit":2}' }));
		expect(answer).toMatchObject({ count: 25, contacts: [{ id: 1 }, { id: 2 }] });
	});
});

describe('custom API call: what is refused before a call is spent', () => {
	const keap = keapForEachTest();

	it.each([
		['', /Path is empty/],
		['https://elsewhere.example/crm/rest/v2/contacts', /must be a path, not an address with a host/],
		['//elsewhere.example/crm/rest/v2/contacts', /must be a path, not an address with a host/],
		['javascript:alert(1)', /must be a path, not an address with a host/],
		['/oauth/token', /must begin with \/crm\/rest\//],
		['crm/rest/v2/contacts', /must begin with \/crm\/rest\//],
		['/crm/rest@elsewhere.example/', /must begin with \/crm\/rest\//],
		['/crm/rest/', /path/i],
		['/crm/rest/../../token', /part that is not allowed: "\.\."/],
		['/crm/rest/v2/%2e%2e/%2E%2E/token', /part that is not allowed/],
		['/crm/rest/v2/./contacts', /part that is not allowed/],
		['/crm/rest/v2//contacts', /Path has nothing between two slashes/],
		['/crm/rest/v2/contacts/', /Path has nothing .* behind the last one: "\/crm\/rest\/v2\/contacts\/"/],
		['/crm/rest/v2\\contacts', /part that is not allowed/],
		['/crm/rest/v2/contacts%2f1', /part that is not allowed/],
		['/crm/rest/v2/contacts%5c1', /part that is not allowed/],
		['/crm/rest/v2/%252e%252e/token', /part that is not allowed/],
		['/crm/rest/v2/contacts/{contact_id}', /part that is not allowed/],
		['/crm/rest/v2/contacts/1\r\nX-Evil: 1', /part that is not allowed/],
		['/crm/rest/v2/contacts/%0d%0aX', /part that is not allowed/],
		['/crm/rest/v2/contacts/%zz', /a % that does not begin an encoded character/],
		['/crm/rest/v2/contacts#top', /must not contain #/],
		['/crm/rest/v2/contacts/\ud83d', /Path contains half a character/],
	])('the path %j', async (path, message) => {
		const result = await keap().run(get('={{ $json.path }}'), [{ path }]);
		expect(errorText(result)).toMatch(message);
		expect(keap().newCalls()).toEqual([]);
	});

	it.each([
		['body', '{ name: "x" }', /Body is not valid JSON: /],
		['body', '{ "name": "x" ', /Body is not valid JSON: /],
		['body', 'name=x', /Body is not valid JSON: /],
		['body', '42', /Body is not valid JSON: it is neither an object nor a list/],
		['query', '["a"]', /Query must be a JSON object, not a list/],
		['query', '{ "a": { "b": 1 } }', /Query has an object as the value of "a"/],
		['query', '{ "a": [[1]] }', /Query has an object as the value of "a"/],
		['query', 'a=1', /Query is not valid JSON: /],
		['method', 'TRACE', /Method must be one of DELETE, GET, PATCH, POST, PUT/],
	])('the %s %j', async (name, value, message) => {
		const result = await keap().run(call({ method: 'POST', path: CONTACTS, [name]: '={{ $json.value }}' }), [{ value }]);
		expect(errorText(result)).toMatch(message);
		expect(keap().newCalls()).toEqual([]);
	});
});

describe('custom API call: the key', () => {
	const keap = keapForEachTest();
	const visits: string[] = [];
	let elsewhere: Server;
	beforeAll(async () => {
		elsewhere = createServer((request, response) => {
			visits.push(`${request.url} ${JSON.stringify(request.headers)}`);
			response.end('{}');
		});
		await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
	});
	afterAll(() => elsewhere.close());
	const address = () => `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;

	it.each([301, 302, 307, 308])('follows no redirect (%i) away from Keap', async (status) => {
		keap().sandbox.fault({}, { kind: 'status', status, body: '', headers: { location: `http://${address()}${CONTACTS}` } });
		const result = await keap().run(get(CONTACTS));
		expect(errorText(result)).toMatch(/redirect \(\d+\), which is never followed.*Base URL/);
		expect(visits).toEqual([]);
	});

	it.each([
		'http://HOST/crm/rest/v2/contacts',
		'//HOST/crm/rest/v2/contacts',
		'/crm/rest/v2/contacts?x=@HOST',
		'/crm/rest/v2/contacts/@HOST',
		'/crm/rest/v2/http://HOST/',
	])('goes nowhere but to Keap: %s', async (template) => {
		const path = template.replace('HOST', address());
		const result = await keap().run(call({ method: 'GET', path, pagination: 'off' }));
		expect(visits).toEqual([]);
		expect(keap().sandbox.calls.every(({ headers }) => headers.host === `127.0.0.1:${keap().sandbox.port}`)).toBe(true);
		for (const key of keap().sandbox.calls.map(({ headers }) => headers['x-keap-api-key'] ?? '')) expectNowhere(key, result);
	});

	it.each([
		['an object', (key: string) => ({ key, [key]: 1, list: [{ text: `It is ${key}.` }], encoded: encodeURIComponent(key) })],
		['a list', (key: string) => [{ id: 1, name: key }, key]],
		['escaped letters', (key: string) => `{"key":"${[...key].map((char) => `\\u00${char.charCodeAt(0).toString(16)}`).join('')}"}`],
	])('stands in no output when Keap repeats it in %s', async (_what, answer) => {
		await keap().output(get(CONTACTS));
		const key = keyOf(keap());
		const body = answer(key);
		keap().sandbox.fault({}, { kind: 'status', status: 200, body: typeof body === 'string' ? body : JSON.stringify(body) });
		const result = await keap().run(get(CONTACTS));
		expect(result.status).toBe('success');
		expect(JSON.stringify(result.items('Keap'))).toContain('***');
		expectNowhere(key, result);
	});

	it("ignores the next page's address in an answer of v1: only its offset counts", async () => {
		const next = `http://${address()}/crm/rest/v1/contacts?offset=1`;
		keap().sandbox.fault({}, { kind: 'status', status: 200, body: JSON.stringify({ contacts: [{ id: 1 }], count: 2, next }) });
		const output = await keap().output(get('/crm/rest/v1/contacts', { pagination: 'v1', returnAll: true }));
		expect(output.length).toBeGreaterThan(1);
		expect(visits).toEqual([]);
	});
});
