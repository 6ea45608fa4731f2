import { startSandbox } from './';
import { call, filter } from './client';
import type { Sandbox } from './types';

interface Page {
	contacts: Array<{ id: string; given_name: string }>;
	next_page_token?: string;
}

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ limits: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity } });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const page = async (query: string) => (await call(sandbox, 'GET', '/contacts', { query })).body as Page;

async function everyPage(query: string): Promise<Page[]> {
	const pages = [await page(query)];
	for (let token = pages[0]?.next_page_token; token; token = pages.at(-1)?.next_page_token)
		pages.push(await page(`${query}&page_token=${token}`));
	return pages;
}

const idsOf = (pages: Page[]) => pages.flatMap(({ contacts }) => contacts.map(({ id }) => Number(id)));

test.each(['page_size=7', 'page_size=7&order_by=id%20desc', `page_size=7&${filter('contact_id>4')}`])(
	'pages of %s hold every record once',
	async (query) => {
		const pages = await everyPage(query);
		const ids = idsOf(pages);
		const all = idsOf(await everyPage(query.replace('=7', '=100')));
		expect(pages.map(({ contacts }) => contacts.length).slice(0, -1)).toEqual(pages.slice(1).map(() => 7));
		expect(ids).toEqual(all);
		expect(new Set(ids).size).toBe(all.length);
	},
);

test('the last page has an empty token, the only one too', async () => {
	expect((await page('page_size=100')).next_page_token).toBe('');
	expect((await everyPage('page_size=20')).at(-1)?.next_page_token).toBe('');
});

test('a token is good for its own list only', async () => {
	const { next_page_token: token = '' } = await page('page_size=2');
	const { status, body } = await call(sandbox, 'GET', '/contacts', { query: `page_token=${token}&order_by=id%20desc` });
	expect([status, (body as { message: string }).message]).toEqual([400, expect.stringContaining('another path, filter or order_by')]);
});

test('a filtered list that changed between two reads is worked out anew', async () => {
	const query = filter('given_name==Newcomer*');
	expect(idsOf([await page(query)])).toEqual([]);
	sandbox.state.addContacts(2, () => ({ given_name: 'Newcomer' }));
	expect(idsOf([await page(query)])).toEqual([26, 27]);
	sandbox.state.contacts.delete('26');
	expect(idsOf([await page(query)])).toEqual([27]);
});

test('version 1 pages by limit and offset, and names a next and a previous page beyond both ends', async () => {
	type V1Page = { contacts: Array<{ id: number }>; count: number; next?: string; previous?: string };
	const read = async (query: string) => (await call(sandbox, 'GET', '/crm/rest/v1/contacts', { query })).body as V1Page;
	const first = await read('limit=10');
	const link = (limit: number, offset: number) => `${sandbox.url}/crm/rest/v1/contacts?limit=${limit}&offset=${offset}`;
	expect(first).toMatchObject({ count: 25, next: link(10, 10), previous: link(10, 0) });
	const last = await read('limit=10&offset=20');
	expect(last.contacts.map(({ id }) => id)).toEqual([21, 22, 23, 24, 25]);
	// The limit in them is the number of records on this page.
	expect(last).toMatchObject({ next: link(5, 30), previous: link(5, 10) });
	expect(await read('limit=10&offset=30')).toMatchObject({ contacts: [], count: 25, next: link(10, 40) });
	expect((await read('order=name&order_direction=descending&limit=1')).contacts[0]?.id).not.toBe(1);
});

test('users, companies and lead sources can be found as their look-ups need', async () => {
	const found = async (path: string, query: string) =>
		Object.values((await call(sandbox, 'GET', path, { query })).body as Record<string, Array<{ id: string }>>)[0]?.map(({ id }) => id);
	expect(await found('/users', filter('email==olivia@bakery.example'))).toEqual(['9001']);
	expect(await found('/users', filter('user_ids==9003,9001'))).toEqual(['9001', '9003']);
	expect(await found('/companies', filter('name==acme*'))).toEqual(['3001', '3002']);
	expect(await found('/companies', filter('company_name==Acme Tools'))).toEqual(['3002']);
	expect(await found('/companies', filter('company_id>=3004'))).toEqual(['3004', '3005']);
	expect(await found('/leadSources', filter('name==g*'))).toEqual(['803']);
	expect(await found('/tags/categories', 'order_by=name%20asc')).toEqual(['72', '73', '74', '71']);
});

test('100,000 contacts: read through in any order, and a page looks at no rows but its own once the list is worked out', async () => {
	sandbox.state.addContacts(100_000);
	for (const [query, expected, worksOut] of [
		['', 100_025, 0],
		['order_by=id%20desc', 100_025, 100_025],
		[filter('given_name==A*'), 5_002, 100_025],
		[filter('email==contact77@people.example'), 1, 1],
	] as const) {
		const seen = new Set<number>();
		let token: string | undefined = '';
		while (token !== undefined) {
			const before = sandbox.state.rowsLookedAt;
			const isFirst = token === '';
			const read: Page = await page(`page_size=1000&fields=given_name&${query}${token && `&page_token=${token}`}`);
			for (const id of idsOf([read])) seen.add(id);
			expect([query, sandbox.state.rowsLookedAt - before]).toEqual([query, read.contacts.length + (isFirst ? worksOut : 0)]);
			token = read.next_page_token || undefined;
		}
		expect([query, seen.size]).toEqual([query, expected]);
	}
});
