import type { Expected, KeapRequest } from '../../nodes/shared/transport';
import { json, raw, type Answer } from './server';
import { wire } from './wire';

jest.mock('../../nodes/shared/runtime/clock', () => ({
	...jest.requireActual<object>('../../nodes/shared/runtime/clock'),
	sleep: async () => await Promise.resolve(),
}));

const { ask, keap, refusal } = wire();

const FAULT = { fault: { faultstring: 'Policy failed', detail: { errorcode: 'steps.x.Failed' } } };

/** Errors under a status of success, and what each says. */
const ERRORS: Array<[string, Answer, RegExp]> = [
	['the gateway', json(200, FAULT), /^Keap answered with status 200, but with an error: Policy failed/],
	['v2', json(200, { code: 500, message: 'Internal', status: 'ERROR', details: [] }), /with an error: Internal/],
	['v2 with its code as text', json(201, { code: '503', status: 'UNAVAILABLE' }), /^Keap answered with status 201, but with an error/],
	['v1', json(200, { message: 'Something went wrong' }), /with an error: Something went wrong/],
	['an OAuth server', json(200, { error: 'invalid_token', error_description: 'Expired' }), /with an error: Expired/],
	['an error as an object', json(200, { error: { code: 7, message: 'Nested' } }), /with an error: Nested/],
	['a list of errors', json(200, { errors: [{ message: 'First' }] }), /with an error: First/],
	[
		'a framework',
		json(200, { timestamp: 1, status: 500, error: 'Internal Server Error', path: '/x' }),
		/with an error: Internal Server Error/,
	],
	['a problem with a trace', json(200, { id: 'trace-1', status: 502, title: 'Bad gateway' }), /with an error/],
	['no success', json(200, { success: false }), /with an error/],
];

const PAGES: Array<[string, Answer, RegExp]> = [
	['a login page', raw(200, '<!DOCTYPE html><html><head><title>Log in</title></head></html>'), /^A web page came instead .*"Log in"/],
	['a page without a title', raw(200, '  <html><body>x</body></html>'), /^A web page came instead/],
	['a text', raw(200, 'upstream connect error', 'text/plain'), /^Something else than an answer of the Keap API .*upstream connect error/],
];

const EVERY: Expected[] = [{ record: ['id'] }, { list: 'contacts' }, { list: undefined }, 'nothing', 'results', 'number', 'anything'];
const ask1 = async (expects: Expected, method: KeapRequest['method'] = 'GET') =>
	await refusal({ expects, method, ...(method !== 'GET' && method !== 'DELETE' && { body: {} }) });

describe.each([...ERRORS, ...PAGES])('%s under a status of success', (_name, answer, message) => {
	test.each(EVERY)('is no answer where %j is expected: a read is tried again and then fails', async (expects) => {
		keap().answer(answer);
		const error = await ask1(expects);
		expect(error.message).toMatch(message);
		expect(error.requests).toBeGreaterThan(1);
		expect(error.description).not.toMatch(/may or may not/);
	});

	test.each<[KeapRequest['method'], RegExp]>([
		['POST', /may or may not have been carried out\. It was not sent again/],
		['PATCH', /may or may not have been carried out\. It was not sent again/],
		['PUT', /may or may not have been carried out\. Running it again does no harm/],
		['DELETE', /may or may not have been carried out\. Running it again does no harm/],
	])('leaves a %s in doubt, and it is never repeated', async (method, description) => {
		keap().answer(answer);
		for (const expects of EVERY) {
			keap().requests.length = 0;
			const error = await ask1(expects, method);
			expect(error).toMatchObject({ requests: 1, description: expect.stringMatching(description) });
		}
	});
});

test('a read that meets an error once has its answer at the second try', async () => {
	keap().answer(json(200, FAULT), json(200, { contacts: [] }));
	expect((await ask({ expects: { list: 'contacts' } })).body).toEqual({ contacts: [] });
});

