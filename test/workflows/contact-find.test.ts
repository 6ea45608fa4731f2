import type { IDataObject } from 'n8n-workflow';

import { contactFilters } from '../../nodes/shared/records/people/search/contactFilters';
import { byId, keapForEachTest, on } from './helpers';

const contact = on('contact');

describe('Contact > Search', () => {
	const keap = keapForEachTest();
	const add = (given: string, family: string, email: string, phone?: string): string =>
		keap().sandbox.state.contacts.add({
			given_name: given,
			family_name: family,
			email_addresses: [{ email, field: 'EMAIL1' }],
			phone_numbers: phone === undefined ? [] : [{ number: phone, field: 'PHONE2' }],
		}).id;
	const emails = async (searchText: string, more: IDataObject = {}): Promise<unknown[]> =>
		(await keap().output(contact('search', { searchText, ...more }))).map(({ email }) => email);
	const asked = (): string[] =>
		keap()
			.newCalls()
			.filter((call) => call.endsWith('/contacts'));

	beforeEach(() => {
		add('Mary Jane', 'Watson', 'mj@find.example', '+1 555 0100200');
		add('Ada', 'van Dyke', 'ada@find.example');
		add('Watson', 'Mary', 'wm@find.example');
		add('Adalbert', 'Zzyx', 'ada@find.example.org');
		add('Anna Lena', 'Quill', 'anna@find.example');
	});

	it.each([
		['a name', 'Ada van Dyke', 'ada@find.example', 1],
		['a name in the other case', 'mary jane WATSON', 'mj@find.example', 1],
		['a name with the last name first', 'Zzyx Adalbert', 'ada@find.example.org', 2],
		['a name of three words with the last name first', 'Quill Anna Lena', 'anna@find.example', 3],
		['a last name of two words first', 'van Dyke Ada', 'ada@find.example', 1],
		['a name as in a register', 'Zzyx, Adalbert', 'ada@find.example.org', 1],
		['a first name', 'Adalbert', 'ada@find.example.org', 1],
		['a last name', 'Zzyx', 'ada@find.example.org', 2],
		['an address', 'ada@find.example', 'ada@find.example', 1],
		['an address with a name before it', 'Ada <ada@find.example>', 'ada@find.example', 1],
		['the beginning of an address', 'mj', 'mj@find.example', 3],
		['a phone number as it stands there', '+1 555 0100200', 'mj@find.example', 1],
		['an ID', '1', 'ada@adams.example', 1],
	])('finds one contact by %s: %s', async (_what, text, email, calls) => {
		keap().newCalls();
		expect((await emails(text))[0]).toBe(email);
		expect(asked()).toHaveLength(calls);
	});

	it('gives the one with exactly this address before those whose address begins so', async () => {
		add('Zoe', 'Exact', 'longer@find.example.org');
		add('Zoe', 'Exact', 'longer@find.example');
		expect(await emails('longer@find.example')).toEqual(['longer@find.example', 'longer@find.example.org']);
		expect(await emails('Zoe Exact <longer@find.example>')).toEqual(['longer@find.example', 'longer@find.example.org']);
	});

	it('takes one word for a first name, and for a last name too where that is nobody exactly', async () => {
		add('Watsonia', 'Rose', 'rose@find.example');
		add('Rose', 'Watson', 'rw@find.example');
		expect(await emails('Rose')).toEqual(['rw@find.example']);
		expect(await emails('Watsoni')).toEqual(['rose@find.example']);
		expect(await emails('Quil')).toEqual(['anna@find.example']);
		keap().newCalls();
		const found = await emails('ada');
		expect(found[0]).toBe('ada@adams.example');
		expect(found.at(-1)).toBe('ada@find.example.org');
		expect(asked()).toHaveLength(1);
		keap().sandbox.state.contacts.delete(String((await keap().output(contact('search', { searchText: 'wm@find.example' })))[0]?.id));
		keap().newCalls();
		// Nobody is called Watson, but somebody's last name is: she comes before the one whose first name only begins so.
		expect(await emails('Watson')).toEqual(expect.arrayContaining(['mj@find.example', 'rw@find.example', 'rose@find.example']));
		expect((await emails('Watson')).at(-1)).toBe('rose@find.example');
	});

	it('gives no more than the limit, the best first', async () => {
		expect(await emails('Zzyx', { limit: 1 })).toEqual(['ada@find.example.org']);
	});

	it('finds nobody where there is nobody', async () => {
		keap().newCalls();
		expect(await emails('Nobody Atall')).toEqual([]);
		expect(asked()).toHaveLength(2);
	});

	it('refuses a text with nothing in it before a call', async () => {
		const result = await keap().run(contact('search', { searchText: ' ; ' }));
		expect(result.error?.message).toMatch(/Search For is empty/);
		expect(asked()).toEqual([]);
	});

	it('gives the filter language of Keap nothing to read', () => {
		expect(contactFilters('Ada;email==x*')).toEqual([expect.not.stringMatching(/;.*;/), ...contactFilters('Ada;email==x*').slice(1)]);
		expect(contactFilters('a*b').join()).not.toContain('a*b');
	});
});

describe('Contact > Get Overview', () => {
	const keap = keapForEachTest();

	it('brings a contact and what belongs to it, without what is empty', async () => {
		const { state } = keap().sandbox;
		const task = (title: string, completed: boolean) => ({ title, completed, contact_id: '1', due_time: '2026-01-02T10:00:00.000Z' });
		state.collection('/crm/rest/v2/tasks').add(task('Call Ada back', false));
		state.collection('/crm/rest/v2/tasks').add(task('Done long ago', true));
		keap().newCalls();
		const [overview = {}] = await keap().output(contact('getOverview', { contactId: byId('1') }));
		expect(overview).toMatchObject({ contact: { id: '1', given_name: 'Ada', email: 'ada@adams.example' } });
		const { open_tasks: open } = overview as { open_tasks: IDataObject[] };
		expect(open.map(({ title }) => title)).toContain('Call Ada back');
		expect(open.map(({ title }) => title)).not.toContain('Done long ago');
		expect(Object.keys(overview)).toEqual(['contact', 'open_tasks', 'last_notes', 'opportunities', 'last_orders']);
		expect(JSON.stringify(overview)).not.toMatch(/null|""/);
		const own = keap()
			.newCalls()
			.filter((call) => !/\/(tags|users|model|applicationProfile|account)/.test(call));
		expect(own).toHaveLength(5);
	});

	it('leaves out a part that Keap does not give, and says why', async () => {
		keap().sandbox.fault({ path: /\/v2\/orders$/, times: 1 }, { kind: 'status', status: 403 });
		const [overview = {}] = await keap().output(contact('getOverview', { contactId: byId('1') }));
		expect(overview).toMatchObject({ contact: { id: '1' }, last_orders: null, not_read: { last_orders: expect.any(String) } });
	});

	it('fails where there is no such contact, after one call', async () => {
		keap().newCalls();
		const result = await keap().run(contact('getOverview', { contactId: byId('999999') }));
		expect(result.error?.message).toContain('999999');
		expect(keap().newCalls()).toHaveLength(1);
	});
});
