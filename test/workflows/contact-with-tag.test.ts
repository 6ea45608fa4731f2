import type { INodeParameters } from 'n8n-workflow';

import { byId, itemsOf, keapForEachTest, on } from './helpers';

const LIST = 'GET /crm/rest/v2/contacts';
const OF_TAG = 'GET /crm/rest/v2/tags/508/contacts';
const contact = on('contact');

describe('contacts with a tag', () => {
	const keap = keapForEachTest();
	const tagged = (...ids: number[]) =>
		ids.forEach((id) => keap().sandbox.state.contactTags.apply('508', String(id), '2025-02-01T00:00:00.000Z'));
	const filtered = (filters: INodeParameters, more: INodeParameters = {}) => ({
		filters: { tagId: byId(508), ...filters },
		output: 'raw',
		...more,
	});
	const idsOf = async (filters: INodeParameters, more?: INodeParameters) =>
		(await keap().output(contact('getAll', filtered(filters, { returnAll: true, ...more })))).map(({ id }) => id);

	it('come whole: a call for the IDs, one for 100 contacts', async () => {
		tagged(3, 1);
		const [first] = await keap().output(contact('getAll', filtered({}, { returnAll: true })));
		expect(keap().newCalls()).toEqual([OF_TAG, LIST]);
		expect(first).toMatchObject({ id: '1', job_title: 'Engineer', fax_numbers: [{ field: 'FAX1' }] });
	});

	it('are those for which the other filters hold, too', async () => {
		tagged(1, 2, 3, 5, 11);
		expect(await idsOf({ city: 'Lyon' })).toEqual(['5', '11']);
		expect(keap().sandbox.calls.at(-1)?.query.filter).toBe('city==Lyon;ids==1,2,3,5,11');
	});

	it('are simplified once, with their fields alone', async () => {
		tagged(1);
		const output = await keap().output(contact('getAll', { returnAll: true, filters: { tagId: byId(508) } }));
		expect(output).toEqual([expect.objectContaining({ id: '1', email: 'ada@adams.example', custom_fields: expect.any(Object) as object })]);
	});

	it('stop at the limit, before further calls', async () => {
		const ids = keap().sandbox.state.addContacts(350);
		tagged(...ids.map(Number));
		expect(await keap().output(contact('getAll', filtered({}, { limit: 120 })))).toHaveLength(120);
		expect(keap().newCalls()).toEqual([OF_TAG, LIST, LIST]);
		expect(await idsOf({})).toHaveLength(350);
		expect(keap().newCalls()).toEqual([OF_TAG, LIST, LIST, LIST, LIST]);
	});

	it('are none where nobody has it', async () => {
		expect(await idsOf({})).toEqual([]);
		expect(keap().newCalls()).toEqual([OF_TAG]);
	});

	it.each<[INodeParameters, INodeParameters, RegExp]>([
		[{ ids: '1' }, {}, /Tag is set together with a filter by ID/],
		[{ idAtMost: '9' }, {}, /Tag is set together with a filter by ID/],
		[{}, { options: { orderBy: 'id asc' } }, /Order By is set together with Tag/],
	])('refuses what Keap can not answer: %j %j', async (filters, more, message) => {
		await expect(idsOf(filters, more)).rejects.toThrow(message);
		expect(keap().newCalls()).toEqual([]);
	});
});

describe('contact: count', () => {
	const keap = keapForEachTest();
	const countOf = async (parameters: INodeParameters) => (await keap().output(contact('count', parameters)))[0];

	it.each<[string, INodeParameters, number, string[]]>([
		['all', {}, 25, ['GET /crm/rest/v1/contacts']],
		['those of a tag', { filters: { tagId: byId(508) } }, 3, ['GET /crm/rest/v1/tags/508/contacts']],
		['those of a town', { filters: { city: 'Lyon' } }, 4, [LIST]],
		['those of a tag in a town', { filters: { tagId: byId(508), city: 'Lyon' } }, 1, [OF_TAG, LIST]],
		[
			'those with a custom field',
			{ customFieldFilters: { entries: [{ field: 'Nickname', value: 'Countess' }] } },
			1,
			[`${LIST}/model`, LIST],
		],
	])('%s', async (_what, parameters, count, calls) => {
		for (const id of ['1', '2', '5']) keap().sandbox.state.contactTags.apply('508', id, '2025-02-01T00:00:00.000Z');
		expect(await countOf(parameters)).toEqual({ count });
		expect(keap().newCalls()).toEqual(calls);
	});

	it('counts thousands that a filter finds, a call for 1,000, IDs alone', async () => {
		keap().sandbox.state.addContacts(1_500, () => ({ middle_name: 'Kim' }));
		expect(await countOf({ filters: { middleName: 'Kim' } })).toEqual({ count: 1_500 });
		expect(keap().newCalls()).toEqual([LIST, LIST]);
		expect(keap().sandbox.calls.at(-1)?.query.fields).toBe('id');
	});

	it('is an error where Keap does not say it', async () => {
		keap().sandbox.fault({ path: '/crm/rest/v1/contacts' }, { kind: 'status', status: 200, body: '{"contacts":[]}' });
		await expect(countOf({})).rejects.toThrow(/did not say how many/);
	});

	it('counts for every item', async () => {
		const output = await keap().output(
			contact('count', { filters: { city: '={{ $json.city }}' } }),
			itemsOf(2, (index) => ({ city: index === 0 ? 'Lyon' : 'Nowhere' })),
		);
		expect(output.map(({ count }) => count)).toEqual([4, 0]);
	});
});
