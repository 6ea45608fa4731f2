import { companies } from '../../nodes/shared/records/people/companies';
import { contacts } from '../../nodes/shared/records/people/contacts';
import { emails } from '../../nodes/shared/records/activity/emails';
import { lookups } from './sandboxed';

const keap = lookups();
const names = ({ results }: { results: Array<{ name: string }> }): string[] => results.map(({ name }) => name);
beforeEach(() => {
	keap.sandbox.reset();
	keap.newCalls();
});

describe('the search for contacts', () => {
	const search = async (filter?: string, token?: string) => await contacts.search.call(keap.context('search'), filter, token);

	it.each([
		['a word: it may begin a first name, a last name or an address', 'ada', ['given_name==ada*', 'family_name==ada*', 'email==ada*']],
		['a name of two words', 'ada ad', ['given_name==ada*;family_name==ad*']],
		['a name of three words', 'Ada van Dam', ['given_name==Ada*;family_name==van Dam*']],
		['an address', 'ada@ad', ['email==ada@ad*']],
		['spaces around', '  ada   ad ', ['given_name==ada*;family_name==ad*']],
		['what would be filter language', 'ada;id*', ['given_name==ada*;family_name==id*']],
		['nothing', '', ['']],
		['nothing but filter language', ' *; ', ['']],
	])('for %s', async (_what, typed, filters) => {
		await search(typed);
		expect(keap.newCalls().sort()).toEqual(filters.map((filter) => `contacts?${filter}`).sort());
	});

	it('finds by first name, last name and address, each contact once', async () => {
		const { results, paginationToken } = await search('ada');
		expect(results).toContainEqual({ name: 'Ada Adams (ada@adams.example)', value: '1' });
		expect(new Set(results.map(({ value }) => value)).size).toBe(results.length);
		expect(paginationToken).toBeUndefined();
		expect(names(await search('adams'))).toEqual(
			expect.arrayContaining(['Ada Adams (ada@adams.example)', expect.stringMatching(/^Ben Adams/)]),
		);
		expect(names(await search('ada adams'))).toEqual(['Ada Adams (ada@adams.example)']);
		expect(names(await search('ADA@ADAMS'))).toEqual(['Ada Adams (ada@adams.example)']);
		expect(names(await search('nobody at all'))).toEqual([]);
	});

	it('asks only for what a label needs', async () => {
		await search('ada adams');
		expect(keap.sandbox.calls.at(-1)?.query).toMatchObject({ fields: 'id,given_name,family_name,email_addresses', page_size: '100' });
	});

	it('is browsed page by page, to the end', async () => {
		keap.sandbox.state.addContacts(230);
		const total = keap.sandbox.state.contacts.size;
		const seen: string[] = [];
		let pages = 0;
		for (let token: string | undefined; ; pages++) {
			const { results, paginationToken } = await search('', token);
			seen.push(...results.map(({ value }) => String(value)));
			if (paginationToken === undefined) break;
			token = String(paginationToken);
		}
		expect(new Set(seen).size).toBe(total);
		expect(seen).toHaveLength(total);
		expect(keap.newCalls()).toHaveLength(Math.ceil(total / 100));
		expect(pages).toBe(Math.ceil(total / 100) - 1);
	});

	it('reports what is wrong when Keap refuses', async () => {
		keap.sandbox.fault(
			{ path: /contacts/, times: Infinity },
			{ kind: 'status', status: 403, body: '{"message":"no"}', contentType: 'application/json' },
		);
		await expect(search('ada')).rejects.toThrow(expect.objectContaining({ httpCode: '403' }));
	});
});

describe('the search for companies', () => {
	const search = async (filter?: string) => await companies.search.call(keap.context('search'), filter);

	it('finds by how the name begins, in one call', async () => {
		expect(names(await search('acme'))).toEqual(['Acme Corporation', 'Acme Tools']);
		expect(keap.newCalls()).toEqual(['companies?name==acme*']);
		expect(names(await search('bäck'))).toEqual(['Bäckerei Huber']);
		expect(names(await search('tools'))).toEqual([]);
	});

	it('lists all when nothing is typed', async () => {
		expect(names(await search())).toHaveLength(keap.sandbox.state.companies.size);
		expect(keap.newCalls()).toEqual(['companies?']);
	});
});

describe('the search for email records', () => {
	const search = async (filter?: string) => await emails.search.call(keap.context('search'), filter);

	it('lists the last recorded first, each with whom it went to', async () => {
		const records = keap.sandbox.state.collection('/crm/rest/v2/emails');
		for (const [subject, to, day] of [
			['Offer', 'ada@adams.example', '2025-03-01'],
			['Offer', 'ben@adams.example', '2025-03-02'],
		] as const) {
			records.add({ subject, sent_to_address: to, sent_time: `${day}T08:00:00.000Z`, create_time: `${day}T08:00:00.000Z` });
		}
		records.add({ create_time: '2025-03-03T08:00:00.000Z' });
		const [unnamed, ...named] = names(await search());
		expect(unnamed).toMatch(/^#\d+, to nobody$/);
		expect(named.slice(0, 2)).toEqual(['Offer (2025-03-02), to ben@adams.example', 'Offer (2025-03-01), to ada@adams.example']);
		expect(names(await search('ada@adams.example'))).toContain('Offer (2025-03-01), to ada@adams.example');
		expect(keap.newCalls()).toEqual(['emails?', 'emails?email==ada@adams.example']);
	});
});
