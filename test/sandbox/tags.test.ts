import { startSandbox } from './';
import { call, filter } from './client';
import type { Sandbox } from './types';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ limits: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity } });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const tagging = async (verb: 'applyTags' | 'removeTags', ids: string[]) =>
	await call(sandbox, 'POST', `/tags/503/contacts:${verb}`, { body: { contact_ids: ids } });
const tagged = () => [...sandbox.state.contactTags.recordsOf('503').keys()];

describe('apply', () => {
	test('reports each contact; an unknown one does not fail the rest', async () => {
		await tagging('applyTags', ['2']);
		expect(await tagging('applyTags', ['1', '2', '99999'])).toMatchObject({
			status: 200,
			body: { results: { 1: 'SUCCESS', 2: 'DUPLICATE', 99999: 'CONTACT_NOT_FOUND' } },
		});
		expect(tagged()).toEqual(['2', '1']);
	});

	test('when set so, it refuses the whole call for an unknown contact and names it', async () => {
		sandbox.state.applyTagsRejectsUnknown = true;
		expect(await tagging('applyTags', ['1', '99999'])).toMatchObject({
			status: 400,
			body: { details: [{ domain: 'contact', resource: '99999' }] },
		});
		expect(tagged()).toEqual([]);
	});

	test('takes as many contacts as the account says', async () => {
		sandbox.state.applyTagsMax = 2;
		expect((await tagging('applyTags', ['1', '2', '3'])).status).toBe(400);
		expect((await tagging('applyTags', ['1', '2'])).status).toBe(200);
	});
});

test('remove is all or nothing: one unknown contact is a 404 that names it', async () => {
	await tagging('applyTags', ['1', '2']);
	expect(await tagging('removeTags', ['1', '99999'])).toMatchObject({ status: 404, body: { details: [{ resource: '99999' }] } });
	expect(tagged()).toEqual(['1', '2']);
	expect(await tagging('removeTags', ['1', '5'])).toMatchObject({ status: 204, text: '' });
	expect(tagged()).toEqual(['2']);
});

test('the contacts of a tag come in the order they got it, and can be filtered and ordered', async () => {
	await tagging('applyTags', ['7', '1', '3']);
	const emails = async (query?: string) =>
		((await call(sandbox, 'GET', '/tags/503/contacts', { query })).body as { contacts: Array<{ email?: string }> }).contacts.map(
			({ email }) => email,
		);
	expect(await emails()).toEqual(['contact7@people.example', 'ada@adams.example', undefined]);
	expect(await emails('order_by=given_name%20desc')).toEqual(['contact7@people.example', undefined, 'ada@adams.example']);
	expect(await emails(filter('email==NONE'))).toEqual([undefined]);
	expect(await emails(filter('since_applied_time==2099-01-01T00:00:00.000Z'))).toEqual([]);
	await tagging('removeTags', ['7']);
	expect(await emails()).toEqual(['ada@adams.example', undefined]);
});

test('the tags of a contact carry the time they were applied', async () => {
	expect((await call(sandbox, 'GET', '/contacts/2/tags', { query: filter('category_id==71') })).body).toMatchObject({
		tags: [{ tag: { id: '501', category: { id: '71' } }, applied_time: expect.stringMatching(/Z$/) }, { tag: { id: '502' } }],
	});
	expect((await call(sandbox, 'GET', '/contacts/99999/tags')).status).toBe(404);
});

test('companies take tags one by one', async () => {
	expect((await call(sandbox, 'POST', '/companies/3002/tags/503')).status).toBe(204);
	expect((await call(sandbox, 'GET', '/tags/503/companies')).body).toMatchObject({ tagged_companies: [{ company: { id: '3002' } }] });
	expect((await call(sandbox, 'GET', '/companies/3002/tags')).body).toMatchObject({ tags: [{ tag: { id: '503' } }] });
	expect((await call(sandbox, 'DELETE', '/companies/3002/tags/503')).status).toBe(204);
	expect((await call(sandbox, 'GET', '/tags/503/companies')).body).toEqual({ tagged_companies: [], next_page_token: '' });
});

test('a tag is created, found, changed and deleted', async () => {
	const created = await call(sandbox, 'POST', '/tags', { body: { name: 'New', category: { id: '74' } } });
	expect(created).toMatchObject({ status: 201, body: { id: '509', name: 'New', category: { id: '74' } } });
	expect((await call(sandbox, 'GET', '/tags', { query: filter('name==new;category_id==74') })).body).toMatchObject({
		tags: [{ id: '509' }],
	});
	expect((await call(sandbox, 'PATCH', '/tags/509', { body: { name: 'x' }, query: 'update_mask=description' })).body).toMatchObject({
		name: 'New',
	});
	expect((await call(sandbox, 'PATCH', '/tags/509', { body: {}, query: 'update_mask=category' })).body).not.toHaveProperty('category');
	expect((await call(sandbox, 'GET', '/tags', { query: filter('category_id==NONE') })).body).toMatchObject({ tags: [{ id: '509' }] });
	await call(sandbox, 'POST', '/tags/509/contacts:applyTags', { body: { contact_ids: ['1'] } });
	expect((await call(sandbox, 'DELETE', '/tags/509')).status).toBe(204);
	expect((await call(sandbox, 'GET', '/tags/509')).status).toBe(404);
	expect([...sandbox.state.contactTags.tagsOf('1').keys()]).toEqual(['501']);
});

test('the tags of a deleted category stay without one', async () => {
	expect((await call(sandbox, 'DELETE', '/tags/categories/72')).status).toBe(204);
	expect((await call(sandbox, 'GET', '/tags/503')).body).not.toHaveProperty('category');
});

test('the token of the next page of tags, and of the contacts of one, is that page’s whole address', async () => {
	for (const path of ['/tags', '/tags/501/contacts']) {
		const { body } = await call(sandbox, 'GET', path, { query: 'page_size=1' });
		const { next_page_token: address } = body as { next_page_token: string };
		expect(address).toMatch(`${sandbox.url}/crm/rest/v2${path}/?page_size=1&page_token=`);
		const token = new URL(address).searchParams.get('page_token') ?? '';
		expect((await call(sandbox, 'GET', path, { query: `page_size=1&page_token=${token}` })).status).toBe(200);
		expect((await call(sandbox, 'GET', path, { query: `page_token=${encodeURIComponent(address)}` })).status).toBe(400);
	}
});
