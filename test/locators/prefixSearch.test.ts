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

	// What finds somebody ends the search: only the last of these calls may find anybody.
	it.each([
		['nothing', '', ['']],
		['nothing but filter language', ' *; ', ['']],
		['what begins a first name', 'ada', ['given_name==ada*']],
		['what begins a last name only', 'costa', ['given_name==costa*', 'family_name==costa*']],
		['what begins an address only', 'marc-', ['given_name==marc-*', 'family_name==marc-*', 'email==marc-*']],
		['a word that nobody has', 'zzz', ['given_name==zzz*', 'family_name==zzz*', 'email==zzz*']],
		['an address', 'ada@ad', ['email==ada@ad*']],
		['an address that nobody has', 'zzz@ad', ['email==zzz@ad*']],
		['an address as mail programs copy it', 'Ada Adams <ada@adams.example>', ['email==ada@adams.example*']],
		['the beginning of an address', 'ada.w', ['email==ada.w*']],
		['a name that looks like one', 'O.J', ['email==O.J*', 'given_name==O.J*']],
		['a name of two words', 'ada ad', ['given_name==ada*;family_name==ad*']],
		['the last name first', 'adams ada', ['given_name==adams*;family_name==ada*', 'given_name==ada*;family_name==adams*']],
		['a name that nobody has', 'zz yy', ['given_name==zz*;family_name==yy*', 'given_name==yy*;family_name==zz*']],
		['a name as in a register', 'Adams, Ada', ['given_name==Ada*;family_name==Adams*']],
		['spaces around', '  ada   ad ', ['given_name==ada*;family_name==ad*']],
		['what would be filter language', 'ada;ad*', ['given_name==ada*;family_name==ad*']],
		['a last name of several words', 'Ines van der Dam', ['given_name==Ines*;family_name==van der Dam*']],
		['two first names', 'Ines Maria van', ['given_name==Ines*;family_name==van*']],
		['a phone number', '+1 555 0100200', ['phone +1 555 0100200']],
		['a phone number, grouped otherwise', '1-555-0100200', ['phone 1-555-0100200', 'phone 15550100200']],
		['a phone number without anything between', '15550100200', ['phone 15550100200']],
		['an ID', '1', ['ids==1']],
		['an ID that nobody has', '999', ['ids==999']],
		['an ID or a short phone number', '99999', ['ids==99999', 'phone 99999']],
		['a number that is rather for a phone', '99999999', ['phone 99999999', 'ids==99999999']],
		['a number that is too long for an ID', '5550100299', ['phone 5550100299']],
		['a number that begins with 0', '0123', ['phone 0123']],
		['the beginning of a phone number', '+1', ['phone +1', 'phone 1']],
	])('for %s: %s', async (_what, typed, filters) => {
		const { contacts: stored } = keap.sandbox.state;
		stored.add({ given_name: 'O.J.', family_name: 'Zimmer', email_addresses: [{ email: 'marc-@find.example', field: 'EMAIL1' }] });
		stored.add({ given_name: 'Ines', family_name: 'van der Dam', phone_numbers: [{ number: '+1 555 0100200', field: 'PHONE2' }] });
		stored.add({ given_name: 'Bo', phone_numbers: [{ number: '15550100200', field: 'PHONE1' }] });
		await search(typed);
		const phone = 'phone_fields==PHONE1,PHONE2,PHONE3,PHONE4,PHONE5;phone_number==';
		expect(keap.newCalls()).toEqual(filters.map((filter) => `contacts?${filter.replace(/^phone /, phone)}`));
	});

	it('finds by first name, last name and address', async () => {
		const { results } = await search('ada');
		expect(results).toContainEqual({ name: 'Ada Adams (ada@adams.example)', value: '1' });
		expect(names(await search('costa'))).toContainEqual(expect.stringMatching(/^Chloé Costa/));
		for (const typed of ['ada adams', 'adams ada', 'Adams, Ada', 'ADA@ADAMS', '1']) {
			expect(names(await search(typed))).toEqual(['Ada Adams (ada@adams.example)']);
		}
		expect(names(await search('nobody at all'))).toEqual([]);
	});

	it.each([
		['first', 'given_name', 1],
		['last', 'family_name', 2],
	])('is scrolled through by the %s name as by everything', async (_which, field, calls) => {
		for (let index = 0; index < 150; index++) keap.sandbox.state.contacts.add({ [field]: `Quill${index}` });
		const first = await search('quill');
		expect(first.results).toHaveLength(100);
		expect(keap.newCalls()).toHaveLength(calls);
		const second = await search('quill', first.paginationToken as string);
		expect(keap.newCalls()).toEqual([`contacts?${field}==quill*`]);
		expect(second.paginationToken).toBeUndefined();
		expect(new Set([...first.results, ...second.results].map(({ value }) => value)).size).toBe(150);
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
