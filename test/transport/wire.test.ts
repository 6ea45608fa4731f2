import { gzipSync } from 'node:zlib';
import { JsonText, keapRequest, quotaOf, type KeapRequest } from '../../nodes/shared/transport';
import { executeContext } from '../support/context';
import { cutOff, json, raw, reset, type TestServer } from './server';
import { many, wire } from './wire';

const mockDelays: number[] = [];
jest.mock('../../nodes/shared/runtime/clock', () => ({
	...jest.requireActual<object>('../../nodes/shared/runtime/clock'),
	// The delays before another try: noted, not waited for.
	sleep: async (ms: number) => await Promise.resolve(void mockDelays.push(ms)),
}));

const { apiKey, ask, keap, refusal } = wire();
beforeEach(() => {
	mockDelays.length = 0;
});

describe('what is sent', () => {
	test('key, JSON body, encoded path and query; the answer is parsed and its headers passed on', async () => {
		keap().answer(json(201, { id: '7' }, { 'X-Keap-Tenant-Id': 'abc' }));
		const answer = await ask({
			method: 'POST',
			path: '/crm/rest/v2/tags/{tag_id}/contacts:applyTags',
			pathParams: { tag_id: ' a b;c ' },
			query: { filter: 'given_name==A&B +ü*', ids: [1, 2], none: undefined, empty: [], yes: true },
			body: { contact_ids: ['1'], name: 'Grüße' },
		});
		expect(answer).toMatchObject({ status: 201, body: { id: '7' }, headers: { 'x-keap-tenant-id': 'abc' } });
		const [request] = keap().requests;
		expect(request?.url).toBe(
			'/crm/rest/v2/tags/a%20b%3Bc/contacts:applyTags?filter=given_name%3D%3DA%26B%20%2B%C3%BC*&ids=1%2C2&yes=true',
		);
		expect(request?.body).toBe('{"contact_ids":["1"],"name":"Grüße"}');
		expect(request?.headers).toMatchObject({
			'x-keap-api-key': apiKey,
			accept: 'application/json',
			'content-type': 'application/json',
			'content-length': '38',
		});
	});

	test.each<[string, Partial<KeapRequest>, RegExp]>([
		['an empty id', { pathParams: { contact_id: ' ' } }, /"contact_id" is empty \[item 3\]/],
		['a missing id', {}, /"contact_id" is empty/],
		['a path trick', { pathParams: { contact_id: '../users' } }, /"contact_id" \("\.\.\/users"\) is not an id/],
		['dots', { pathParams: { contact_id: '..' } }, /is not an id/],
		['an endless id', { pathParams: { contact_id: '1'.repeat(201) } }, /longer than 200/],
		['half a character', { pathParams: { contact_id: '\ud83d' } }, /half a character/],
		['a body that goes round', { path: '/crm/rest/v2/contacts', body: roundBody() }, /can't be written as JSON/],
		['a query that is no number', { path: '/crm/rest/v2/contacts', query: { page: NaN } }, /"page" is not a number/],
	])('%s is refused before a call is spent, with the parameter and the item', async (_name, request, message) => {
		keap().answer(json(200, {}));
		const error = await refusal({ path: '/crm/rest/v2/contacts/{contact_id}', item: 3, ...request });
		expect(error).toMatchObject({ name: 'NodeOperationError', item: 3, requests: 0, message: expect.stringMatching(message) });
	});

	test('JSON that was typed goes out as it was typed, with all its digits', async () => {
		keap().answer(json(200, {}));
		await ask({ method: 'POST', body: new JsonText('{ "n": 12345678901234567890 }') });
		expect(keap().requests[0]).toMatchObject({ body: '{ "n": 12345678901234567890 }', headers: { 'content-type': 'application/json' } });
	});

	test('connections are kept: calls one after the other share one', async () => {
		keap().answer(json(200, {}));
		await ask();
		const before = keap().connections();
		for (let call = 0; call < 20; call++) await ask();
		expect(keap().connections()).toBe(before);
	});

	// What waits for a connection has had its moment: freed ones would send it in a burst.
	test('none that has its slot waits for a connection, however many are sent and however long Keap is silent', async () => {
		const held: Array<() => void> = [];
		const allArrived = new Promise<void>((resolve) =>
			keap().answer((response) => {
				if (held.push(() => response.end('{}')) === 90) resolve();
			}),
		);
		const all = Promise.all(Array.from({ length: 90 }, async () => await ask()));
		await allArrived;
		for (const answer of held) answer();
		await all;
		expect(keap().requests).toHaveLength(90);
	});
});

describe('answers', () => {
	test('gzip is decoded', async () => {
		keap().answer((response) => {
			response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"big":"answer"}'));
		});
		expect((await ask()).body).toEqual({ big: 'answer' });
		expect(keap().requests[0]?.headers['accept-encoding']).toContain('gzip');
	});

	test.each([
		['204', 204],
		['an empty 200', 200],
	])('%s has the body null', async (_name, status) => {
		keap().answer(raw(status, ''));
		expect(await ask({ method: 'DELETE' })).toMatchObject({ status, body: null });
	});

	test('quota headers reach the view', async () => {
		keap().answer(
			json(
				200,
				{},
				{ 'x-keap-product-throttle-limit': '120', 'x-keap-product-throttle-available': '7', 'x-keap-product-throttle-used': '113' },
			),
		);
		const lone = executeContext({ credentials: { apiKey: 'another-key', baseUrl: keap().origin, ...many } });
		await keapRequest(lone, { method: 'GET', path: '/crm/rest/v2/contacts' });
		expect(await quotaOf(lone)).toMatchObject({
			minute: { limit: 120, available: 7, used: 113 },
			source: 'headers',
			waiting: 0,
			inFlight: 0,
			pausedUntil: null,
		});
	});
});

