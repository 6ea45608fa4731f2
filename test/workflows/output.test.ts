import type { INodeParameters } from 'n8n-workflow';
import { byId, errorsOf, errorText, keapForEachTest, on, writes } from './helpers';

const CONTACTS = '/crm/rest/v2/contacts';
const MODEL = `GET ${CONTACTS}/model`;

describe('Output > Selected Fields', () => {
	const keap = keapForEachTest();
	const contact = on('contact');
	const selected = (operation: string, outputFields: INodeParameters[string], more: INodeParameters = {}): INodeParameters =>
		contact(operation, { output: 'selectedFields', outputFields, ...more });
	const asked = () => keap().sandbox.calls.at(-1)?.query.fields;

	it('gives the ID and the chosen fields in the order of the record, and asks Keap for no others', async () => {
		expect(await keap().output(selected('get', ['email', 'given_name'], { contactId: byId(1) }))).toEqual([
			{ id: '1', given_name: 'Ada', email: 'ada@adams.example' },
		]);
		expect(keap().newCalls()).toEqual([`GET ${CONTACTS}/1`]);
		expect(asked()?.split(',').sort()).toEqual(['email_addresses', 'given_name', 'id']);
	});

	it('costs no call for names and labels that nobody has chosen', async () => {
		expect(await keap().output(selected('get', ['tag_ids', 'owner_id'], { contactId: byId(1) }))).toEqual([
			{ id: '1', tag_ids: ['501'], owner_id: '9001' },
		]);
		expect(keap().newCalls()).toEqual([`GET ${CONTACTS}/1`]);
	});

	it('takes names as people write them, with commas or as JSON, as an expression or an agent gives them', async () => {
		const fields = [{ wanted: 'Email, given name' }, { wanted: '["email","givenName"]' }];
		const output = await keap().output(selected('getAll', '={{ $json.wanted }}', { limit: 1 }), fields);
		expect(output.map((one) => Object.keys(one))).toEqual([
			['id', 'given_name', 'email'],
			['id', 'given_name', 'email'],
		]);
	});

	it('lets many items share calls, also where they want different fields', async () => {
		const items = [1, 2, 3, 4].map((id) => ({ id, wanted: id % 2 === 0 ? 'email' : 'given_name' }));
		const output = await keap().output(selected('get', '={{ $json.wanted }}', { contactId: byId('={{ $json.id }}') }), items);
		expect(output.map((one) => Object.keys(one).join())).toEqual(['id,given_name', 'id,email', 'id,given_name', 'id,email']);
		expect(keap().newCalls()).toEqual([`GET ${CONTACTS}`, `GET ${CONTACTS}`]);
	});

	it.each([['Nickname'], ['custom_fields.7'], ['custom_fields.nickname']])('gives a custom field by label or ID: %s', async (name) => {
		const get = selected('get', [name], { contactId: byId('={{ $json.id }}') });
		expect(await keap().output(get, [{ id: 1 }, { id: 2 }])).toEqual([
			{ id: '1', custom_fields: { Nickname: 'Countess' } },
			{ id: '2', custom_fields: { Nickname: null } },
		]);
		expect(keap().newCalls()).toEqual([MODEL, `GET ${CONTACTS}`]);
		expect(asked()?.split(',').sort()).toEqual(['custom_fields', 'id']);
	});

	it('gives all custom fields by the name of them all', async () => {
		expect(await keap().output(selected('get', ['custom_fields'], { contactId: byId(1) }))).toEqual([
			{ id: '1', custom_fields: { 'Favourite bread': 'Sourdough', Interests: ['Baking', 'Events'], Nickname: 'Countess' } },
		]);
	});

	it('refuses a field that there is not, with those near it, before anything is sent for it', async () => {
		const { run } = keap();
		expect(errorText(await run(selected('update', ['emial'], { contactId: byId(1), updateFields: { jobTitle: 'Baker' } })))).toMatch(
			/Field Names or IDs has no field "emial".*Near it is email\./,
		);
		expect(keap().newCalls()).toEqual([MODEL]);
		expect(errorText(await run(selected('get', [], { contactId: byId(1) })))).toMatch(
			/Field Names or IDs is empty.*Choose at least one field/,
		);
		const task = on('task')('getAll', { output: 'selectedFields', outputFields: 'titel', limit: 1 });
		expect(errorText(await run(task))).toMatch(/Near it is title\./);
		expect(keap().newCalls()).toEqual(['GET /crm/rest/v2/tasks/model']);
	});

	it('fails only the items whose fields there are not', async () => {
		const get = selected('get', '={{ $json.wanted }}', { contactId: byId(1) });
		const result = await keap().run(get, [{ wanted: 'email' }, { wanted: 'nonsense' }], { onError: 'continueRegularOutput' });
		expect(errorsOf(result.items('Keap'))).toEqual([undefined, expect.stringContaining('Field Names or IDs has no field "nonsense"')]);
	});

	it('holds for writes, and for the tags that follow them', async () => {
		const made = selected('create', ['email', 'tag_names'], { email: 'new@x.example', tagIds: ['501', '502'] });
		expect(await keap().output(made)).toEqual([
			{ id: expect.any(String) as string, email: 'new@x.example', tag_names: ['Newsletter: weekly', 'Newsletter: monthly'] },
		]);
		expect(writes(keap())[0]?.query.fields?.split(',').sort()).toEqual(['email_addresses', 'id', 'tag_ids']);
		const kept = selected('upsert', ['tag_names'], { email: 'new@x.example', tagIds: ['503'] });
		expect(await keap().output(kept)).toEqual([
			{ id: expect.any(String) as string, tag_names: ['Newsletter: weekly', 'Newsletter: monthly', 'Prospect'] },
		]);
		const bare = selected('create', ['email'], { email: 'bare@x.example', tagIds: ['501'] });
		expect(await keap().output(bare)).toEqual([{ id: expect.any(String) as string, email: 'bare@x.example' }]);
	});

	it('holds for a search, which puts the best first all the same', async () => {
		const { state } = keap().sandbox;
		state.contacts.add({ given_name: 'Adamina', family_name: 'Nobody', job_title: 'Miller' });
		const [best] = await keap().output(selected('search', ['job_title'], { searchText: 'Ada Adams' }));
		expect(best).toEqual({ id: '1', job_title: 'Engineer' });
	});

	it('offers the fields of the chosen operation in the editor, with the custom ones by label', async () => {
		const options = await keap().engine.loadOptions({ parameters: contact('get', { output: 'selectedFields' }) }, 'getOutputFields');
		expect(options).toEqual(
			expect.arrayContaining([
				{ name: 'Owner ID', value: 'owner_id' },
				{ name: 'Custom Fields (All)', value: 'custom_fields' },
				{ name: 'Custom Field: Nickname', value: 'custom_fields.7' },
			]),
		);
		expect(keap().newCalls()).toEqual([MODEL]);
		expect(options.map(({ value }) => value)).not.toContain('title');
	});
});