test.each<[string, object]>([
	['an error', { contacts: [{ id: '1' }], error: 'Shard 3 timed out' }],
	['a list of errors', { contacts: [], errors: [{ message: 'Shard 3 timed out' }], next_page_token: '' }],
	['an exception', { contacts: [], exception: 'Shard 3 timed out' }],
	['the code of an error', { contacts: [], code: 503, message: 'Unavailable' }],
	['the status of an error as text', { contacts: [{ id: '1' }], status: '500' }],
	['no success', { contacts: [], success: false }],
	['the word that it is a part', { contacts: [{ id: '1' }], partial: true }],
	['the word that time was up', { contacts: [{ id: '1' }], timed_out: true }],
])('a list with %s beside it may not be whole: it is read again, and then it is an error', async (_name, body) => {
	keap().answer(json(200, body));
	for (const expects of [{ list: 'contacts' }, { list: undefined }]) {
		keap().requests.length = 0;
		const error = await ask1(expects);
		expect(error).toMatchObject({ code: 200, message: expect.stringMatching(/with an error/) });
		expect(error.requests).toBeGreaterThan(1);
	}
});

describe('another shape than the one that was due', () => {
	test.each<[string, Expected, unknown, RegExp]>([
		['a list for a record', { record: ['id'] }, [{ id: 1 }], /not the record that was due: it is a list/],
		['nothing of a record', { record: ['id'] }, {}, /it is an empty object/],
		['another record', { record: ['id', 'key'] }, { contacts: [], secret: 'Ada' }, /it has contacts, secret/],
		['a record with an empty ID', { record: ['id'] }, { id: '', given_name: 'A' }, /it has id, given_name/],
		['null for a record', { record: ['id'] }, null, /it is empty/],
		['a list for no body', 'nothing', [], /does not confirm it: it is a list/],
		['another list for no body', 'nothing', { contacts: null }, /does not confirm it: it has contacts/],
		['a word that is none of success', 'nothing', { status: 'FAILED' }, /does not confirm it: it has status/],
		['false', 'nothing', false, /does not confirm it: it is a boolean/],
		['a list for results', 'results', [], /has no results: it is a list/],
		['an object for a number', 'number', { count: 1 }, /is not a number/],
		['a list with a number in it', 'number', [1], /is not a number/],
		['an empty text for a number', 'number', '', /is not a number/],
		['an object for a text', 'text', { id: '1' }, /is not a text/],
	])('%s', async (_name, expects, body, message) => {
		keap().answer(json(200, body));
		const read = await ask1(expects);
		expect(read).toMatchObject({ code: 200, requests: 1, message: expect.stringMatching(message) });
		expect(`${read.message} ${read.description}`).not.toContain('Ada');
		const write = await ask1(expects, 'POST');
		expect(write.description).toMatch(/may or may not have been carried out/);
	});

	test('another record than the one that ends the path', async () => {
		const one = { path: '/crm/rest/v2/contacts/{contact_id}', pathParams: { contact_id: '007' }, expects: { record: ['id'] } };
		keap().answer(json(200, { id: '8', given_name: 'Eve' }));
		const other = /^Keap's answer is another record than the one with the ID 7: it has the ID 8/;
		await expect(ask(one)).rejects.toThrow(other);
		await expect(ask({ ...one, method: 'PATCH', body: {} })).rejects.toThrow(other);
		// Below a record there are others.
		await ask({ ...one, path: `${one.path}/notes` });
		for (const id of [7, '7', '0007', 'x7']) {
			keap().answer(json(200, { id }));
			expect((await ask(one)).body).toEqual({ id });
		}
	});

	test.each<[KeapRequest['method'], number]>([
		['GET', 4],
		['POST', 1],
	])('no body for a record: a %s is met %i times', async (method, times) => {
		keap().answer(raw(200, ''));
		expect((await ask1({ record: ['id'] }, method)).requests).toBe(times);
	});

	test('204 confirms a write, and is no record and no list to a read', async () => {
		keap().answer(raw(204, ''));
		expect(await ask({ method: 'PATCH', expects: { record: ['id'] } })).toMatchObject({ status: 204, body: null });
		keap().answer(raw(204, ''));
		expect((await ask1({ record: ['id'] })).requests).toBe(4);
		expect((await ask1({ list: 'contacts' })).code).toBe(204);
	});
});

