import { isCancelled, keapGetAll, keapPages, type KeapRequest, type PageOptions } from '../../nodes/shared/transport';
import { json } from './server';
import { wire } from './wire';

const { context, keap } = wire();
const v2: KeapRequest = { method: 'GET', path: '/crm/rest/v2/contacts', item: 2 };
const v1: KeapRequest = { method: 'GET', path: '/crm/rest/v1/contacts' };

const records = (from: number, count: number) => Array.from({ length: count }, (_, index) => ({ id: from + index }));
const asked = () => keap().requests.map(({ url }) => url.slice(url.indexOf('?') + 1));

async function read(request: KeapRequest, options?: PageOptions) {
	return (await keapGetAll(context(), request, options)).map(({ id }) => id);
}

describe('v2', () => {
	test('follows the tokens to the end, over small and empty pages', async () => {
		keap().answer(
			json(200, { contacts: records(0, 3), next_page_token: 'a b' }),
			json(200, { contacts: [], next_page_token: 'c' }),
			json(200, { contacts: records(3, 1), next_page_token: '' }),
		);
		expect(await read({ ...v2, query: { filter: 'x==1' } })).toEqual([0, 1, 2, 3]);
		expect(asked()).toEqual([
			'filter=x%3D%3D1&page_size=1000',
			'filter=x%3D%3D1&page_size=1000&page_token=a%20b',
			'filter=x%3D%3D1&page_size=1000&page_token=c',
		]);
	});

	test('asks for no more than is wanted, and cuts what comes all the same', async () => {
		keap().answer(
			json(200, { contacts: records(0, 2), next_page_token: 't' }),
			json(200, { contacts: records(2, 9), next_page_token: 'u' }),
		);
		expect(await read(v2, { limit: 5, pageSize: 2 })).toEqual([0, 1, 2, 3, 4]);
		expect(asked()).toEqual(['page_size=2', 'page_size=2&page_token=t']);
		keap().answer(json(200, { contacts: records(0, 3), next_page_token: 't' }));
		expect(await read(v2, { limit: 3 })).toEqual([0, 1, 2]);
		expect(asked()).toEqual(['page_size=3']);
	});

	test('pages come one by one: who stops reading spends no more calls', async () => {
		keap().answer(json(200, { contacts: records(0, 2), next_page_token: 't' }));
		for await (const page of keapPages(context(), v2)) {
			expect(page).toHaveLength(2);
			break;
		}
		expect(keap().requests).toHaveLength(1);
	});

	test.each<[string, unknown, unknown[]]>([
		['a bare list', [{ id: 1 }, 'text'], [1, undefined]],
		['no body', null, []],
		['nothing but an empty token', { next_page_token: '' }, []],
		['an empty object', {}, []],
	])('%s is one page', async (_name, body, expected) => {
		keap().answer(json(200, body));
		expect(await read(v2)).toEqual(expected);
		expect(keap().requests).toHaveLength(1);
	});

	test('a list among several is found by its name', async () => {
		keap().answer(json(200, { earned: records(0, 1), clawed_back: records(5, 2) }));
		expect(await read(v2, { records: 'clawed_back' })).toEqual([5, 6]);
		keap().answer(json(200, { other: records(0, 1) }));
		expect(await read(v2, { records: 'clawed_back' })).toEqual([]);
	});

	test.each<[string, Array<Record<string, unknown>>, PageOptions, RegExp]>([
		['the same token for ever', [{ contacts: records(0, 1), next_page_token: 'same' }], {}, /same page position again \(same\)/],
		[
			'tokens in a circle',
			[
				{ contacts: records(0, 1), next_page_token: 'a' },
				{ contacts: records(1, 1), next_page_token: 'b' },
				{ contacts: records(2, 1), next_page_token: 'a' },
			],
			{},
			/again \(a\)/,
		],
		['two lists without a name', [{ a: [], b: [] }], {}, /more than one list \(a, b\)/],
		['no list', [{ id: 1, given_name: 'A' }], {}, /no list in it, only: id, given_name/],
		['a name that is no list', [{ contacts: 'x' }], { records: 'contacts' }, /"contacts" in Keap's answer is not a list/],
	])('%s is an error that says so, never a list cut short', async (_name, bodies, options, message) => {
		keap().answer(...bodies.map((body) => json(200, body)));
		await expect(keapGetAll(context(), v2, options)).rejects.toMatchObject({
			message: expect.stringMatching(message),
			context: { itemIndex: 2 },
		});
		expect(keap().requests.length).toBeLessThanOrEqual(3);
	});

	test('stops when the execution does', async () => {
		const stop = new AbortController();
		keap().answer(json(200, { contacts: records(0, 1), next_page_token: 'a' }), (response) => {
			stop.abort();
			response.end('{}');
		});
		const error: unknown = await keapGetAll(context(stop.signal), v2).catch((reason: unknown) => reason);
		expect(isCancelled(error)).toBe(true);
	});
});

describe('v1', () => {
	const next = (offset: number) => `https://api.infusionsoft.com/crm/rest/v1/contacts?limit=2&offset=${offset}`;

	test('goes by the offset that Keap names, and stops at the count', async () => {
		keap().answer(
			json(200, { contacts: records(0, 2), count: 3, next: next(2), previous: '' }),
			json(200, { contacts: records(2, 1), count: 3, next: next(4), previous: '' }),
		);
		expect(await read(v1, { pageSize: 2 })).toEqual([0, 1, 2]);
		expect(asked()).toEqual(['limit=2&offset=0', 'limit=2&offset=2']);
	});

	test('an empty page ends it, though Keap always names a next one', async () => {
		keap().answer(json(200, { contacts: records(0, 2), next: next(2) }), json(200, { contacts: [], next: next(4) }));
		expect(await read(v1, { pageSize: 2 })).toEqual([0, 1]);
	});

	test('without a next page the count decides', async () => {
		keap().answer(json(200, { contacts: records(0, 2), count: 3 }), json(200, { contacts: records(2, 1), count: 3 }));
		expect(await read(v1, { pageSize: 2 })).toEqual([0, 1, 2]);
	});

	test('an offset that does not advance is an error', async () => {
		keap().answer(json(200, { contacts: records(0, 2), next: next(2) }), json(200, { contacts: records(2, 2), next: next(2) }));
		await expect(keapGetAll(context(), v1, { pageSize: 2 })).rejects.toThrow('same page position again (2)');
		keap().answer(json(200, { contacts: records(0, 2), next: next(0) }));
		await expect(keapGetAll(context(), v1, { pageSize: 2 })).rejects.toThrow('same page position again (0)');
		expect(keap().requests).toHaveLength(1);
	});
});