describe('custom fields by the names that Keap keeps', () => {
	const keap = keapForEachTest();
	const contact = on('contact');
	const byName = (operation: string, more: INodeParameters = {}): INodeParameters => contact(operation, { output: 'fieldNames', ...more });
	it('stand in a simplified record that is otherwise the same, whatever a label is changed to', async () => {
		const names = { Favouritebread: 'Sourdough', Interests: ['Baking', 'Events'], Nickname: 'Countess' };
		for (const field of keap().sandbox.state.contactCustomFields.rows) field.label = `${String(field.label)}, changed`;
		const [labelled] = await keap().output(contact('get', { contactId: byId(1) }));
		expect(Object.keys(labelled?.custom_fields ?? {})).toContain('Nickname, changed');
		const [named] = await keap().output(byName('get', { contactId: byId(1) }));
		expect(named).toEqual({ ...labelled, custom_fields: names });
		expect(Object.keys(named ?? {})).toEqual(Object.keys(labelled ?? {}));
	});

	it('cost one call however many records there are', async () => {
		const output = await keap().output(byName('getAll', { returnAll: true }));
		expect(output.find(({ id }) => id === '1')?.custom_fields).toHaveProperty('Favouritebread');
		expect(
			keap()
				.newCalls()
				.filter((call) => call === MODEL),
		).toHaveLength(1);
	});

	it('stand in what a write gives out', async () => {
		const written = { setCustomFields: true, customFields: { mappingMode: 'defineBelow', value: { Favouritebread: 'Rye' } } };
		const [made] = await keap().output(byName('create', { email: 'names@keap.example', ...written } as never));
		expect(made?.custom_fields).toEqual({ Favouritebread: 'Rye' });
	});

	it('are selected by them', async () => {
		const parameters = contact('get', { contactId: byId(1), output: 'selectedFields', outputFields: ['favouritebread'] });
		expect(await keap().output(parameters)).toEqual([{ id: '1', custom_fields: { Favouritebread: 'Sourdough' } }]);
	});

	it('are taken from the columns of an item', async () => {
		const auto = { setCustomFields: true, customFields: { mappingMode: 'autoMapInputData', value: null } };
		const update = byName('update', { contactId: byId(2), updateFields: {}, ...auto } as never);
		const [changed] = await keap().output(update, [{ Favouritebread: 'Rye', other: 1 }]);
		expect(changed?.custom_fields).toMatchObject({ Favouritebread: 'Rye' });
	});
});
