import type { IDataObject } from 'n8n-workflow';

import { startToolAgents, type ToolAgents } from '../support/toolAgents';
import { byId, errorText, keapForEachTest, on } from './helpers';

const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const apply = (tagIds: unknown, contactIds = '1'): IDataObject => on('tag')('apply', { tagIds, contactIds } as never) as IDataObject;

describe('records by their names', () => {
	const keap = keapForEachTest();
	const tag = (name: string): string => keap().sandbox.state.tags.add({ name }).id;
	const taggedWith = (id: string): string[] => [...keap().sandbox.state.contactTags.recordsOf(id).keys()];
	const run = async (parameters: IDataObject, items?: IDataObject[]) => await keap().run(parameters as never, items);

	it.each([
		['by the mode', byName('Zebra Fans')],
		['by a bare value', 'Zebra Fans'],
		['in the mode By ID, as an agent fills it in', byId("={{ 'Zebra Fans' }}")],
		['in another case, with spaces around', byName('  zebra FANS ')],
	])('are found %s', async (_how, value) => {
		const id = tag('Zebra Fans');
		expect((await run(apply(value))).error).toBeUndefined();
		expect(taggedWith(id)).toEqual(['1']);
	});

	it('are looked up once for all items, and not again within a minute', async () => {
		tag('Zebra Fans');
		tag('Okapi Fans');
		keap().newCalls();
		const items = ['Zebra Fans', 'Okapi Fans', 'zebra fans'].map((name) => ({ name }));
		expect((await run(apply('={{ $json.name }}'), items)).error).toBeUndefined();
		await run(apply(byName('Okapi Fans')));
		expect(
			keap()
				.newCalls()
				.filter((call) => call === 'GET /crm/rest/v2/tags'),
		).toHaveLength(1);
	});

	it('are found although they were made within the minute for which the list is kept', async () => {
		tag('Old');
		await run(apply(byName('Old')));
		const id = tag('Brand New');
		expect((await run(apply(byName('Brand New')))).error).toBeUndefined();
		expect(taggedWith(id)).toEqual(['1']);
	});

	it('are taken for names where that is chosen, also if they look like an ID', async () => {
		const id = tag('2024');
		await run(apply(byName('2024')));
		expect(taggedWith(id)).toEqual(['1']);
	});

	it('that nobody has are an error that lists what is near', async () => {
		tag('Zebra Fans 2026');
		const result = await run(apply(byName('Zebra Fan 2026')));
		expect(errorText(result)).toMatch(/Keap has no tag with the name "Zebra Fan 2026".*Near it.* "Zebra Fans 2026"/s);
		expect(
			keap()
				.newCalls()
				.filter((call) => call.startsWith('POST')),
		).toEqual([]);
	});

	it('that two have are an error with the ID of each', async () => {
		const [one, two] = [tag('Twice'), tag('twice')];
		const result = await run(apply(byName('TWICE')));
		expect(errorText(result)).toMatch(
			new RegExp(`2 tags with the name "TWICE": .*${one}.*${two}|2 tags with the name "TWICE": .*${two}.*${one}`, 's'),
		);
	});

	it('cost the other items nothing where one is not there', async () => {
		const id = tag('Zebra Fans');
		const items = [{ name: 'Nobody has this' }, { name: 'Zebra Fans' }];
		const result = await keap().run(apply('={{ $json.name }}') as never, items, { onError: 'continueRegularOutput' });
		expect(result.error).toBeUndefined();
		expect(taggedWith(id)).toEqual(['1']);
	});

	it('serve products, which are searched for in Keap: the whole name alone is meant, and a miss lists what is near', async () => {
		const products = keap().sandbox.state.collection('/crm/rest/v2/products');
		const { id } = products.add({ name: 'Zebra Cake' });
		products.add({ name: 'Zebra Cake, Large' });
		const get = (value: unknown) => on('product')('get', { productId: value } as never) as IDataObject;
		const found = await run(get(byName('zebra cake')));
		expect(errorText(found)).toBe('');
		expect(found.items('Keap')).toMatchObject([{ id, name: 'Zebra Cake' }]);
		expect(errorText(await run(get('Zebra Cakes')))).toMatch(/no product with the name "Zebra Cakes".*Near it.*"Zebra Cake"/s);
	});

	it('serve users, by full name or address, and stages', async () => {
		const user = keap().sandbox.state.collection('/crm/rest/v2/users').rows[0] as unknown as IDataObject;
		const name = `${String(user.given_name)} ${String(user.family_name)}`;
		const task = on('task')('create', { title: 'By name', assignedToUserId: name } as never);
		const [made = {}] = await keap().output(task);
		expect(String(made.assigned_to_user_id)).toBe(String(user.id));
	});
});

describe('an agent that names records as a person would', () => {
	let agents: ToolAgents;
	beforeAll(async () => {
		agents = await startToolAgents(['Keap']);
	});
	afterAll(async () => await agents.close());

	it('tags a contact by its address with a tag by its name', async () => {
		const parameters = on('tag')('apply', {
			tagIds: "={{ $fromAI('tag', 'Tag', 'string') }}",
			contactIds: "={{ $fromAI('contacts', 'Contacts', 'string') }}",
		});
		const { id } = agents.sandbox.state.tags.add({ name: 'Zebra Fans' });
		await agents.read('agentV2', 'Keap', parameters, { tag: 'Zebra Fans', contacts: 'ada@adams.example' });
		expect([...agents.sandbox.state.contactTags.recordsOf(id).keys()]).toEqual(['1']);
		const [text] = await agents.read('agentV2', 'Keap', parameters, { tag: 'Zerba Fans', contacts: 'ada@adams.example' });
		expect(text).toMatch(/Keap has no tag with the name .*Zerba Fans.* Near it is .*Zebra Fans/);
	});
});
