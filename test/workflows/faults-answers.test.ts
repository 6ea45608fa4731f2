import type { INodeParameters } from 'n8n-workflow';

import type { Fault, FaultMatch } from '../sandbox';
import type { RunResult } from '../support/engine';
import { byId, errorsOf, errorText, expectNowhere, itemsOf, keapForEachTest, on, times } from './helpers';

const contact = on('contact');
const READ: INodeParameters = contact('get', { contactId: byId(1), output: 'raw' });
const CREATE: INodeParameters = contact('create', { email: '=p{{ $itemIndex }}@x.example' });
const UPDATE: INodeParameters = contact('update', { contactId: byId(1), updateFields: { jobTitle: 'Poet' } });
const DELETE: INodeParameters = contact('delete', { contactId: byId(4) });
const LIST: INodeParameters = contact('getAll', { returnAll: true, output: 'raw' });

const keap = keapForEachTest();

/** Runs a node, and holds whatever n8n keeps of the run to the rule that the key is nowhere in it. */
async function run(parameters: INodeParameters, count = 1): Promise<RunResult> {
	const result = await keap().run(
		parameters,
		itemsOf(count, (n) => ({ n })),
	);
	const key = keap().sandbox.calls.find(({ headers }) => headers['x-keap-api-key'])?.headers['x-keap-api-key'] ?? '';
	expectNowhere(key, result);
	return result;
}

describe('keys and permissions', () => {
	it.each<[string, INodeParameters, RegExp, string]>([
		['wrong-key', READ, /Keap did not accept the API key.*Settings > API/, '401'],
		['limited-key', CREATE, /The API key may not do this in Keap.*Service Account Key/, '403'],
	])('the key %s', async (apiKey, parameters, message, httpCode) => {
		keap().setCredential({ apiKey });
		const result = await run(parameters);
		expect(errorText(result)).toMatch(message);
		expect(result.error?.httpCode).toBe(httpCode);
		expect(keap().sandbox.calls).toHaveLength(1);
	});

	it('does not try a thousand items with a wrong key', async () => {
		keap().setCredential({ apiKey: 'wrong-key' });
		const result = await run(CREATE, 1_000);
		expect(result.error?.httpCode).toBe('401');
		// As many as are under way at once, and no more.
		expect(keap().sandbox.calls.length).toBeLessThanOrEqual(50);
	});

	it('takes its own key out of an answer that repeats it', async () => {
		const key = 'secret-key-of-this-test';
		keap().setCredential({ apiKey: key });
		keap().sandbox.fault(
			{ times: Infinity },
			{ kind: 'status', status: 400, body: JSON.stringify({ message: `Key ${key} is bad`, details: [{ resource: key }] }) },
		);
		keap().sandbox.fault({ times: Infinity }, { kind: 'status', status: 400 });
		const result = await run(READ);
		expectNowhere(key, result);
		expect(result.status).toBe('error');
	});
});

