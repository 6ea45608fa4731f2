import { byId, errorsOf, errorText, itemsOf, keapForEachTest, on } from './helpers';

const contact = on('contact');
const get = contact('get', { contactId: byId('={{ $json.id }}'), simplify: false });
const goOn = { onError: 'continueRegularOutput' } as const;

/** Keap fails to write out a record, in whichever answer it is. */
describe('one record that Keap fails to write out, among many that are read by their IDs', () => {
	const keap = keapForEachTest();
	const people = itemsOf(100, (index) => ({ id: index + 11 }));
	beforeEach(() => void keap().sandbox.state.addContacts(130));
	const fails = (id: number): void => void keap().sandbox.fault({ times: Infinity }, { kind: 'badRow', id: String(id) });

	it.each([11, 60])('of 100, the contact %i fails alone and is named, after few calls', async (bad) => {
		fails(bad);
		const items = await keap().output(get, people, goOn);
		expect(items.map(({ id }, index) => (index === bad - 11 ? 'bad' : id))).toEqual(
			people.map(({ id }) => (id === bad ? 'bad' : String(id))),
		);
		const errors = errorsOf(items).filter((error) => error !== undefined);
		expect(errors).toEqual([expect.stringMatching(new RegExp(`Keap can't answer with the record with the ID ${bad}`))]);
		// Each call that fails is made twice.
		expect(keap().newCalls().length).toBeLessThanOrEqual(28);
	});

	it('without Continue the node stops, and the error names the contact', async () => {
		fails(60);
		expect(errorText(await keap().run(get, people))).toMatch(/Keap can't answer with the record with the ID 60/);
	});

	it('an update that keeps lists writes the others', async () => {
		fails(60);
		const rename = contact('update', {
			contactId: byId('={{ $json.id }}'),
			updateFields: { phones: { entries: [{ number: '+1 480 555 0199', field: 'PHONE2' }] } },
		});
		const items = await keap().output(rename, people, goOn);
		expect(errorsOf(items).filter((error) => error !== undefined)).toHaveLength(1);
		expect(
			keap()
				.newCalls()
				.filter((call) => call.startsWith('PATCH')),
		).toHaveLength(99);
	});

	it('an import of known contacts looks up each address, where the newest contacts cannot be listed', async () => {
		keap().sandbox.fault({ path: '/crm/rest/v2/contacts', after: 1, times: Infinity }, { kind: 'badRow', id: '150' });
		const people = keap().sandbox.state.contacts.rows.slice(20, 60);
		const given = people.map(({ email_addresses: list }) => ({ email: (list as Array<{ email: string }>)[0]?.email ?? '' }));
		const upsert = contact('upsert', { email: '={{ $json.email }}', additionalFields: { jobTitle: 'Baker' } });
		const items = await keap().output(upsert, given, goOn);
		expect(errorsOf(items).filter((error) => error !== undefined)).toEqual([]);
		expect(items.map(({ id }) => id)).toEqual(people.map(({ id }) => id));
	});

	it('where nothing can be read, three calls say so', async () => {
		keap().sandbox.fault({ times: Infinity, path: '/crm/rest/v2/contacts' }, { kind: 'status', status: 500 });
		const items = await keap().output(get, people, goOn);
		expect(new Set(errorsOf(items).map((error) => String(error).replace(/ \[item \d+\]/, ''))).size).toBe(1);
		expect(keap().newCalls()).toHaveLength(6);
	});
});
