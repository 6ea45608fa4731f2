import { byId, errorsOf, itemsOf, keapForEachTest, on, slotsOf, stored, times, writes } from './helpers';

const contact = on('contact');
const UPSERT = 'POST /crm/rest/v2/contacts';
const SAM = { given_name: 'Sam', family_name: 'Stone', email_addresses: [{ email: 'sam@x.example', field: 'EMAIL1' }], company: { id: '3001', company_name: 'Acme Corporation' } };

describe('contact: create or update', () => {
	const keap = keapForEachTest({ latencyMs: () => 10 + Math.random() * 20 });

	it.each([
		['Email', { givenName: 'Samuel', familyName: 'Rock', companyId: '3002' }, 'the same'],
		['EmailAndName', { givenName: 'Samuel', familyName: 'Stone', companyId: '3001' }, 'a new one'],
		['EmailAndName', { givenName: 'Sam', familyName: 'Stone', companyId: '3002' }, 'the same'],
		['EmailAndNameAndCompany', { givenName: 'Sam', familyName: 'Stone', companyId: '3002' }, 'a new one'],
		['EmailAndNameAndCompany', { givenName: 'Sam', familyName: 'Stone', companyId: '3001' }, 'the same'],
	])('matches by %s: %j is %s', async (duplicateOption, { givenName, familyName, companyId }, which) => {
		const { id } = keap().sandbox.state.contacts.add(SAM);
		const parameters = { email: 'SAM@x.example', additionalFields: { givenName, familyName, companyId: byId(companyId) }, options: { duplicateOption } };
		const [answer] = await keap().output(contact('upsert', parameters));
		expect(keap().newCalls()).toEqual([UPSERT]);
		expect(writes(keap())[0]).toMatchObject({ query: { duplicate_option: duplicateOption }, status: which === 'the same' ? 200 : 201 });
		expect(answer?.id === id).toBe(which === 'the same');
	});

	it('matches by email when nothing is chosen', async () => {
		await keap().output(contact('upsert', { email: 'sam@x.example' }));
		expect(writes(keap())[0]?.query).toEqual({ duplicate_option: 'Email' });
	});

	it('makes one contact of many items with one email, written in item order', async () => {
		const { sandbox } = keap();
		const items = itemsOf(12, (index) => ({ email: index % 2 ? 'TWIN@x.example' : 'twin@x.example', name: `Name ${index}` }));
		const output = await keap().output(contact('upsert', { email: '={{ $json.email }}', additionalFields: { givenName: '={{ $json.name }}' } }), items);
		expect(new Set(output.map(({ id }) => id)).size).toBe(1);
		expect(sandbox.state.contacts.size).toBe(26);
		expect(writes(keap()).map(({ body }) => (body as { given_name: string }).given_name)).toEqual(items.map(({ name }) => name));
		expect(output.map(({ given_name: name }) => name)).toEqual(items.map(({ name }) => name));
		expect(sandbox.stats().maxInFlight).toBe(1);
	});

	it('lets items with different emails go side by side', async () => {
		await keap().output(contact('upsert', { email: '=p{{ $json.n }}@x.example' }), itemsOf(20, (n) => ({ n })));
		expect(keap().sandbox.stats().maxInFlight).toBeGreaterThan(5);
		expect(keap().sandbox.state.contacts.size).toBe(45);
	});

	it('tags a contact once, though two items mean it', async () => {
		const parameters = contact('upsert', { email: '={{ $json.email }}', additionalFields: { tagIds: ['502'] } });
		const output = await keap().output(parameters, [{ email: 'a@x.example' }, { email: 'a@x.example' }, { email: 'b@x.example' }]);
		expect(keap().newCalls().sort()).toEqual([...times(3, UPSERT), 'POST /crm/rest/v2/tags/502/contacts:applyTags']);
		expect(writes(keap()).at(-1)?.body).toEqual({ contact_ids: [output[0]?.id, output[2]?.id] });
	});

	it('takes the first address of the list where Email is empty, and needs one of the two', async () => {
		const parameters = contact('upsert', { email: '={{ $json.email }}', additionalFields: { phones: { entries: [{ number: '1', field: '' }] } } });
		const output = await keap().output(parameters, [{ email: 'a@x.example' }, {}], { onError: 'continueRegularOutput' });
		expect(errorsOf(output)).toEqual([undefined, 'Email is empty']);
		expect(keap().newCalls()).toEqual([UPSERT]);
		const list = contact('upsert', { additionalFields: { emails: { entries: [{ email: 'c@x.example', field: '' }, { email: 'd@x.example', field: '' }] } } });
		const [made] = await keap().output(list);
		expect(slotsOf(stored(keap(), String(made?.id)).email_addresses, 'email')).toEqual(['EMAIL1 c@x.example', 'EMAIL2 d@x.example']);
	});
});