/** The fault, what is asked, the number of calls, the error's text (none: it succeeds), contacts that Keap holds afterwards. */
const CASES: Array<[string, Fault, FaultMatch, INodeParameters, number, RegExp | undefined, number]> = [
	['a reset before it arrives: read again', { kind: 'resetBefore' }, {}, READ, 2, undefined, 25],
	['a reset after it was carried out: read again', { kind: 'resetAfter' }, {}, READ, 2, undefined, 25],
	[
		'a reset after it was carried out: created once',
		{ kind: 'resetAfter' },
		{},
		CREATE,
		1,
		/connection to Keap broke off.*may or may not have been carried out.*look in Keap/i,
		26,
	],
	[
		'a reset on the way: not created twice',
		{ kind: 'resetBefore' },
		{},
		CREATE,
		1,
		/connection to Keap broke off.*may or may not have been carried out/i,
		25,
	],
	['a reset after an update: not repeated', { kind: 'resetAfter' }, {}, UPDATE, 1, /may or may not have been carried out/, 25],
	['a reset after a delete: repeated, and known to be done', { kind: 'resetAfter' }, {}, DELETE, 2, undefined, 24],
	['cut-off JSON: read again', { kind: 'badJson' }, {}, READ, 2, undefined, 25],
	[
		'cut-off JSON after a create: carried out, not repeated',
		{ kind: 'badJson' },
		{},
		CREATE,
		1,
		/has carried out the request, but its answer.*Do not run this item again/i,
		26,
	],
	['an answer that breaks off: read again', { kind: 'truncate' }, {}, READ, 2, undefined, 25],
	[
		'an answer that breaks off after a create: carried out, not repeated',
		{ kind: 'truncate' },
		{},
		CREATE,
		1,
		/has carried out the request.*Do not run this item again/i,
		26,
	],
	['a gateway in trouble: read again', { kind: 'status', status: 503 }, {}, READ, 2, undefined, 25],
	[
		'a gateway in trouble: not created twice',
		{ kind: 'status', status: 502 },
		{},
		CREATE,
		1,
		/status 502.*may or may not have been carried out/i,
		25,
	],
	[
		'an error of Keap itself, twice: read once more only',
		{ kind: 'status', status: 500 },
		{ times: 5 },
		READ,
		2,
		/Keap had a problem of its own \(status 500\)/,
		25,
	],
	[
		'a web page for 200',
		{ kind: 'html', status: 200 },
		{ times: Infinity },
		CREATE,
		1,
		/A web page came instead.*"Down for maintenance".*Base URL/,
		25,
	],
	['a web page for 404', { kind: 'html', status: 404 }, {}, READ, 1, /A web page came instead.*status 404/, 25],
	[
		'a refusal with a Java stack',
		{
			kind: 'status',
			status: 400,
			body: '{"message":"java.lang.IllegalArgumentException: bad value\\n\\tat com.infusionsoft.Rest.check(Rest.java:88)","stackTrace":[{"className":"com.infusionsoft.Rest"}]}',
		},
		{},
		READ,
		1,
		/Keap did not accept the request: bad value/,
		25,
	],
	[
		'a missing record',
		{ kind: 'slow', ms: 1 },
		{},
		contact('delete', { contactId: byId(987654) }),
		1,
		/^Keap has no contact with the ID 987654 \|/,
		25,
	],
	[
		'a page that repeats its token for ever',
		{ kind: 'repeatPageToken' },
		{ times: Infinity },
		LIST,
		2,
		/same page position again.*never end.*in part only/,
		25,
	],
	[
		'a list that is no list',
		{ kind: 'status', status: 200, body: '{"contacts":"none"}' },
		{},
		LIST,
		1,
		/"contacts" in Keap's answer is not a list/,
		25,
	],
	['an empty answer to a list: read again, not taken for an empty list', { kind: 'empty' }, {}, LIST, 2, undefined, 25],
	[
		'an empty answer to a create: carried out, not repeated',
		{ kind: 'empty', status: 201 },
		{},
		CREATE,
		1,
		/has carried out the request, but its answer.*Do not run this item again/i,
		25,
	],
	['an empty answer with 204 to an update', { kind: 'empty', status: 204 }, {}, UPDATE, 1, undefined, 25],
	[
		'a 429 without headers: again, whatever the method',
		{ kind: '429', withHeaders: false, body: 'apigeeSpike' },
		{},
		CREATE,
		2,
		undefined,
		26,
	],
	['a 429 with headers: again, whatever the method', { kind: '429', withHeaders: true, body: 'apigeeSpike' }, {}, CREATE, 2, undefined, 26],
];

describe('faults on the way: nothing lost, nothing done twice', () => {
	it.each(CASES)('%s', async (_what, fault, match, parameters, calls, message, contacts) => {
		keap().sandbox.fault(match, fault);
		const result = await run(parameters);
		expect(errorText(result)).toMatch(message ?? /^$/);
		expect(result.status).toBe(message ? 'error' : 'success');
		expect(errorText(result)).not.toMatch(/java\.|com\.infusionsoft|\bat .*\.java/);
		expect(keap().sandbox.calls).toHaveLength(calls);
		expect(keap().sandbox.state.contacts.size).toBe(contacts);
	});

	it('loses and doubles nothing when one in five of 30 creates is refused with 429', async () => {
		for (let index = 0; index < 6; index++) keap().sandbox.fault({ after: index * 4 }, { kind: '429', body: 'apigeeSpike' });
		const result = await run(CREATE, 30);
		expect(errorText(result)).toBe('');
		expect(keap().sandbox.calls).toHaveLength(36);
		expect(new Set(result.items('Keap').map(({ id }) => id)).size).toBe(30);
		expect(keap().sandbox.state.contacts.size).toBe(55);
	});

	it('names each item whose create may have been carried out', async () => {
		keap().sandbox.fault({ after: 2, times: 2 }, { kind: 'resetAfter' });
		const result = await keap().run(
			CREATE,
			itemsOf(6, (n) => ({ n })),
			{ onError: 'continueRegularOutput' },
		);
		const errors = errorsOf(result.items('Keap')).filter((error) => error !== undefined);
		expect(errors).toEqual(times(2, expect.stringMatching(/broke off.*\[item \d\]/i) as string));
		expect(keap().sandbox.calls).toHaveLength(6);
		expect(keap().sandbox.state.contacts.size).toBe(31);
	});
});

