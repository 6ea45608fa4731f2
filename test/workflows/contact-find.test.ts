import type { IDataObject } from 'n8n-workflow';

import { filtersFor } from '../../nodes/Keap/resources/people/contact/find/search';
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
	});

	it.each([
		['a name', 'Ada van Dyke', 'ada@find.example', 1],
		['a name in the other case', 'mary jane WATSON', 'mj@find.example', 2],
		['a name with the last name first', 'Zzyx Adalbert', 'ada@find.example.org', 2],
		['a name as in a register', 'Zzyx, Adalbert', 'ada@find.example.org', 1],
		['an address', 'ada@find.example', 'ada@find.example', 1],
		['a phone number as it stands there', '+1 555 0100200', 'mj@find.example', 1],
	])('finds one contact by %s: %s', async (_what, text, email, calls) => {
		keap().newCalls();
		expect((await emails(text))[0]).toBe(email);
		expect(asked()).toHaveLength(calls);
	});

	it('takes one word for a first or a last name, the exact one before those that begin so', async () => {
		expect(await emails('Watson')).toEqual(expect.arrayContaining(['mj@find.example', 'wm@find.example']));
		const found = await emails('ada');
		expect(found).toContain('ada@adams.example');
		expect(found.at(-1)).toBe('ada@find.example.org');
	});

	it('gives no more than the limit, the best first', async () => {
		expect(await emails('Zzyx', { limit: 1 })).toEqual(['ada@find.example.org']);
	});

	it('finds nobody where there is nobody', async () => {
		expect(await emails('Nobody Atall')).toEqual([]);
	});

	it('refuses a text with nothing in it before a call', async () => {
		const result = await keap().run(contact('search', { searchText: ' ; ' }));
		expect(result.error?.message).toMatch(/Search For is empty/);
		expect(asked()).toEqual([]);
	});

	it('gives the filter language of Keap nothing to read', () => {
		expect(filtersFor('Ada;email==x*')).toEqual([expect.not.stringMatching(/;.*;/), ...filtersFor('Ada;email==x*').slice(1)]);
		expect(filtersFor('a*b').join()).not.toContain('a*b');
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
