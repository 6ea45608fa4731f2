import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId, keapForEachTest, on, times, writes } from './helpers';

const CONTACTS = '/crm/rest/v2/contacts';
const NAMES = ['GET /crm/rest/v2/contacts/model', 'GET /crm/rest/v2/tags', 'GET /crm/rest/v2/users'];

describe('a simplified record', () => {
	const keap = keapForEachTest();
	const keysOf = (record: IDataObject | undefined): string[] => Object.keys(record ?? {});
	const contact = on('contact');

	it('of a contact has the same keys in the same order from Get, Get Many, Create, Create or Update and Update', async () => {
		const [got] = await keap().output(contact('get', { contactId: byId(1) }));
		const [listed] = await keap().output(contact('getAll', { limit: 1 }));
		const [created] = await keap().output(contact('create', { email: 'new@x.example' }));
		const [upserted] = await keap().output(contact('upsert', { email: 'other@x.example' }));
		const [found] = await keap().output(contact('upsert', { email: 'ada@adams.example', givenName: 'Ada' }));
		const [updated] = await keap().output(contact('update', { contactId: byId(1), updateFields: { jobTitle: 'Baker' } }));
		for (const one of [listed, created, upserted, found, updated]) expect(keysOf(one)).toEqual(keysOf(got));
		expect(got).toEqual(listed);
		expect(updated).toEqual({ ...got, job_title: 'Baker', update_time: updated?.update_time });
		expect(created).toMatchObject({
			email: 'new@x.example',
			given_name: null,
			tag_ids: [],
			tag_names: [],
			owner_name: null,
			custom_fields: {},
		});
	});

	it.each<[string, INodeParameters, INodeParameters]>([
		['company', { companyName: 'Mill' }, { companyName: 'Mill' }],
		['note', { contactId: byId(1), title: 'Call', userId: byId(9001) }, { title: 'Call back' }],
	])('of a %s has the same keys from Create, Get and Update', async (resource, given, updateFields) => {
		const [created] = await keap().output(on(resource)('create', given));
		const one = { ...(resource === 'note' && { contactId: byId(1) }), [`${resource}Id`]: byId(String(created?.id)) };
		const [got] = await keap().output(on(resource)('get', one));
		const [updated] = await keap().output(on(resource)('update', { ...one, ...given, updateFields }));
		expect(keysOf(got)).toEqual(keysOf(created));
		expect(keysOf(updated)).toEqual(keysOf(created));
		expect(Object.values(created ?? {})).not.toContain(undefined);
	});

	it('names the tags that were applied after the contact was made', async () => {
		const [made] = await keap().output(contact('create', { email: 'new@x.example', tagIds: ['501', '502'] }));
		expect(made).toMatchObject({ tag_ids: ['501', '502'], tag_names: ['Newsletter: weekly', 'Newsletter: monthly'] });
	});

	it('costs a call for each kind of name in a run, and none where there is nobody to name', async () => {
		keap().sandbox.state.addContacts(500);
		await keap().output(contact('getAll', { returnAll: true }));
		expect(keap().newCalls().sort()).toEqual([`GET ${CONTACTS}`, ...NAMES]);
		await keap().output(contact('getAll', { returnAll: true, output: 'raw' }));
		expect(keap().newCalls()).toEqual([`GET ${CONTACTS}`]);
		const bare = keap().sandbox.state.contacts.add({ email_addresses: [{ email: 'bare@x.example', field: 'EMAIL1' }] }).id;
		await keap().output(contact('get', { contactId: byId(bare) }));
		expect(keap().newCalls()).toEqual([`GET ${CONTACTS}/${bare}`]);
	});

	it('names a user who has left, and is there where names cannot be read', async () => {
		const { state } = keap().sandbox;
		state.users.add({ id: '9009', given_name: 'Lou', family_name: 'Left', status: 'Inactive' });
		const { id } = state.contacts.add({ given_name: 'Sam', owner_id: '9009' });
		expect(await keap().output(contact('get', { contactId: byId(id) }))).toMatchObject([{ owner_id: '9009', owner_name: 'Lou Left' }]);
	});

	it('is there where its names cannot be read', async () => {
		for (const path of ['/crm/rest/v2/tags', '/crm/rest/v2/users'])
			keap().sandbox.fault({ method: 'GET', path, times: Infinity }, { kind: 'status', status: 403 });
		const [ada] = await keap().output(contact('get', { contactId: byId(1) }));
		expect(ada).toMatchObject({ id: '1', tag_ids: ['501'], tag_names: [null], owner_id: '9001', owner_name: null });
		expect(
			keap()
				.newCalls()
				.filter((call) => call === 'GET /crm/rest/v2/tags'),
		).toEqual(times(1, 'GET /crm/rest/v2/tags'));
	});

	it('of a contact that was made fails nothing where labels cannot be read: who runs it again would make it twice', async () => {
		keap().sandbox.fault({ method: 'GET', path: `${CONTACTS}/model`, times: Infinity }, { kind: 'status', status: 500 });
		const [made] = await keap().output(contact('update', { contactId: byId(1), updateFields: { jobTitle: 'Baker' } }));
		expect(made).toMatchObject({ id: '1', job_title: 'Baker', custom_fields: { 7: 'Countess' } });
		expect(writes(keap())).toHaveLength(1);
	});
});
