import { byId, errorsOf, errorText, itemsOf, keapForEachTest, on, onlyBody, pairsOf, times, writes } from './helpers';

const tag = on('tag');
const category = on('tagCategory');

describe('tag: create, get, update, delete', () => {
	const keap = keapForEachTest();

	it('creates a tag in its category', async () => {
		const [made] = await keap().output(
			tag('create', { name: ' VIP ', additionalFields: { description: 'Very important', categoryId: byId(72) } }),
		);
		expect(onlyBody(keap())).toEqual({ name: 'VIP', description: 'Very important', category: { id: '72' } });
		expect(made).toMatchObject({ id: '509', name: 'VIP', category: { id: '72' } });
	});

	it('passes on that a name is taken', async () => {
		const result = await keap().run(tag('create', { name: 'Imported', additionalFields: { categoryId: byId(74) } }));
		expect(errorText(result)).toMatch(/there is a tag "Imported" already/);
	});

	it('reads one tag by itself and many together, in item order', async () => {
		const parameters = tag('get', { tagId: byId('={{ $json.id }}') });
		expect(await keap().output(parameters, [{ id: 503 }])).toMatchObject([{ id: '503', name: 'Prospect' }]);
		const output = await keap().output(parameters, [{ id: 504 }, { id: 404 }, { id: 501 }], { onError: 'continueRegularOutput' });
		expect(output.map(({ name }) => name)).toEqual(['Customer', undefined, 'Newsletter: weekly']);
		expect(errorsOf(output)[1]).toBe('Keap has no tag with the ID 404');
		// What the list does not show may be there all the same: lists lag.
		expect(keap().newCalls()).toEqual(['GET /crm/rest/v2/tags/503', 'GET /crm/rest/v2/tags', 'GET /crm/rest/v2/tags/404']);
	});

	it('updates only what is given', async () => {
		await keap().output(tag('update', { tagId: byId(503), updateFields: { name: 'Lead', categoryId: byId(71) } }));
		expect(onlyBody(keap())).toEqual({ name: 'Lead', category: { id: '71' } });
		expect(writes(keap())[0]?.query.update_mask?.split(',').sort()).toEqual(['category', 'name']);
		expect(keap().sandbox.state.tags.get('503')).toMatchObject({ name: 'Lead', description: '', category: { id: '71' } });
		await expect(keap().output(tag('update', { tagId: byId(503), updateFields: {} }))).rejects.toThrow(/No field to update is given/);
	});

	it('deletes a tag', async () => {
		expect(await keap().output(tag('delete', { tagId: byId(508) }))).toEqual([{ deleted: true }]);
		expect(keap().sandbox.state.tags.has('508')).toBe(false);
	});
});

