import { KEAP_NODE } from '../support/engine';
import { expectNowhere, keapForEachTest, times } from './helpers';

/** Every value under a name, however deep. */
function textsAt(wanted: string, value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) => [...(name === wanted ? [String(inner)] : []), ...textsAt(wanted, inner)]);
}

describe('editor look-ups', () => {
	const keap = keapForEachTest();
	const search = async (method: string, filter?: string, token?: string) => await keap().engine.listSearch({}, method, filter, token);

	it('has a search behind every locator of the node', async () => {
		const used = new Set(textsAt('searchListMethod', keap().engine.nodeDescription(KEAP_NODE).properties));
		expect([...used]).toEqual(
			expect.arrayContaining([
				'searchCompanies',
				'searchContacts',
				'searchLeadSources',
				'searchLinkTypes',
				'searchTagCategories',
				'searchTags',
				'searchUsers',
			]),
		);
		for (const method of used) {
			const error: unknown = await search(method).catch((reason: unknown) => reason);
			expect(String(error)).not.toContain('has no listSearch method');
		}
	});

	it.each([
		['searchTags', undefined, 8, { name: 'Bread course', value: '507' }],
		['searchContactTypes', undefined, 4, { name: 'Lead', value: 'Lead' }],
		['searchContactTypes', 'CUST', 1, { name: 'Customer', value: 'Customer' }],
		['searchTags', 'NEWS', 2, { name: 'Newsletter: monthly', value: '502' }],
		['searchTags', '504', 1, { name: 'Customer', value: '504' }],
		['searchTagCategories', undefined, 4, { name: 'Customer', value: '72' }],
		['searchUsers', 'vidal', 1, { name: 'Marc Vidal (marc@bakery.example)', value: '9002' }],
		['searchLeadSources', 'go', 1, { name: 'Google Ads', value: '803' }],
		['searchLinkTypes', '', 2, { name: 'Colleague', value: '62' }],
		['searchCompanies', undefined, 5, { name: 'Acme Corporation', value: '3001' }],
		['searchCompanies', 'Acme T', 1, { name: 'Acme Tools', value: '3002' }],
		['searchContacts', undefined, 25, { name: 'Ada Adams (ada@adams.example)', value: '1' }],
		['searchContacts', 'chloé c', 1, { name: 'Chloé Costa', value: '3' }],
		['searchContacts', 'ada.work@', 1, { name: 'Ada Adams (ada@adams.example)', value: '1' }],
		['searchContacts', 'nobody@here', 0, undefined],
	])('%s finds by %j', async (method, filter, count, first) => {
		const { results } = await search(method, filter);
		expect(results).toHaveLength(count);
		expect(results[0]).toEqual(first);
		expect(keap().newCalls()).toHaveLength(1);
	});

	it('searches time zones and locales without a call', async () => {
		const { results } = await search('searchTimeZones', 'new york');
		expect(results).toEqual([{ name: 'America/New York', value: 'America/New_York' }]);
		expect((await search('searchLocales', 'german')).results).toHaveLength(3);
		expect(keap().newCalls()).toEqual([]);
	});

	it('looks for one word in first names, then in last names, then in addresses, and stops where it finds somebody', async () => {
		const ids = async (typed: string) => (await search('searchContacts', typed)).results.map(({ value }) => value).sort();
		expect(await ids('ada')).toContain('1');
		expect(keap().newCalls()).toHaveLength(1);
		expect(await ids('adams')).toEqual(expect.arrayContaining(['1', '2']));
		expect(keap().newCalls()).toHaveLength(2);
		expect(await ids('nobody')).toEqual([]);
		expect(keap().newCalls()).toHaveLength(3);
	});

	it('browses contacts page by page', async () => {
		keap().sandbox.state.addContacts(100);
		const first = await search('searchContacts');
		expect(first.results).toHaveLength(100);
		const second = await search('searchContacts', undefined, first.paginationToken as string);
		expect(second.results).toHaveLength(25);
		expect(second.paginationToken).toBeUndefined();
	});

	it('reads signs of the filter language as plain text', async () => {
		expect((await search('searchContacts', 'zz;b*c==d')).results).toEqual([]);
		expect((await search('searchCompanies', ' ; ')).results).toHaveLength(5);
		expect(new Set(keap().sandbox.calls.map(({ status }) => status))).toEqual(new Set([200]));
	});

	it('reads a short list once, however often and by whatever it is searched, also at the same moment', async () => {
		await Promise.all([search('searchTags'), search('searchTags', 'news'), keap().engine.loadOptions({}, 'getTags')]);
		await search('searchTags', 'cust');
		expect(keap().newCalls()).toEqual(['GET /crm/rest/v2/tags']);
	});

	it('shows tags for Tags to Apply by name', async () => {
		const options = await keap().engine.loadOptions({}, 'getTags');
		expect(options.map(({ name }) => name)).toEqual([
			'Bread course',
			'Customer',
			'Imported',
			'Newsletter: monthly',
			'Newsletter: weekly',
			'Open day 2025',
			'Prospect',
			'Regular',
		]);
	});

	it('reads a list of several pages to its end', async () => {
		keap().sandbox.fault({ times: Infinity }, { kind: 'smallPages', size: 3 });
		expect(await keap().engine.loadOptions({}, 'getTags')).toHaveLength(8);
		expect(keap().newCalls()).toEqual(times(3, 'GET /crm/rest/v2/tags'));
	});

	it("shows the account's custom fields by label, each with its widget", async () => {
		const { fields } = await keap().engine.resourceMapperFields({}, 'mapContactCustomFields');
		expect(fields.map(({ id, displayName, type }) => [id, displayName, type])).toEqual([
			['7', 'Nickname', 'string'],
			['8', 'Favourite bread', 'options'],
			['9', 'Member since', 'dateTime'],
			['10', 'Gluten free', 'boolean'],
			['11', 'Loaves per week', 'number'],
			['12', 'Credit limit', 'number'],
			['13', 'Interests (comma-separated)', 'string'],
			['14', 'Blog', 'string'],
		]);
		expect(fields[1]?.options).toEqual(['Rye', 'Sourdough', 'Baguette', 'Ciabatta'].map((label) => ({ name: label, value: label })));
		await keap().engine.resourceMapperFields({}, 'mapContactCustomFields');
		expect(keap().newCalls()).toEqual(['GET /crm/rest/v2/contacts/model']);
	});

	// All but the switch: n8n writes No for one that it shows.
	it.each([
		['all but the switch, of 25', 17, 24],
		['none of 26', 18, 0],
	])('shows custom fields before they are added: %s', async (_what, more, count) => {
		for (let at = 0; at < more; at++) keap().sandbox.state.contactCustomFields.add({ label: `More ${at}`, field_type: 'TEXT' });
		const { fields } = await keap().engine.resourceMapperFields({}, 'mapContactCustomFields');
		const shown = fields.filter(({ removed }) => removed !== true);
		expect(fields).toHaveLength(8 + more);
		expect(shown).toHaveLength(count);
		expect(shown.map(({ type }) => type)).not.toContain('boolean');
	});

	it.each([
		['a wrong key', { apiKey: 'wrong-key-of-a-test' }, /Keap did not accept the API key/],
		['a key that may not', { apiKey: 'limited-key' }, /The API key may not do this in Keap/],
		['a bad base URL', { baseUrl: 'api.keap.com' }, /Base URL of the Keap credential/],
	])('says what is wrong with %s, and asks again once it is mended', async (_what, fields, message) => {
		keap().setCredential(fields);
		const error: unknown = await search('searchUsers').catch((reason: unknown) => reason);
		expect(error).toMatchObject({ message: expect.stringMatching(message) as string });
		expectNowhere('wrong-key-of-a-test', error);
		keap().setCredential({});
		expect((await search('searchUsers')).results).toHaveLength(3);
	});
});