describe('200 is no proof', () => {
	const FAULT = '{"fault":{"faultstring":"Policy failed","detail":{"errorcode":"steps.x.Failed"}}}';
	const BODIES: Array<[string, string]> = [
		['a fault', FAULT],
		['an error of v2', '{"code":500,"message":"Internal","status":"ERROR","details":[]}'],
		['an error of v1', '{"message":"Something went wrong"}'],
		['a bare list', '[]'],
		['a list of another name', '{"others":[]}'],
		['null in the place of the list', '{"contacts":null}'],
		['a login page', '<!DOCTYPE html><html><head><title>Log in</title></head></html>'],
	];
	const UPSERT: INodeParameters = contact('upsert', { email: 'ada@lovelace.example', options: { listHandling: 'merge' } });
	const TAG: INodeParameters = on('tag')('apply', { tagIds: ['501'], contactIds: '1' });
	const UNLINK: INodeParameters = contact('unlink', { contactId: byId(1), linkedContactId: byId(2), linkTypeId: byId(1) });

	it.each(BODIES)('%s is no answer to a read: nothing comes out', async (_what, body) => {
		keap().sandbox.fault({ times: Infinity }, { kind: 'status', status: 200, body });
		for (const parameters of [READ, LIST]) {
			const result = await run(parameters);
			expect([result.status, errorText(result)]).toEqual(['error', expect.not.stringMatching(/^ \|/)]);
		}
	});

	it.each(BODIES)('%s is no answer to a write: it is in doubt, and sent once', async (_what, body) => {
		keap().sandbox.fault({ times: Infinity }, { kind: 'status', status: 200, body });
		for (const parameters of [CREATE, UPDATE, DELETE, UNLINK]) {
			keap().newCalls();
			const result = await run(parameters);
			expect(errorText(result)).toMatch(/may or may not have been carried out/);
			expect(keap().newCalls()).toHaveLength(1);
		}
	});

	it.each(BODIES.filter(([what]) => !/list/.test(what)))('%s applies no tag', async (_what, body) => {
		keap().sandbox.fault({ times: Infinity }, { kind: 'status', status: 200, body });
		expect((await run(TAG)).status).toBe('error');
	});

	it.each(BODIES)('%s in a look-up is no contact that is not there: nothing is written', async (_what, body) => {
		keap().sandbox.fault({ method: 'GET', times: Infinity }, { kind: 'status', status: 200, body });
		const result = await run(UPSERT);
		expect(result.status).toBe('error');
		expect(
			keap()
				.newCalls()
				.filter((made) => !made.startsWith('GET')),
		).toEqual([]);
	});

	it.each(BODIES)('%s in the look-up of an address is no contact that is not there, and applies no tag', async (_what, body) => {
		keap().sandbox.fault({ method: 'GET', times: Infinity }, { kind: 'status', status: 200, body });
		const result = await run({ ...TAG, contactIds: 'ada@lovelace.example' });
		expect([result.status, errorText(result)]).toEqual(['error', expect.not.stringMatching(/has no contact|^ \|/)]);
		expect(
			keap()
				.newCalls()
				.filter((made) => !made.startsWith('GET')),
		).toEqual([]);
	});

	it.each(BODIES)('%s in the read before an update of lists: nothing is written', async (_what, body) => {
		keap().sandbox.fault({ method: 'GET', times: Infinity }, { kind: 'status', status: 200, body });
		const phones = { phone2: { entries: { number: '+1 480 555 0199' } } };
		const result = await run(contact('update', { contactId: byId(1), updateFields: phones }));
		expect(result.status).toBe('error');
		expect(
			keap()
				.newCalls()
				.filter((made) => !made.startsWith('GET')),
		).toEqual([]);
	});

	it.each([202, 203, 206, 207])(
		'a status of %i says that it is not the answer itself: no item, and a write is in doubt',
		async (status) => {
			const body = JSON.stringify({ id: '1', contacts: [{ id: '1' }], given_name: 'Ada' });
			keap().sandbox.fault({ times: Infinity }, { kind: 'status', status, body });
			for (const parameters of [READ, LIST]) expect(errorText(await run(parameters))).toMatch(`Keap's answer has the status ${status}`);
			for (const parameters of [CREATE, UPDATE, DELETE, UNLINK]) {
				keap().newCalls();
				expect(errorText(await run(parameters))).toMatch(/may or may not have been carried out/);
				expect(keap().newCalls()).toHaveLength(1);
			}
		},
	);

	/** What comes in the place of a contact's phone numbers, and whether it says that there are none. */
	const LISTS: Array<[string, unknown, boolean]> = [
		['a text', '+1 480 555 0101', false],
		['an object', { field: 'PHONE1', number: '+1 480 555 0101' }, false],
		['false', false, false],
		['a list of texts', ['+1 480 555 0101'], false],
		['a list with an empty place', [null], false],
		['null', null, true],
		['nothing', undefined, true],
	];

	it.each(LISTS)('%s in the place of a list that is to be kept', async (_what, phones, isEmpty) => {
		const ada = { id: '1', email_addresses: [{ field: 'EMAIL1', email: 'ada@adams.example' }], phone_numbers: phones };
		const entries = { phone2: { entries: { number: '+1 480 555 0199' } } };
		for (const parameters of [
			contact('update', { contactId: byId(1), updateFields: entries }),
			contact('upsert', { email: 'ada@adams.example', matchOn: 'Email', additionalFields: entries }),
		]) {
			keap().sandbox.fault({ method: 'GET' }, { kind: 'status', status: 200, body: JSON.stringify({ contacts: [ada] }) });
			const result = await run(parameters);
			const written = keap()
				.newCalls()
				.filter((made) => !made.startsWith('GET'));
			expect([result.status, written.length]).toEqual(isEmpty ? ['success', 1] : ['error', 0]);
			if (!isEmpty) expect(errorText(result)).toMatch(/phone_numbers.* ID 1 .*not a list.*Nothing was written/);
		}
	});

	it('an address list that is no list is not a contact that is not there', async () => {
		const ada = { id: '1', email_addresses: 'ada@adams.example' };
		keap().sandbox.fault({ method: 'GET' }, { kind: 'status', status: 200, body: JSON.stringify({ contacts: [ada] }) });
		const result = await run(contact('upsert', { email: 'ada@adams.example' }));
		expect(errorText(result)).toMatch(/email_addresses.*not a list.*Nothing was written/);
		expect(keap().newCalls()).toHaveLength(1);
	});
});

