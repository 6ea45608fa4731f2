import { errorsOf, errorText, itemsOf, keapForEachTest, on, times, writes } from './helpers';

const tagging = (operation: 'apply' | 'remove', rest = {}) =>
	on('tag')(operation, { tagIds: '={{ $json.tags }}', contactIds: '={{ $json.contacts }}', ...rest });
const V1 = (contact: number | string): string => `/crm/rest/v1/contacts/${contact}/tags`;
const V2 = (tag: number | string, verb = 'applyTags'): string => `POST /crm/rest/v2/tags/${tag}/contacts:${verb}`;

describe('several tags for several contacts', () => {
	const keap = keapForEachTest();
	const tagsOf = (contact: string): string[] => [...keap().sandbox.state.contactTags.tagsOf(contact).keys()].sort();
	const freshTags = (count: number): string[] =>
		itemsOf(count, (n) => ({ n })).map(({ n }) => keap().sandbox.state.tags.add({ name: `T ${String(n)}` }).id);

	it('takes one call for five tags of one contact', async () => {
		const tags = freshTags(5);
		const [answer] = await keap().output(tagging('apply'), [{ tags, contacts: '7' }]);
		expect(keap().newCalls()).toEqual([`POST ${V1(7)}`]);
		expect(writes(keap())[0]?.body).toEqual({ tagIds: tags.map(Number) });
		expect(tagsOf('7')).toEqual(expect.arrayContaining(tags));
		expect(answer).toEqual({ contact_id: '7', contact_ids: ['7'], tag_id: null, tag_ids: tags, success: true });
	});

	it.each([
		[1, 1],
		[3, 3],
	])('takes for 1,000 contacts with %i tags %i calls', async (count, calls) => {
		const tags = freshTags(count);
		const ids = keap().sandbox.state.addContacts(1_000);
		const output = await keap().output(
			tagging('apply'),
			ids.map((id) => ({ tags, contacts: id })),
		);
		expect(keap().newCalls().sort()).toEqual(tags.map((tag) => V2(tag)).sort());
		expect(keap().sandbox.calls).toHaveLength(calls);
		expect(output.map(({ contact_id: id }) => id)).toEqual(ids);
		for (const id of [ids[0], ids[999]]) expect(tagsOf(id ?? '')).toEqual([...tags].sort());
	});

	it('takes the fewest for three items with different sets', async () => {
		const [a = '', b = '', c = '', d = '', e = ''] = freshTags(5);
		const items = [
			{ tags: [a, b], contacts: '1' },
			{ tags: [c, d], contacts: '2' },
			{ tags: [e], contacts: '3' },
		];
		await keap().output(tagging('apply'), items);
		expect(keap().newCalls().sort()).toEqual([`POST ${V1(1)}`, `POST ${V1(2)}`, V2(e)].sort());
		expect([tagsOf('1'), tagsOf('2'), tagsOf('3')].map((all) => all.filter((tag) => [a, b, c, d, e].includes(tag)))).toEqual([
			[a, b].sort(),
			[c, d].sort(),
			[e],
		]);
	});

	it('finds a lower limit of Keap for the tags of a contact by itself', async () => {
		keap().sandbox.state.tagsOfContactMax = 2;
		const tags = freshTags(5);
		await keap().output(tagging('apply'), [{ tags, contacts: '7' }]);
		expect(tagsOf('7')).toEqual(expect.arrayContaining(tags));
	});

	it('removes in the same two ways', async () => {
		const tags = freshTags(3);
		const { contactTags } = keap().sandbox.state;
		for (const tag of tags) for (const id of ['7', '8']) contactTags.apply(tag, id, '2025-01-06T09:00:00.000Z');
		await keap().output(tagging('remove'), [{ tags, contacts: '7' }]);
		expect(keap().newCalls()).toEqual([`DELETE ${V1(7)}`]);
		expect(keap().sandbox.calls[0]?.query.ids).toBe(tags.join(','));
		expect(tagsOf('7').filter((tag) => tags.includes(tag))).toEqual([]);
		await keap().output(tagging('remove'), [{ tags: tags[0], contacts: '8' }]);
		expect(keap().newCalls()).toEqual([V2(tags[0] ?? '', 'removeTags')]);
		expect(tagsOf('8').filter((tag) => tags.includes(tag))).toEqual(tags.slice(1).sort());
	});

	it('fails the item that names what Keap does not have, and no other; each says what was done', async () => {
		const [a = '', b = ''] = freshTags(2);
		const items = [
			{ tags: [a, '404404', b], contacts: '7' },
			{ tags: [a, '404404', b], contacts: '8, 987654' },
			{ tags: [a], contacts: '9' },
		];
		const output = await keap().output(tagging('apply'), items, { onError: 'continueRegularOutput' });
		expect(errorsOf(output)).toEqual([
			expect.stringMatching(/the tag 404404: /),
			expect.stringMatching(/^Not done: .*tag 404404 for 8, 987654.*/),
			undefined,
		]);
		expect(output[0]?.message).toContain(`Done for ${a}, ${b}.`);
		expect(output[1]?.message).toMatch(/The other 2 of 6 are done/);
		expect(tagsOf('8')).toEqual(expect.arrayContaining([a, b]));
		expect(tagsOf('9')).toContain(a);
	});

	it.each([
		['apply', `POST ${V1(7)}`],
		['remove', `DELETE ${V1(7)}`],
	] as const)('%s: a tag that Keap has not, of a call that Keap refuses as a whole, fails alone', async (operation, call) => {
		const tags = freshTags(2);
		keap().sandbox.fault({ path: /v1\/contacts\/7\/tags/ }, { kind: 'status', status: 404, body: '{"message":"Tag not found"}' });
		const output = await keap().output(tagging(operation), [{ tags: [...tags, '404404'], contacts: '7' }], {
			onError: 'continueRegularOutput',
		});
		expect(errorsOf(output)).toEqual([expect.stringContaining('the tag 404404: Keap has no tag with this ID')]);
		expect(
			keap()
				.newCalls()
				.filter((one) => !one.startsWith('GET')),
		).toEqual([call, call]);
	});

	it('says so where the contact of many tags is not there', async () => {
		const tags = freshTags(2);
		const result = await keap().run(tagging('apply'), [{ tags, contacts: '987654' }]);
		expect(errorText(result)).toContain('Keap has no contact with the ID 987654');
	});

	it('does not repeat a call for one contact whose end nobody knows', async () => {
		const tags = freshTags(5);
		keap().sandbox.fault({ path: /v1\/contacts\/7\/tags/ }, { kind: 'resetAfter' });
		const output = await keap().output(tagging('apply'), [{ tags, contacts: '7' }], { onError: 'continueRegularOutput' });
		expect(keap().newCalls()).toEqual([`POST ${V1(7)}`]);
		expect(errorsOf(output)).toEqual([expect.stringMatching(/connection to Keap broke off/i)]);
	});

	it('is shared by new contacts', async () => {
		const tags = freshTags(3);
		const create = on('contact')('create', { email: '={{ $json.email }}', tagIds: '={{ $json.tags }}' });
		const [one] = await keap().output(create, [{ email: 'many@tags.example', tags }]);
		expect(
			keap()
				.newCalls()
				.filter((call) => !call.startsWith('GET')),
		).toEqual(['POST /crm/rest/v2/contacts', `POST ${V1(String(one?.id))}`]);
		expect(one).toMatchObject({ tag_ids: tags, tag_names: ['T 0', 'T 1', 'T 2'] });
		const output = await keap().output(
			create,
			itemsOf(30, (n) => ({ email: `c${n}@tags.example`, tags })),
		);
		expect(
			keap()
				.newCalls()
				.filter((call) => call.includes('tags/'))
				.sort(),
		).toEqual(tags.map((tag) => V2(tag)).sort());
		expect(output.map(({ tag_ids: ids }) => ids)).toEqual(times(30, tags as never));
	});

	it('is applied by an update, alone or with other fields', async () => {
		const tags = freshTags(2);
		const update = (updateFields: object) =>
			on('contact')('update', { contactId: { __rl: true, mode: 'id', value: '7' }, updateFields: { tagIds: tags, ...updateFields } });
		const [contact] = await keap().output(update({}));
		expect(
			keap()
				.newCalls()
				.filter((call) => !call.startsWith('GET')),
		).toEqual([`POST ${V1(7)}`]);
		expect(contact).toMatchObject({ id: '7', tag_ids: expect.arrayContaining(tags) as string[] });
		await keap().output(update({ jobTitle: 'Baker' }));
		expect(
			keap()
				.newCalls()
				.filter((call) => !call.startsWith('GET')),
		).toEqual(['PATCH /crm/rest/v2/contacts/7', `POST ${V1(7)}`]);
	});
});