describe('errors of Keap', () => {
	const java = 'at com.infusionsoft.Foo.bar(Foo.java:12)\n\tat java.lang.Thread.run(Thread.java:1)';
	test.each<[string, Parameters<TestServer['answer']>[0], Partial<KeapRequest>, RegExp, RegExp, number]>([
		[
			'gateway',
			json(401, { fault: { faultstring: 'Invalid access token', detail: { errorcode: 'oauth.v2.InvalidAccessToken' } } }),
			{},
			/^Keap did not accept the API key \[item 4\]$/,
			/profile icon > Settings > API/,
			401,
		],
		[
			'v2',
			json(400, {
				code: 400,
				message: 'Bad input',
				status: 'INVALID',
				details: [{ domain: 'contact', resource: 'email_addresses[0].email' }],
			}),
			{ method: 'POST' },
			/^Keap did not accept the request: Bad input/,
			/Keap says: contact: email_addresses\[0\]\.email/,
			400,
		],
		[
			'v1 with a Java stack',
			json(422, { message: `java.lang.IllegalArgumentException: Wrong date\n\t${java}`, cause: { stackTrace: [java] } }),
			{ method: 'POST' },
			/^Keap understood the request but can't carry it out: Wrong date/,
			/Correct the values/,
			422,
		],
		[
			'the key echoed back',
			json(403, { message: `no right for ${apiKey} (${encodeURIComponent(apiKey)})` }),
			{},
			/no right for \*\*\* \(\*\*\*\)/,
			/Service Account Key/,
			403,
		],
		[
			'a missing record',
			json(404, { code: 404, message: 'not here' }),
			{ path: '/crm/rest/v2/contacts/{contact_id}', pathParams: { contact_id: 99 } },
			/^Keap has no contact with the ID 99/,
			/deleted or merged/,
			404,
		],
		[
			'HTML',
			raw(400, '<html><head><title>Access denied</title></head></html>'),
			{},
			/A web page came instead .*"Access denied"/,
			/proxy, a firewall/,
			400,
		],
		['an empty body', raw(409, ''), { method: 'POST' }, /conflict/, /already exists/, 409],
		['cut-off JSON', raw(400, '{"code":400,"mess', 'application/json'), {}, /did not accept/, /Correct/, 400],
		[
			'a redirect',
			(response) => response.writeHead(302, { location: 'https://example.com/' }).end(),
			{},
			/redirect \(302\)/,
			/Base URL/,
			302,
		],
	])('%s', async (_name, answer, request, message, description, code) => {
		keap().answer(answer);
		const error = await refusal({ item: 4, ...request });
		expect(error).toMatchObject({ name: 'NodeApiError', code, item: 4, requests: 1 });
		expect(error.message).toMatch(message);
		expect(error.description).toMatch(description);
	});

	test.each<[string, KeapRequest['method'], Parameters<TestServer['answer']>[0], number, RegExp]>([
		['503', 'GET', raw(503, ''), 4, /tried 4 times/],
		['500', 'GET', raw(500, ''), 2, /tried 2 times/],
		['a reset', 'GET', reset, 4, /tried 4 times/],
		['a cut-off body', 'GET', cutOff(200), 4, /tried 4 times/],
		['HTML in place of JSON', 'GET', raw(200, '<html><title>Hello</title></html>'), 4, /maintenance page/],
		['503', 'PUT', raw(503, ''), 4, /may or may not .* does no harm/],
		['503', 'POST', raw(503, ''), 1, /may or may not have been carried out\. It was not sent again/],
		['500', 'POST', raw(500, ''), 1, /may or may not/],
		['502', 'PATCH', raw(502, ''), 1, /may or may not/],
		['a reset', 'POST', reset, 1, /may or may not/],
		['a reset', 'PATCH', reset, 1, /may or may not/],
		['a cut-off answer of success', 'POST', cutOff(200), 1, /succeeded\. Do not run this item again/],
		['an unreadable answer of success', 'POST', raw(201, '{"id":', 'application/json'), 1, /succeeded\. Do not run/],
	])('%s to a %s is met as often as is safe', async (_name, method, answer, times, description) => {
		keap().answer(answer);
		const error = await refusal({ method, body: method === 'GET' ? undefined : {} });
		expect(error.requests).toBe(times);
		expect(error.description).toMatch(description);
	});

	test('the delays between tries grow', async () => {
		keap().answer(raw(503, ''));
		await refusal();
		const [first, second, third] = mockDelays;
		expect(first).toBeGreaterThanOrEqual(500);
		expect(second).toBeGreaterThanOrEqual(1_500);
		expect(third).toBeGreaterThanOrEqual(4_000);
		expect(third).toBeLessThanOrEqual(5_000);
	});

	test.each<[string, Parameters<TestServer['answer']>]>([
		['503', [raw(503, ''), json(200, { ok: 1 })]],
		['a reset', [reset, json(200, { ok: 1 })]],
		['a cut-off body', [cutOff(200), json(200, { ok: 1 })]],
	])('a GET survives %s', async (_name, answers) => {
		keap().answer(...answers);
		expect((await ask()).body).toEqual({ ok: 1 });
	});

	test('a DELETE in doubt that then finds nothing counts as deleted; without doubt 404 is an error', async () => {
		keap().answer(reset, json(404, { message: 'gone' }));
		expect(await ask({ method: 'DELETE' })).toMatchObject({ status: 204, body: null });
		keap().answer(json(404, { message: 'gone' }));
		expect((await refusal({ method: 'DELETE' })).code).toBe(404);
	});
});

function roundBody(): unknown {
	const body: { self?: unknown } = {};
	body.self = body;
	return body;
}
