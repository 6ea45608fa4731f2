import type { Locator } from '../../nodes/shared/locators/locator';
import { dealCustomFields } from '../../nodes/shared/records/sales/dealCustomFields';
import { leadSources } from '../../nodes/shared/records/marketing/leadSources';
import { linkTypes } from '../../nodes/shared/records/people/linkTypes';
import { opportunityStages } from '../../nodes/shared/records/sales/opportunityStages';
import { pipelineStages } from '../../nodes/shared/records/sales/pipelineStages';
import { tagCategories } from '../../nodes/shared/records/people/tagCategories';
import { tags } from '../../nodes/shared/records/people/tags';
import { users } from '../../nodes/shared/records/people/users';
import { lookups } from './sandboxed';

const keap = lookups();
const search = async (locator: Locator, key: string, filter?: string) => (await locator.search.call(keap.context(key), filter)).results;
const names = (results: Array<{ name: string }>): string[] => results.map(({ name }) => name);
beforeEach(() => {
	keap.sandbox.clearFaults();
	keap.newCalls();
});

describe('a list that is read whole', () => {
	it.each<[string, Locator, string, string]>([
		['custom fields of deals', dealCustomFields, 'customFields', 'Size'],
		['lead sources', leadSources, 'leadSources', 'Google Ads'],
		['link types', linkTypes, 'contacts/links/types', 'Colleague'],
		['tag categories', tagCategories, 'tags/categories', 'Customer'],
		['tags', tags, 'tags', 'Bread course'],
		['users', users, 'users', 'Marc Vidal (marc@bakery.example)'],
	])('%s: by name, in one call, then in none', async (_what, locator, path, first) => {
		const all = await search(locator, 'browse');
		expect(names(all)[0]).toBe(first);
		expect(names(all)).toEqual([...names(all)].sort((one, other) => one.localeCompare(other)));
		expect(await search(locator, 'browse', '')).toEqual(all);
		expect(keap.newCalls()).toEqual([`${path}?`]);
	});

	it.each<[string, Locator, string, string[]]>([
		['pipelines', pipelineStages, 'pipelines', ['Sales: New', 'Sales: Offer sent', 'Sales: Done', 'Sales: Again']],
		['opportunities', opportunityStages, 'opportunities/stages', ['Asked', 'New', 'Tasting', 'Won']],
	])('stages of %s: in the order in which they follow each other', async (_what, locator, path, expected) => {
		keap.sandbox.state
			.collection('/crm/rest/v2/opportunities/stages')
			.add({ name: 'Asked', order: 0, target_number_days: 1, probability: 5 });
		keap.sandbox.state.collection('/crm/rest/v2/stages').add({ name: 'Again', pipeline_id: '0a1b2c3d-sales' });
		expect(names(await search(locator, 'order'))).toEqual(expected);
		expect(keap.newCalls()).toEqual([`${path}?`]);
		keap.sandbox.reset();
	});

	it('is searched by any part of the name, in any case, and by ID', async () => {
		expect(names(await search(tags, 'search', 'WEEK'))).toEqual(['Newsletter: weekly']);
		expect(names(await search(tags, 'search', ' newsletter '))).toEqual(['Newsletter: monthly', 'Newsletter: weekly']);
		const [weekly] = await search(tags, 'search', 'weekly');
		expect(await search(tags, 'search', String(weekly?.value))).toEqual([weekly]);
		expect(await search(tags, 'search', 'nothing of it')).toEqual([]);
		expect(keap.newCalls()).toEqual(['tags?']);
	});

	it('is one list for the locator and for the dropdown that takes several', async () => {
		const [found, loaded] = await Promise.all([search(tags, 'cache'), tags.list.load.call(keap.context('cache'))]);
		expect(loaded).toEqual(found);
		expect(keap.newCalls()).toEqual(['tags?']);
	});

	it("is each key's own", async () => {
		await search(tags, 'other');
		expect(keap.newCalls()).toEqual(['tags?']);
	});

	it('is read to its end, and shown as far as anybody scrolls; the search reaches all of it', async () => {
		for (let index = 0; index < 1_500; index++)
			keap.sandbox.state.tags.add({ name: `Made ${String(index).padStart(4, '0')}`, description: '' });
		expect(await search(tags, 'many')).toHaveLength(500);
		expect(names(await search(tags, 'many', 'made 1499'))).toEqual(['Made 1499']);
		expect(await tags.list.load.call(keap.context('many'))).toHaveLength(keap.sandbox.state.tags.size);
		expect(keap.newCalls()).toEqual(['tags?', 'tags?']);
	});

	it('that could not be read is not remembered', async () => {
		const disarm = keap.sandbox.fault(
			{ path: /users/, times: Infinity },
			{ kind: 'status', status: 403, body: '{"message":"no"}', contentType: 'application/json' },
		);
		await expect(search(users, 'fault')).rejects.toThrow(expect.objectContaining({ httpCode: '403' }));
		disarm();
		expect(await search(users, 'fault')).toHaveLength(3);
	});
});