describe('a filter that Keap does not keep to', () => {
	/** The first contacts of the account, whatever was asked for. */
	const strangers = (...ids: number[]) =>
		keap().sandbox.fault(
			{ method: 'GET', times: Infinity },
			{
				kind: 'status',
				status: 200,
				body: JSON.stringify({
					contacts: ids.map((id) => ({ id: String(id), email_addresses: [{ field: 'EMAIL1', email: `c${id}@x.example` }] })),
					next_page_token: 'more',
				}),
			},
		);

	it('nobody is concluded to be missing from records that were not asked for', async () => {
		strangers(1, 2, 3);
		const items = [21, 22, 3].map((id) => ({ id }));
		const get = contact('get', { contactId: byId('={{ $json.id }}') });
		const errors = errorsOf(await keap().output(get, items, { onError: 'continueRegularOutput' }));
		expect(errors).toEqual(times(3, expect.stringMatching(/did not keep to the filter/) as string));
		expect(keap().newCalls()).toHaveLength(1);
	});

	it('nothing is written', async () => {
		strangers(1, 2, 3);
		const phones = { phone2: { entries: { number: '+1 480 555 0199' } } };
		for (const parameters of [
			contact('update', { contactId: byId(21), updateFields: phones }),
			contact('upsert', { email: 'ada@adams.example' }),
			on('tag')('apply', { tagIds: ['501'], contactIds: 'ada@adams.example' }),
		]) {
			expect(errorText(await run(parameters))).toMatch(/did not keep to the filter/);
			expect(
				keap()
					.newCalls()
					.filter((made) => !made.startsWith('GET')),
			).toEqual([]);
		}
	});
});

describe('one row that makes a 500 of every page that it is on', () => {
	const all = (version: string, more: INodeParameters = { returnAll: true }): INodeParameters =>
		on('customApiCall')('call', {
			method: 'GET',
			path: `/crm/rest/${version}/contacts`,
			pagination: version,
			...(version === 'v2' && { query: '{"order_by":"id asc"}' }),
			...more,
		});

	it.each(['v1', 'v2'])('%s: the error names its place in the list, after few calls; the rows before it can be read', async (version) => {
		keap().sandbox.fault({ times: Infinity }, { kind: 'badRow', id: '18' });
		const result = await run(all(version));
		expect(errorText(result)).toMatch(/record number 18 of the list \(after the one with the ID 17\).*a Limit of 17 brings them/);
		// Each page that fails is asked for twice.
		expect(keap().newCalls().length).toBeLessThanOrEqual(22);
		expect(await keap().output(all(version, { returnAll: false, limit: 17 }))).toHaveLength(17);
	});

	it('a list that fails from its first record on keeps its error, after one page more', async () => {
		keap().sandbox.fault({ times: Infinity }, { kind: 'badRow', id: '1' });
		const result = await run(all('v2'));
		expect(errorText(result)).toMatch(/An internal error occurred/);
		expect(keap().newCalls()).toHaveLength(4);
	});
});