describe('tag: lists', () => {
	const keap = keapForEachTest();
	const names = async (parameters: Parameters<typeof tag>[1]) =>
		(await keap().output(tag('getAll', { returnAll: true, ...parameters }))).map(({ name }) => name);

	it.each([
		[{ filters: { name: 'Regular' } }, 'name==Regular', ['Regular']],
		[{ filters: { categoryId: byId(72) }, options: { orderBy: 'name desc' } }, 'category_id==72', ['Regular', 'Prospect', 'Customer']],
		[
			{
				filters: {
					categoryId: byId(71),
					createdAfter: '2025-01-06T09:00:00Z',
					createdBefore: '2025-01-06T09:00:00Z',
					updatedAfter: '2025-01-01',
					updatedBefore: '2026-01-01',
				},
			},
			undefined,
			['Newsletter: weekly', 'Newsletter: monthly'],
		],
		[{ returnAll: false, limit: 2 }, undefined, ['Newsletter: weekly', 'Newsletter: monthly']],
	])('gets many by %j', async (parameters, filter, expected) => {
		expect(await names(parameters)).toEqual(expected);
		if (filter) expect(keap().sandbox.calls[0]?.query.filter).toBe(filter);
		expect(keap().newCalls()).toEqual(['GET /crm/rest/v2/tags']);
	});

	it('gets the contacts with a tag, filtered and in order', async () => {
		const parameters = { tagId: byId('={{ $json.tag }}'), returnAll: true, options: { orderBy: 'given_name desc' } };
		const result = await keap().run(tag('getContacts', parameters), [{ tag: 501 }, { tag: 503 }, { tag: 502 }]);
		expect(result.items('Keap').map(({ given_name: name }) => name)).toEqual([
			'Farid',
			'Emma',
			'David',
			'Chloé',
			'Ben',
			'Ada',
			'Farid',
			'David',
			'Ben',
		]);
		expect(pairsOf(result)).toEqual([...Array<number>(6).fill(0), ...Array<number>(3).fill(2)]);
		const filters = {
			givenName: 'Ada',
			familyName: 'Adams',
			email: 'ada@adams.example',
			appliedAfter: '2025-01-06T09:00:00Z',
			appliedBefore: '2025-01-06T09:00:00Z',
		};
		const [ada, ...others] = await keap().output(tag('getContacts', { tagId: byId(501), returnAll: true, filters }));
		expect(ada).toEqual({
			id: '1',
			email: 'ada@adams.example',
			given_name: 'Ada',
			family_name: 'Adams',
			applied_time: '2025-01-06T09:00:00.000Z',
		});
		expect(others).toEqual([]);
	});

	it.each([
		[true, { id: '502', name: 'Newsletter: monthly', applied_time: '2025-01-06T09:00:00.000Z' }],
		[false, { tag: { id: '502', name: 'Newsletter: monthly' }, applied_time: '2025-01-06T09:00:00.000Z' }],
	])('gets the tags of a contact, simplified: %s', async (simplify, expected) => {
		const output = await keap().output(
			tag('getForContact', {
				contactId: byId(2),
				returnAll: true,
				output: simplify ? 'simplified' : 'raw',
				filters: { name: 'Newsletter: monthly', categoryId: byId(71) },
			}),
		);
		expect(output).toMatchObject([expected]);
		expect(keap().newCalls()).toEqual(['GET /crm/rest/v2/contacts/2/tags']);
	});

	it('reads thousands of tagged contacts page by page', async () => {
		const { state } = keap().sandbox;
		for (const id of state.addContacts(1_500)) state.contactTags.apply('505', id, '2025-02-01T00:00:00.000Z');
		expect(await keap().output(tag('getContacts', { tagId: byId(505), returnAll: true }))).toHaveLength(1_500);
		expect(keap().newCalls()).toEqual(times(2, 'GET /crm/rest/v2/tags/505/contacts'));
	});
});

describe('tag category', () => {
	const keap = keapForEachTest();
	const tagCategoryId = byId('={{ $json.id }}');

	it('creates, reads, changes and deletes', async () => {
		const [made] = await keap().output(category('create', { name: 'Region', additionalFields: { description: 'Where they live' } }));
		expect(made).toMatchObject({ id: '75', name: 'Region', description: 'Where they live' });
		expect(await keap().output(category('update', { tagCategoryId, updateFields: { name: 'Country' } }), [{ id: 75 }])).toMatchObject([
			{ id: '75', name: 'Country', description: 'Where they live' },
		]);
		expect(writes(keap()).at(-1)).toMatchObject({ query: { update_mask: 'name' }, body: { name: 'Country' } });
		expect(await keap().output(category('get', { tagCategoryId }), [{ id: 75 }, { id: 71 }])).toMatchObject([
			{ name: 'Country' },
			{ name: 'Newsletter' },
		]);
		expect(await keap().output(category('delete', { tagCategoryId }), [{ id: 75 }])).toEqual([{ deleted: true }]);
		expect(keap().sandbox.state.tagCategories.has('75')).toBe(false);
	});

	it.each([
		[{ returnAll: true, filters: { name: 'Event' } }, ['Event']],
		[{ returnAll: false, limit: 2, options: { orderBy: 'name desc' } }, ['Newsletter', 'Import']],
		[
			{
				returnAll: true,
				filters: {
					description: 'How far they came',
					createdAfter: '2025-01-01',
					createdBefore: '2026-01-01',
					updatedAfter: '2025-01-01',
					updatedBefore: '2026-01-01',
				},
			},
			['Customer'],
		],
	])('gets many by %j', async (parameters, names) => {
		expect((await keap().output(category('getAll', parameters))).map(({ name }) => name)).toEqual(names);
	});

	it.each([
		['get', 404, /Keap has no tag category with the ID 404/],
		['delete', 404, /Keap has no tag category with the ID 404/],
		['get', 'undefined', /Tag Category is not a Keap ID: "undefined"/],
	])('%s of %s fails with an instruction', async (operation, id, message) => {
		expect(errorText(await keap().run(category(operation, { tagCategoryId }), [{ id }]))).toMatch(message);
	});

	it('keeps the order of items', async () => {
		const parameters = category('create', { name: '=Category {{ $json.n }}' });
		const output = await keap().output(
			parameters,
			itemsOf(30, (n) => ({ n })),
		);
		expect(output.map(({ name }) => name)).toEqual(itemsOf(30, (n) => ({ n: `Category ${n}` })).map(({ n }) => n));
	});
});
