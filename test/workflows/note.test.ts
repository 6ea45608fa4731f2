import type { INodeParameters } from 'n8n-workflow';

import { byId, errorsOf, itemsOf, keapForEachTest, on, onlyBody, times, writes } from './helpers';

const note = on('note');
const ALL = '/crm/rest/v2/notes';
const ofContact = (id: number | string) => `/crm/rest/v2/contacts/${id}/notes`;
const custom = (value: INodeParameters): INodeParameters => ({
	setCustomFields: true,
	customFields: { mappingMode: 'defineBelow', value },
});

describe('note', () => {
	const keap = keapForEachTest();
	const store = () => keap().sandbox.state.collection(ALL);
	const addNotes = (count: number, contact: string, more = {}) =>
		Array.from(
			{ length: count },
			(_unused, index) =>
				store().add({
					contact_id: contact,
					user_id: '9001',
					title: `Note ${index}`,
					text: 'x',
					create_time: '2025-02-01T00:00:00.000Z',
					update_time: '2025-02-01T00:00:00.000Z',
					...more,
				}).id,
		);

	it("belongs to the key's own user where none is chosen, who is asked for once", async () => {
		await keap().output(
			note('create', { contactId: byId(1), title: '={{ $json.title }}' }),
			itemsOf(5, (n) => ({ title: `Note ${n}` })),
		);
		expect(keap().newCalls()).toEqual(['GET /crm/rest/v2/oauth/connect/userinfo', ...times(5, `POST ${ofContact(1)}`)]);
		expect(writes(keap()).map(({ body }) => (body as { user_id: string }).user_id)).toEqual(times(5, '9001'));
	});

	it('is added to a contact, with custom fields by label, and read flat', async () => {
		const [made] = await keap().output(
			note('create', {
				contactId: byId(1),
				userId: byId(9002),
				title: 'Call',
				text: 'Wants rye',
				...custom({ Room: '12' }),
				additionalFields: { isPinned: true, type: 'Call' },
			}),
		);
		expect(onlyBody(keap())).toEqual({
			user_id: '9002',
			title: 'Call',
			text: 'Wants rye',
			is_pinned: true,
			type: 'Call',
			custom_fields: [{ id: '41', content: '12' }],
		});
		expect(made).toMatchObject({ id: '4001', contact_id: '1', custom_fields: { Room: '12' } });
		const [flat] = await keap().output(note('get', { contactId: byId(1), noteId: byId(4001), output: 'simplified' }));
		expect(flat).toMatchObject({
			id: '4001',
			title: 'Call',
			type: 'Call',
			user_id: '9002',
			user_name: 'Marc Vidal',
			custom_fields: { Room: '12' },
		});
	});

	it.each<[string, INodeParameters, RegExp]>([['neither title nor type', { userId: byId(9001) }, /needs a title or a type/]])(
		'refuses %s before a call is spent',
		async (_what, parameters, message) => {
			await expect(keap().output(note('create', { contactId: byId(1), ...parameters }))).rejects.toThrow(message);
			expect(keap().newCalls()).toEqual([]);
		},
	);

	it('is read 100 in a call; a note of another contact is not found', async () => {
		const ids = addNotes(150, '1');
		const [foreign = ''] = addNotes(1, '2');
		const get = note('get', { contactId: byId(1), noteId: byId('={{ $json.id }}'), output: 'raw' });
		const output = await keap().output(
			get,
			[...ids, foreign, '77'].map((id) => ({ id })),
			{ onError: 'continueRegularOutput' },
		);
		expect(keap().newCalls()).toEqual([...times(2, `GET ${ALL}`), 'GET /crm/rest/v2/contacts/1/notes/77']);
		expect(output.slice(0, 150).map(({ id }) => id)).toEqual(ids);
		expect(errorsOf(output.slice(150))).toEqual([`Keap has no note with the ID ${foreign}`, 'Keap has no note with the ID 77']);
	});

	it('is listed for a contact and for all, filtered and in order', async () => {
		addNotes(3, '1');
		addNotes(2, '2', { user_id: '9002', title: 'Follow up' });
		const titles = async (operation: string, parameters: INodeParameters) =>
			(await keap().output(note(operation, { returnAll: true, output: 'simplified', ...parameters }))).map(
				({ contact_id: contact, title }) => `${String(contact)} ${String(title)}`,
			);
		expect(await titles('getForContact', { contactId: byId(1), options: { orderBy: 'id desc' } })).toEqual([
			'1 Note 2',
			'1 Note 1',
			'1 Note 0',
		]);
		expect(await titles('getAll', { filters: { userId: byId(9002), title: 'Follow*' } })).toEqual(['2 Follow up', '2 Follow up']);
		expect(await titles('getAll', { filters: { contactId: byId(1), since: '2025-01-01', until: '2025-03-01T00:00:00Z' } })).toHaveLength(3);
		expect(keap().newCalls()).toEqual([`GET ${ofContact(1)}`, `GET ${ALL}`, `GET ${ALL}`]);
	});

	it('is updated in what is given only: other custom fields stay, named ones are cleared', async () => {
		const [id = ''] = addNotes(1, '1', {
			type: 'Call',
			custom_fields: [
				{ id: '41', content: '7' },
				{ id: '42', content: true },
			],
		});
		await keap().output(
			note('update', {
				contactId: byId(1),
				noteId: byId(id),
				userId: byId(9003),
				...custom({ Room: '8' }),
				updateFields: { title: 'New', fieldsToClear: ['text'] },
			}),
		);
		expect(writes(keap())[0]).toMatchObject({
			path: `${ofContact(1)}/${id}`,
			body: {
				user_id: '9003',
				title: 'New',
				custom_fields: [
					{ id: '42', content: true },
					{ id: '41', content: '8' },
				],
			},
		});
		expect(writes(keap())[0]?.query.update_mask?.split(',').sort()).toEqual(['custom_fields', 'text', 'title', 'user_id']);
		expect(store().get(id)).toMatchObject({ title: 'New', type: 'Call', user_id: '9003' });
		expect(store().get(id)).not.toHaveProperty('text');
	});

	it('reads up to 100 notes at once before it writes their custom fields', async () => {
		const ids = addNotes(120, '1', { custom_fields: [{ id: '42', content: true }] });
		await keap().output(
			note('update', { contactId: byId(1), noteId: byId('={{ $json.id }}'), userId: byId(9001), ...custom({ Room: '1' }) }),
			ids.map((id) => ({ id })),
		);
		expect(
			keap()
				.newCalls()
				.filter((call) => call === `GET ${ALL}`),
		).toHaveLength(2);
		expect(ids.map((id) => (store().get(id)?.custom_fields as unknown[]).length)).toEqual(ids.map(() => 2));
	});

	it('moves to another contact, and is deleted there', async () => {
		const [id = ''] = addNotes(1, '1');
		await keap().output(
			note('update', { contactId: byId(1), noteId: byId(id), userId: byId(9001), updateFields: { newContactId: byId(2) } }),
		);
		expect(await keap().output(note('delete', { contactId: byId(2), noteId: byId(id) }))).toEqual([{ deleted: true }]);
		expect(store().size).toBe(0);
	});

	it('lists templates, with Limit', async () => {
		const templates = keap().sandbox.state.collection(`${ALL}/templates`);
		for (const { title } of itemsOf(5, (index) => ({ title: `T${index}` }))) templates.add({ title });
		expect((await keap().output(note('getTemplates', { returnAll: false, limit: 3 }))).map(({ title }) => title)).toEqual([
			'T0',
			'T1',
			'T2',
		]);
	});

	it('is found in the list by the chosen contact and the beginning of its title', async () => {
		addNotes(2, '1');
		addNotes(1, '2', { title: 'Note of Ben' });
		const search = async (parameters: INodeParameters, typed?: string) =>
			(await keap().engine.listSearch({ parameters }, 'searchNotes', typed)).results.map(({ name }) => name);
		expect(await search({ contactId: byId(1) })).toEqual(['Note 0 (2025-02-01)', 'Note 1 (2025-02-01)']);
		expect(await search({ contactId: byId(2) }, 'Note')).toEqual(['Note of Ben (2025-02-01)']);
		expect(await search({ contactId: byId('={{ $json.id }}') }, 'Note of')).toEqual(['Note of Ben (2025-02-01)']);
	});
});