describe('answers that are what they should be', () => {
	test.each<[string, Expected, unknown]>([
		['a record of one field', { record: ['id'] }, { id: '1' }],
		['a record with a message and more', { record: ['id'] }, { id: '1', message: 'Hi', name: 'Spring' }],
		['a record with its status', { record: ['id'] }, { id: '1', title: 'A', status: 'PAUSED' }],
		['a record that failed once', { record: ['id'] }, { id: '1', error: 'bounced', subject: 'x' }],
		['zero is a value', { record: ['score'] }, { score: 0 }],
		['an empty list', { list: 'contacts' }, { contacts: [], next_page_token: '' }],
		['a list with empty words of an error beside it', { list: 'contacts' }, { contacts: [{ id: '1' }], error: null, errors: [] }],
		[
			'a list with a status beside it that is none of an error',
			{ list: 'contacts' },
			{ contacts: [], status: 'OK', code: 200, success: true, partial: false },
		],
		['a list that is called so', { list: 'errors' }, { errors: [{ id: '1' }], total: 1 }],
		['what was deleted', 'nothing', { id: '5', name: 'x' }],
		['a word of success', 'nothing', { status: 'SUCCESS' }],
		['no words', 'nothing', {}],
		['results', 'results', { 5: 'TAG_ID_NOT_FOUND' }],
		['no results', 'results', null],
		['a number as text', 'number', '12'],
		['a text', 'text', 'Regards'],
		['anything', 'anything', [1, { message: 'x' }]],
		['an object of its own words', 'anything', { message: 'x', total: 3 }],
	])('%s', async (_name, expects, body) => {
		keap().answer(json(200, body));
		expect((await ask({ expects })).body).toEqual(body);
	});

	test('text that is no JSON, where text may come', async () => {
		keap().answer(raw(200, '<p>Regards</p>'));
		expect((await ask({ expects: 'text' })).body).toBe('<p>Regards</p>');
		keap().answer(raw(200, ''));
		expect((await ask({ expects: 'text' })).body).toBeNull();
	});

	test('JSON after a byte order mark', async () => {
		keap().answer(raw(200, '\ufeff{"id":"1"}', 'application/json'));
		expect((await ask({ expects: { record: ['id'] } })).body).toEqual({ id: '1' });
	});
});

describe('files', () => {
	const file = async (name?: string) => await ask({ expects: { file: name } });

	test('a web page or an error in the place of a file is no file', async () => {
		keap().answer(raw(200, '<!doctype html><title>Log in</title>'));
		await expect(file('photo.png')).rejects.toThrow(/web page came instead/);
		keap().answer(json(200, FAULT));
		await expect(file('photo.png')).rejects.toThrow(/with an error: Policy failed/);
	});

	test('a file may be a page or JSON itself', async () => {
		keap().answer(raw(200, '<!doctype html><title>Mine</title>'));
		expect(String((await file('page.HTML')).body)).toContain('Mine');
		keap().answer(json(200, { message: 'mine' }));
		expect(String((await file('data.json')).body)).toContain('mine');
		keap().answer(json(200, { mine: 1 }));
		expect(String((await file()).body)).toContain('mine');
	});
});

describe('long integers', () => {
	test('keep their digits as text; what a number can hold stays a number', async () => {
		const text =
			'{"id":9007199254740993,"safe":9007199254740991,"minus":-12345678901234567890,"list":[1,98765432109876543210, 7],"float":1234567890123456.5,"exp":12345678901234567e2,"text":"12345678901234567 \\"98765432109876543210\\\\","after":12345678901234567}';
		keap().answer(raw(200, text, 'application/json'));
		expect((await ask()).body).toEqual({
			id: '9007199254740993',
			safe: 9_007_199_254_740_991,
			minus: '-12345678901234567890',
			list: [1, '98765432109876543210', 7],
			float: Number('1234567890123456.5'),
			exp: Number('12345678901234567e2'),
			text: '12345678901234567 "98765432109876543210\\',
			after: '12345678901234567',
		});
	});
});