describe('tags by name, made where they are missing', () => {
	const keap = keapForEachTest();
	const making = { options: { createMissingTags: true } };
	const named = (name: string) => keap().sandbox.state.tags.rows.filter((tag) => String(tag.name).toLowerCase() === name.toLowerCase());
	const has = (name: string) => [
		...keap()
			.sandbox.state.contactTags.recordsOf(named(name)[0]?.id ?? '')
			.keys(),
	];
	const MADE = 'POST /crm/rest/v2/tags';

	it('are made once, though a thousand items name one in several spellings', async () => {
		const ids = keap().sandbox.state.addContacts(1_000);
		const output = await keap().output(
			tagging('apply', making),
			ids.map((contacts, index) => ({ contacts, tags: index % 2 ? 'Zebra Fans' : ' zebra  FANS' })),
		);
		expect(named('zebra fans').length + named('zebra  fans').length).toBe(1);
		expect(keap().newCalls()).toEqual(
			['GET /crm/rest/v2/tags', 'GET /crm/rest/v2/tags', MADE, expect.stringMatching(/:applyTags$/)].slice(-keap().sandbox.calls.length),
		);
		expect(new Set(output.map(({ tag_id: id }) => id)).size).toBe(1);
	});

	it('are made beside known ones, several in a text or a list', async () => {
		await keap().output(tagging('apply', making), [
			{ contacts: 7, tags: 'Prospect, New One' },
			{ contacts: 8, tags: ['new one', 'Another, with a comma', 501] },
		]);
		expect(has('New One').sort()).toEqual(['7', '8']);
		expect(has('Another, with a comma')).toEqual(['8']);
		expect(
			keap()
				.newCalls()
				.filter((call) => call === MADE),
		).toHaveLength(2);
	});

	it('are an error by default, which lists what is near', async () => {
		const result = await keap().run(tagging('apply'), [{ contacts: 7, tags: 'Prospects' }]);
		expect(errorText(result)).toMatch(/Keap has no tag with the name "Prospects".*Near it is .*"Prospect".*Options > Create Missing Tags/);
		expect(writes(keap())).toEqual([]);
	});

	it('are an error that offers to make them only where the operation can', async () => {
		const result = await keap().run(tagging('remove'), [{ contacts: 7, tags: 'Prospects' }]);
		expect(errorText(result)).toMatch(/Keap has no tag with the name "Prospects".*Near it is .*"Prospect"/);
		expect(errorText(result)).not.toContain('Create Missing Tags');
	});

	it('are no guess where two have the name', async () => {
		const ids = ['Twice', 'twice'].map((name) => keap().sandbox.state.tags.add({ name }).id);
		const result = await keap().run(tagging('apply', making), [{ contacts: 7, tags: ['Brand New', 'TWICE'] }]);
		for (const id of ids) expect(errorText(result)).toContain(id);
		expect(writes(keap())).toEqual([]);
	});

	it('are found by the next run, without a second one being made', async () => {
		await keap().output(tagging('apply', making), [{ contacts: 7, tags: 'Fresh' }]);
		await keap().output(tagging('apply', making), [{ contacts: 8, tags: 'fresh' }]);
		await keap().output(tagging('apply'), [{ contacts: 9, tags: 'Fresh' }]);
		expect(named('Fresh')).toHaveLength(1);
		expect(has('Fresh').sort()).toEqual(['7', '8', '9']);
	});

	it('that another program has made meanwhile are taken', async () => {
		await keap().output(tagging('apply'), [{ contacts: 7, tags: 'Prospect' }]);
		keap().sandbox.fault({ method: 'POST', path: /v2\/tags$/ }, { kind: 'status', status: 400, body: '{"message":"there is such a tag"}' });
		const stop = keap().sandbox.state;
		const run = keap().output(tagging('apply', making), [{ contacts: 8, tags: 'Raced' }]);
		const made = (async () => {
			while (!keap().sandbox.calls.some(({ method, path }) => method === 'POST' && path === '/crm/rest/v2/tags'))
				await new Promise((go) => setTimeout(go, 1));
			stop.tags.add({ name: 'Raced' });
		})();
		await Promise.all([run, made]);
		expect(has('Raced')).toEqual(['8']);
	});

	it('are not made again when nobody knows what became of the call, also by a further try', async () => {
		keap().sandbox.fault({ method: 'POST', path: /v2\/tags$/ }, { kind: 'resetAfter' });
		const result = await keap().run(tagging('apply', making), [{ contacts: 7, tags: 'Doubtful' }], {
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 0,
		});
		expect(errorText(result)).not.toBe('');
		expect(
			keap()
				.newCalls()
				.filter((call) => call === MADE),
		).toHaveLength(1);
	});

	it.each(['create', 'upsert', 'update'])('are made by %s of a contact', async (operation) => {
		const id = { contactId: { __rl: true, mode: 'id', value: '7' }, updateFields: { tagIds: '={{ $json.tags }}' } };
		const parameters = operation === 'update' ? id : { email: 'new@tags.example', tagIds: '={{ $json.tags }}' };
		const [contact] = await keap().output(on('contact')(operation, { ...parameters, ...making } as never), [{ tags: 'Made, Prospect' }]);
		expect(contact?.tag_names).toEqual(expect.arrayContaining(['Made', 'Prospect']));
		expect(has('Made')).toEqual([String(contact?.id)]);
	});
});
