import { isCancelled, keapGetAll, keapPages, type KeapRequest, type PageOptions } from '../../nodes/shared/transport';
import { json } from './server';
import { wire } from './wire';

const { ask, context, keap } = wire();
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

	test('a bare list is one page where no name is given', async () => {
		keap().answer(json(200, [{ id: 1 }, 'text']));
		expect(await read(v2)).toEqual([1, undefined]);
		expect(keap().requests).toHaveLength(1);
	});

	test.each<[string, string]>([
		['the next page as an address', 'https://api.infusionsoft.com/crm/rest/v2/tags/?page_size=1&page_token=a%20b%2F'],
		['the same without its host', '/crm/rest/v2/tags?page_token=a%20b%2F#end'],
		['a query alone', '?page_size=1&page_token=a+b%2F'],
	])('%s in the place of a page token: the token is taken out of it', async (_name, token) => {
		keap().answer(json(200, { tags: records(0, 1), next_page_token: token }), json(200, { tags: records(1, 1), next_page_token: '' }));
		expect(await read({ ...v2, path: '/crm/rest/v2/tags' }, { records: 'tags' })).toEqual([0, 1]);
		expect(asked()).toEqual(['page_size=1000', 'page_size=1000&page_token=a%20b%2F']);
	});

	test('an address without a token in it is sent as it is, and never called', async () => {
		keap().answer(
			json(200, { tags: records(0, 1), next_page_token: 'http://x.example/?a=1' }),
			json(200, { tags: [], next_page_token: '' }),
		);
		expect(await read(v2, { records: 'tags' })).toEqual([0]);
		expect(asked()[1]).toBe('page_size=1000&page_token=http%3A%2F%2Fx.example%2F%3Fa%3D1');
	});

	test.each([['1'], [[{ id: 1 }]], [{}], [7]])('%j in a list of records is no record', async (row) => {
		keap().answer(json(200, { contacts: [...records(0, 1), row] }));
		await expect(read(v2, { records: 'contacts' })).rejects.toThrow(/something else than a record in "contacts"/);
	});

	test.each([[{ id: 1 }], [''], [[1]], [true]])('%j in a list of IDs is no ID', async (row) => {
		keap().answer(json(200, { automation_ids: ['301', 302, row] }));
		await expect(read(v2, { records: 'automation_ids' })).rejects.toThrow(/something else than an ID in "automation_ids"/);
	});

	test('a list among several is found by its name', async () => {
		keap().answer(json(200, { earned: records(0, 1), clawed_back: records(5, 2) }));
		expect(await read(v2, { records: 'clawed_back' })).toEqual([5, 6]);
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
		[
			'a token that is an object',
			[{ contacts: records(0, 1), next_page_token: { a: 1 } }],
			{},
			/names the next page in a form that is not known/,
		],
		[
			'a token that is a list',
			[{ contacts: records(0, 1), next_page_token: ['a'] }],
			{ records: 'contacts' },
			/in a form that is not known/,
		],
		['a token that is true', [{ contacts: records(0, 1), next_page_token: true }], {}, /in a form that is not known/],
		['two lists without a name', [{ a: [], b: [] }], {}, /more than one list \(a, b\)/],
		['no list', [{ id: 1, given_name: 'A' }], {}, /no list in it, only: id, given_name/],
		['no list and nothing else', [{}], {}, /^Keap's answer has no list in it \[/],
		['a token without a list', [{ next_page_token: '' }], {}, /no list in it, only: next_page_token/],
		['null in the place of the only list', [{ contacts: null }], {}, /no list in it, only: contacts/],
		['null in the place of the list', [{ contacts: null }], { records: 'contacts' }, /"contacts" in Keap's answer is not a list/],
		['a list of another name', [{ other: [] }], { records: 'contacts' }, /has no list "contacts" in it, only: other/],
		['a list without a name', [[] as never], { records: 'contacts' }, /a list by itself where a list called "contacts" was due/],
		['null', [null as never], {}, /^Keap answered without a list/],
		['an empty place among the records', [{ contacts: [{ id: 1 }, null] }], {}, /an empty place \(null\) in "contacts"/],
		['a name that is no list', [{ contacts: 'x' }], { records: 'contacts' }, /"contacts" in Keap's answer is not a list/],
	])('%s is an error that says so, never a list cut short', async (_name, bodies, options, message) => {
		keap().answer(...bodies.map((body) => json(200, body)));
		await expect(keapGetAll(context(), v2, options)).rejects.toMatchObject({
			message: expect.stringMatching(message),
			context: { itemIndex: 2 },
		});
		expect(keap().requests.length).toBeLessThanOrEqual(3);
	});

	test.each<[string, Record<string, unknown>, RegExp]>([
		['a token in camel case', { nextPageToken: 'b' }, /in a field that is not known for it \(nextPageToken\)/],
		['a link', { next: 'https://x.example/?page_token=b' }, /\(next\)/],
		[
			'links',
			{
				links: [
					{ rel: 'self', href: '/a' },
					{ rel: 'next', href: '/b' },
				],
			},
			/\(links\.next\)/,
		],
		['links by name', { _links: { self: { href: '/a' }, next: { href: '/b' } } }, /\(_links\.next\)/],
		['a cursor further inside', { meta: { paging: { end_cursor: 'b', total: 9 } } }, /\(meta\.paging\.end_cursor\)/],
		['a cursor', { cursor: 17 }, /\(cursor\)/],
		['a word of more', { has_more: true }, /\(has_more\)/],
		['a count', { total: 5 }, /^Keap counts 5 records, gave 4 of them, and names no next page/],
		['a count in words of another API', { totalCount: '5' }, /^Keap counts 5 records/],
	])('%s beside the last token says that there is more: an error, and no end', async (_what, more, message) => {
		keap().answer(
			json(200, { contacts: records(0, 2), next_page_token: 'a', total: 5 }),
			json(200, { contacts: records(2, 2), next_page_token: '', ...more }),
		);
		await expect(read(v2, { records: 'contacts' })).rejects.toThrow(message);
		// Whoever wants no more than has come is served.
		keap().answer(json(200, { contacts: records(0, 2), ...more }));
		expect(await read(v2, { records: 'contacts', limit: 2 })).toEqual([0, 1]);
	});

	test.each<Record<string, unknown>>([
		{
			next: '',
			nextPageToken: null,
			has_more: false,
			cursor: 0,
			links: [],
			_links: { self: '/a' },
			paging: { next: {} },
			continuation: ' ',
		},
		{ total: 2, count: 1, sync_token: 'x', automation_count: 9 },
		{ links: [{ rel: 'prev', href: '/a' }], page: { size: 2, number: 1 } },
		{ total: { amount: 22550, currency_code: 'USD' } },
	])('%j beside the last token says nothing of the kind', async (more) => {
		keap().answer(json(200, { contacts: records(0, 2), ...more }));
		expect(await read(v2, { records: 'contacts' })).toEqual([0, 1]);
	});

	test('a list that is asked for as a whole has no next page', async () => {
		const whole = { ...v2, expects: { list: 'contacts' } };
		keap().answer(json(200, { contacts: records(0, 2), next_page_token: 'b' }));
		await expect(ask(whole)).rejects.toThrow(/part of a list that was asked for as a whole: it has next_page_token/);
		keap().answer(json(200, { contacts: records(0, 2), next: '/crm/rest/v1/contacts?offset=2' }));
		await ask({ ...whole, path: '/crm/rest/v1/contacts' });
		await expect(ask(whole)).rejects.toThrow(/it has next/);
		await ask({ ...whole, query: { page_size: 2 } });
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

	test('without a next page and without a count, a full page is not the last', async () => {
		keap().answer(json(200, { contacts: records(0, 2) }), json(200, { contacts: records(2, 1) }));
		expect(await read(v1, { pageSize: 2 })).toEqual([0, 1, 2]);
	});

	test('an empty page is not the end while Keap counts records behind it', async () => {
		const count = 5;
		keap().answer(
			json(200, { contacts: records(0, 2), count, next: next(2) }),
			json(200, { contacts: [], count, next: next(4) }),
			json(200, { contacts: records(4, 1), count, next: next(6) }),
		);
		expect(await read(v1, { pageSize: 2 })).toEqual([0, 1, 4]);
	});

	test.each(['https://elsewhere.example/?offset=99999', next(99_999)])(
		'a next page that lies too far on, %s, leaves no record out',
		async (far) => {
			keap().answer(
				json(200, { contacts: records(0, 2), count: '3', next: far }),
				json(200, { contacts: records(2, 1), count: '3', next: far }),
			);
			expect(await read(v1, { pageSize: 2 })).toEqual([0, 1, 2]);
			expect(asked()[1]).toBe('limit=2&offset=2');
		},
	);

	test('a list that becomes shorter while it is read is read again before the place, each record once', async () => {
		keap().answer(
			json(200, { contacts: records(0, 3), count: 7, next: next(3) }),
			// The records 0 and 1 are deleted now, and 3 and 4 have moved to the first page.
			json(200, { contacts: records(5, 2), count: 5, next: next(6) }),
			json(200, { contacts: records(3, 3), count: 5, next: next(4) }),
			json(200, { contacts: records(6, 1), count: 5, next: next(7) }),
		);
		expect(await read(v1, { pageSize: 3 })).toEqual([0, 1, 2, 3, 4, 5, 6]);
		expect(asked().map((query) => /offset=(\d+)/.exec(query)?.[1])).toEqual(['0', '3', '1', '4']);
	});

	test('without a next page the count decides', async () => {
		keap().answer(json(200, { contacts: records(0, 2), count: 3 }), json(200, { contacts: records(2, 1), count: 3 }));
		expect(await read(v1, { pageSize: 2 })).toEqual([0, 1, 2]);
	});

	test('another word of a next page than its own, at what looks like the end, is an error', async () => {
		keap().answer(json(200, { contacts: records(0, 1), next: { href: next(1) } }));
		await expect(read(v1, { pageSize: 2 })).rejects.toThrow(/in a field that is not known for it \(next\)/);
		keap().answer(json(200, { contacts: records(0, 1), next_page_token: 'b' }));
		await expect(read(v1, { pageSize: 2 })).rejects.toThrow(/\(next_page_token\)/);
		keap().answer(json(200, { contacts: records(0, 1), count: 1, next: next(2), previous: next(0), sync_token: 'b' }));
		expect(await read(v1, { pageSize: 2 })).toEqual([0]);
	});

	test('an offset that does not advance is an error', async () => {
		keap().answer(json(200, { contacts: records(0, 2), next: next(2) }), json(200, { contacts: records(2, 2), next: next(2) }));
		await expect(keapGetAll(context(), v1, { pageSize: 2 })).rejects.toThrow('same page position again (2)');
		keap().answer(json(200, { contacts: records(0, 2), next: next(0) }));
		await expect(keapGetAll(context(), v1, { pageSize: 2 })).rejects.toThrow('same page position again (0)');
		expect(keap().requests).toHaveLength(1);
	});
});
