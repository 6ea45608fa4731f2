import { byId, errorsOf, errorText, keapForEachTest, on, pairsOf, stored, times, writes } from './helpers';

const contact = on('contact');
const links = { contactId: byId('={{ $json.a }}'), linkedContactId: byId('={{ $json.b }}'), linkTypeId: byId('={{ $json.type }}') };

describe('contact: delete', () => {
	const keap = keapForEachTest();
	const parameters = contact('delete', { contactId: byId('={{ $json.id }}') });

	it('deletes each contact and says so', async () => {
		const result = await keap().run(parameters, [{ id: 4 }, { id: '5' }]);
		expect(result.items('Keap')).toEqual(times(2, '').map(() => ({ deleted: true })));
		expect(pairsOf(result)).toEqual([0, 1]);
		expect(keap().newCalls().sort()).toEqual(['DELETE /crm/rest/v2/contacts/4', 'DELETE /crm/rest/v2/contacts/5']);
		expect([...keap().sandbox.state.contacts.keys()]).not.toEqual(expect.arrayContaining(['4']));
	});

	it('reports to an item that its contact is not there, and deletes the others', async () => {
		const output = await keap().output(parameters, [{ id: 4 }, { id: 4 }, { id: 6 }], { onError: 'continueRegularOutput' });
		expect(errorsOf(output)).toEqual([undefined, expect.stringMatching(/Keap has no contact with the ID 4/), undefined]);
		expect(keap().sandbox.state.contacts.size).toBe(23);
	});
});

describe('contact: merge', () => {
	const keap = keapForEachTest();
	const parameters = contact('merge', { contactId: byId('={{ $json.keep }}'), duplicateContactId: byId('={{ $json.gone }}') });

	it('keeps one contact and lets the other go', async () => {
		const output = await keap().output(parameters, [{ keep: 2, gone: 1 }]);
		expect(keap().newCalls()).toEqual(['POST /crm/rest/v2/contacts:merge']);
		expect(writes(keap())[0]?.body).toEqual({ contact_id: '2', duplicate_contact_id: '1' });
		expect(output).toMatchObject([{ id: '2', given_name: 'Ben', job_title: 'Engineer' }]);
		expect(keap().sandbox.state.contacts.has('1')).toBe(false);
	});

	it.each([
		[{ keep: 2, gone: 987654 }, /Keap found nothing.*Unable to find this Contact/],
		[{ keep: 2, gone: 2 }, /Keap did not accept the request: duplicate_contact_id must be another contact/],
		[{ keep: 2, gone: 'two' }, /Duplicate Contact is not a Keap ID: "two"/],
		[{ keep: 2 }, /Duplicate Contact is empty/],
	])('refuses %j and changes nothing', async (item, message) => {
		const result = await keap().run(parameters, [item]);
		expect(errorText(result)).toMatch(message);
		expect(keap().sandbox.state.contacts.size).toBe(25);
		expect(stored(keap(), 2).given_name).toBe('Ben');
	});
});

describe('contact: link, unlink and get links', () => {
	const keap = keapForEachTest();

	it('links two contacts, shows it on both, and unlinks them again', async () => {
		const item = { a: 5, b: 6, type: 62 };
		expect(await keap().output(contact('link', links), [item])).toEqual([
			{ contact1_id: '5', contact2_id: '6', link_type_id: '62', link_type_name: 'Colleague' },
		]);
		expect(await keap().output(contact('getLinks', { contactId: byId(6) }))).toEqual([
			{ contact1_id: '5', contact2_id: '6', link_type_id: '62', link_type_name: 'Colleague' },
		]);
		expect(await keap().output(contact('unlink', links), [item])).toEqual([
			{ contact1_id: '5', contact2_id: '6', link_type_id: '62', success: true },
		]);
		expect(await keap().output(contact('getLinks', { contactId: byId(6) }))).toEqual([]);
		expect(keap().newCalls()).toEqual([
			'POST /crm/rest/v2/contacts:link',
			'GET /crm/rest/v2/contacts/6/links',
			'POST /crm/rest/v2/contacts:unlink',
			'GET /crm/rest/v2/contacts/6/links',
		]);
	});

	it('pairs each link with the contact that was asked about', async () => {
		const { contactLinks } = keap().sandbox.state;
		contactLinks.push(
			{ contact1_id: '8', contact2_id: '1', link_type_id: '62' },
			{ contact1_id: '1', contact2_id: '9', link_type_id: '62' },
		);
		const result = await keap().run(contact('getLinks', { contactId: byId('={{ $json.id }}') }), [{ id: 8 }, { id: 7 }, { id: 1 }]);
		expect(pairsOf(result)).toEqual([0, 2, 2, 2]);
		expect(result.items('Keap').map(({ contact2_id: other }) => other)).toEqual(['1', '2', '1', '9']);
	});

	it.each([
		['link', { a: 1, b: 2, type: 61 }, /linked already/],
		['link', { a: 1, b: 987654, type: 61 }, /Unable to find this Contact/],
		['link', { a: 1, b: 3, type: 99 }, /Unable to find this Link type/],
		['unlink', { a: 1, b: 3, type: 61 }, /Unable to find this Link/],
	])('passes on why Keap refuses to %s %j', async (operation, item, message) => {
		const result = await keap().run(contact(operation, links), [item]);
		expect(errorText(result)).toMatch(message);
		expect(keap().newCalls()).toHaveLength(1);
	});
});
