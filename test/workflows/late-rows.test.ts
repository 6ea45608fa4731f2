import type { INodeParameters } from 'n8n-workflow';

import { KEAP_CREDENTIAL, workflow } from '../support/engine';
import { byId, errorsOf, itemsOf, keapForEachTest, on, slotsOf, stored, times, writes } from './helpers';
import { itemsOf as itemsOfTrigger, stageForEachTest } from './trigger-helpers';

const V2 = '/crm/rest/v2';
const GO_ON = { onError: 'continueRegularOutput' } as const;
const LATE = { times: Infinity } as const;
const contact = on('contact');
const get = contact('get', { contactId: byId('={{ $json.id }}'), output: 'raw' });

/** A list of Keap's can lag behind a write by seconds; a record read by itself does not. */
describe('a record that lists do not show yet', () => {
	const keap = keapForEachTest();
	const late = (...ids: string[]): void => void keap().sandbox.fault(LATE, { kind: 'lateRows', ids });
	const added = (more: object = {}): string =>
		keap().sandbox.state.contacts.add({
			email_addresses: [
				{ email: 'a@x.example', field: 'EMAIL1' },
				{ email: 'b@x.example', field: 'EMAIL2' },
			],
			phone_numbers: [{ number: '1', field: 'PHONE1' }],
			...more,
		}).id;
	const phone = (number: string, slot: string): INodeParameters => ({ [slot.toLowerCase()]: { entries: { number } } });

	it('is there for Get, among others that are listed and one that is gone', async () => {
		const id = added();
		late(id);
		const output = await keap().output(get, [{ id: 1 }, { id }, { id: 987654 }], GO_ON);
		expect(output.map((item) => item.id ?? item.error)).toEqual(['1', id, expect.stringMatching('Keap has no contact with the ID 987654')]);
		expect(keap().newCalls()).toEqual([`GET ${V2}/contacts`, ...[`GET ${V2}/contacts/987654`, `GET ${V2}/contacts/${id}`]]);
	});

	it('is updated by the ID that the write before gave out, with what it has', async () => {
		const id = added();
		late(id);
		await keap().output(contact('update', { contactId: byId(id), updateFields: phone('2', 'PHONE2'), output: 'raw' }));
		expect(slotsOf(stored(keap(), id).phone_numbers, 'number')).toEqual(['PHONE1 1', 'PHONE2 2']);
	});

	it('a note is found below its contact', async () => {
		const note = keap().sandbox.state.collection(`${V2}/notes`).add({ contact_id: '1', title: 'New', text: 'x', user_id: '9001' });
		late(note.id);
		const read = on('note')('get', { contactId: byId(1), noteId: byId('={{ $json.id }}') });
		expect((await keap().output(read, [{ id: note.id }, { id: note.id }])).map(({ id }) => id)).toEqual([note.id, note.id]);
	});

	it('is not taken for a new one by an import that has met its address', async () => {
		const id = added();
		keap().sandbox.fault({ ...LATE, path: `${V2}/contacts`, after: 3 }, { kind: 'lateRows', ids: [id] });
		const people = itemsOf(20, (n) => ({ email: n === 3 ? 'a@x.example' : `n${n}@x.example` }));
		const upsert = contact('upsert', { email: '={{ $json.email }}', additionalFields: phone('3', 'PHONE3'), output: 'raw' });
		const output = await keap().output(upsert, people, GO_ON);
		expect(output[3]?.id).toBe(id);
		expect(slotsOf(stored(keap(), id).phone_numbers, 'number')).toEqual(['PHONE1 1', 'PHONE3 3']);
		expect(slotsOf(stored(keap(), id).email_addresses, 'email')).toEqual(['EMAIL1 a@x.example', 'EMAIL2 b@x.example']);
	});

	it('that Keap finds itself, and whose lists it replaces, is named in a hint', async () => {
		const id = added();
		late(id);
		const upsert = contact('upsert', { email: 'a@x.example', additionalFields: phone('3', 'PHONE3'), simplify: false });
		const { runData } = await keap().run(upsert);
		expect(runData.Keap?.at(-1)?.hints).toMatchObject([
			{ type: 'warning', message: expect.stringMatching(`Contact ${id} was in Keap already.*replaced its phone numbers, email addresses`) },
		]);
		expect((await keap().run(contact('upsert', { email: 'new@x.example' }))).runData.Keap?.at(-1)?.hints).toEqual([]);
	});

	it('is not taken for a new one where the list of all has no addresses in it', async () => {
		const id = added();
		const { contacts } = keap().sandbox.state;
		const body = JSON.stringify({ contacts: contacts.rows.map((one) => ({ id: one.id })), next_page_token: '' });
		keap().sandbox.fault({ path: `${V2}/contacts` }, { kind: 'status', status: 200, body });
		const people = itemsOf(40, (n) => ({ email: n === 3 ? 'a@x.example' : `n${n}@x.example` }));
		const upsert = contact('upsert', { email: '={{ $json.email }}', additionalFields: phone('3', 'PHONE3'), simplify: false });
		await keap().output(upsert, people, GO_ON);
		expect(slotsOf(stored(keap(), id).phone_numbers, 'number')).toEqual(['PHONE1 1', 'PHONE3 3']);
	});

	it('is among the contacts of its tag', async () => {
		const ids = ['1', '2', added()];
		await keap().output(on('tag')('apply', { tagIds: ['505'], contactIds: ids.join() }));
		keap().sandbox.fault({ ...LATE, path: `${V2}/contacts` }, { kind: 'lateRows', ids: ids.slice(2) });
		const output = await keap().output(contact('getAll', { returnAll: true, filters: { tagId: byId(505) }, output: 'raw' }));
		expect(output.map(({ id }) => id)).toEqual(ids);
	});

	it('gets its part of a write that Keap has refused for another one', async () => {
		const id = added();
		late(id);
		const remove = on('tag')('remove', { tagIds: ['505'], contactIds: '={{ $json.id }}' });
		const output = await keap().output(remove, [{ id: 987654 }, { id }], GO_ON);
		expect(errorsOf(output)).toEqual([expect.stringMatching('Keap has no contact'), undefined]);
		expect(writes(keap()).at(-1)?.body).toEqual({ contact_ids: [id] });
	});

	it('is whole in what the polling trigger gives out', async () => {
		const id = added();
		const parameters = { event: 'contactTagged', tagId: byId(505), options: { fullContact: true }, output: 'raw' };
		const json = workflow([{ name: 'Watch', type: 'n8n-nodes-keap.keapPollingTrigger', parameters, credentials: KEAP_CREDENTIAL }]);
		json.staticData = (await keap().engine.poll(json)).staticData;
		await keap().output(on('tag')('apply', { tagIds: ['505'], contactIds: id }));
		keap().sandbox.fault({ ...LATE, path: `${V2}/contacts` }, { kind: 'lateRows', ids: [id] });
		const { items } = await keap().engine.poll(json);
		expect(items).toMatchObject([{ id, phone_numbers: [{ number: '1' }] }]);
		expect(items?.[0]).not.toHaveProperty('record_error');
	});

	it('of hundred that are gone, the ten newest are asked for, and then the list is believed', async () => {
		const gone = itemsOf(100, (n) => ({ id: 900_000 + n }));
		const output = await keap().output(get, gone, GO_ON);
		expect(errorsOf(output)).toEqual(times(100, expect.stringMatching(/^Keap has no contact with the ID 9000/)));
		const calls = keap().newCalls();
		expect(calls).toHaveLength(11);
		expect(calls.slice(1).sort()).toEqual(gone.slice(90).map(({ id }) => `GET ${V2}/contacts/${String(id)}`));
	});

	it('that cannot be read by itself either is not called missing', async () => {
		const id = added();
		late(id);
		keap().sandbox.fault({ ...LATE, path: `${V2}/contacts/${id}` }, { kind: 'status', status: 500 });
		const output = await keap().output(get, [{ id: 1 }, { id }], GO_ON);
		expect(errorsOf(output)).toEqual([undefined, expect.stringMatching('Keap had a problem of its own')]);
	});

	it('a record that comes twice hides no other one', async () => {
		const contacts = keap()
			.sandbox.state.contacts.rows.slice(0, 2)
			.map(({ id }) => ({ id }));
		const body = JSON.stringify({ contacts: [contacts[0], ...contacts], next_page_token: '' });
		keap().sandbox.fault({ path: `${V2}/contacts` }, { kind: 'status', status: 200, body });
		expect(await keap().output(get, contacts)).toEqual(contacts);
	});
});

describe('a record of an event that lists do not show yet', () => {
	const stage = stageForEachTest();

	it('comes with its event', async () => {
		const live = await stage().activate({ events: ['contact.add'] });
		stage().keap.sandbox.fault(LATE, { kind: 'lateRows', ids: ['2'] });
		await stage().deliver('contact.add', [{ id: 1 }, { id: 2 }, { id: 987654 }]);
		expect((await itemsOfTrigger(live)).map(({ record }) => (record as { id: string } | null)?.id)).toEqual(['1', '2', undefined]);
	});
});
