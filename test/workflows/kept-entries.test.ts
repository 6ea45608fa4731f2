import type { INodeParameters } from 'n8n-workflow';

import { byId, errorText, keapForEachTest, on, onlyBody, stored, writes } from './helpers';

const contact = on('contact');

describe('what a contact holds and an update does not speak of', () => {
	const keap = keapForEachTest();
	const OLD = {
		email_addresses: [
			{ email: 'a@x.example', field: 'EMAIL1', opt_in_reason: 'Asked', is_opt_in: true, email_opt_status: 'MANUAL' },
			{ email: 'b@x.example', field: 'EMAIL2', opt_in_reason: 'Fair 2019', email_opt_status: 'MANUAL' },
		],
		phone_numbers: [{ number: '1', field: 'PHONE1' }],
	};
	const add = (more: object = {}) => keap().sandbox.state.contacts.add({ ...OLD, ...more }).id;
	const update = (id: string, updateFields: INodeParameters, more: INodeParameters = {}) =>
		contact('update', { contactId: byId(id), output: 'raw', updateFields, ...more });
	const set = (value: Record<string, string>) => ({ setCustomFields: true, customFields: { mappingMode: 'defineBelow', value } });

	it.each([
		['Update', (id: string) => update(id, { email: 'a@x.example', jobTitle: 'x' })],
		['Create or Update', () => contact('upsert', { email: 'a@x.example', additionalFields: { jobTitle: 'x' } })],
	])('%s does not send addresses that stay as they are', async (_what, parameters) => {
		await keap().output(parameters(add()));
		expect(onlyBody(keap())).toEqual({ job_title: 'x' });
	});

	it.each([
		['Update', (id: string) => update(id, { email3: { entries: { email: 'c@x.example' } } })],
		[
			'Create or Update',
			() => contact('upsert', { email: 'a@x.example', additionalFields: { email3: { entries: { email: 'c@x.example' } } } }),
		],
	])('%s sends kept addresses without the reason that would opt them in again', async (_what, parameters) => {
		await keap().output(parameters(add()));
		const { email_addresses: sent } = onlyBody(keap()) as { email_addresses: object[] };
		expect(sent).toHaveLength(3);
		expect(JSON.stringify(sent)).not.toContain('opt_in_reason');
	});

	it('sends an address that stays as it is when a reason is given for it', async () => {
		await keap().output(update(add(), { email: 'a@x.example', optInReason: 'Asked again' }));
		expect(onlyBody(keap())).toEqual({
			email_addresses: [
				{ email: 'b@x.example', field: 'EMAIL2' },
				{ email: 'a@x.example', field: 'EMAIL1', opt_in_reason: 'Asked again' },
			],
		});
	});

	it('changes nothing, and gives the contact, where everything is as it is given', async () => {
		const id = add();
		const [answer] = await keap().output(update(id, { email: 'a@x.example', phone1: { entries: { number: '1' } } }));
		expect(writes(keap())).toEqual([]);
		expect(answer).toMatchObject({ id, email_addresses: OLD.email_addresses });
	});

	it('lets old data stand when something else is updated', async () => {
		const id = add({
			email_addresses: [{ email: 'no-at-sign', field: 'EMAIL1' }],
			addresses: [{ region: 'AZ', field: 'BILLING' }],
			custom_fields: [{ id: '8', content: 'An option that is gone' }],
		});
		await keap().output(update(id, { phone2: { entries: { number: '2' } }, jobTitle: 'x' }));
		expect(Object.keys(onlyBody(keap())).sort()).toEqual(['job_title', 'phone_numbers']);
	});

	it('sends the new names of an address, and the old ones where it has nothing else', async () => {
		const id = add({
			addresses: [
				{ line1: 'a', region: 'Arizona', region_code: 'US-AZ', country: 'United States', country_code: 'USA', field: 'BILLING' },
				{ line1: 'b', country: 'Austria', field: 'SHIPPING' },
			],
		});
		await keap().output(update(id, { otherAddress: { entries: { line1: 'c' } } }));
		expect((onlyBody(keap()) as { addresses: object[] }).addresses).toEqual([
			{ line1: 'a', region_code: 'US-AZ', country_code: 'USA', field: 'BILLING' },
			{ line1: 'b', country: 'Austria', field: 'SHIPPING' },
			{ line1: 'c', field: 'OTHER' },
		]);
	});

	it.each([
		[
			'an email without @',
			{ email_addresses: [{ email: 'no-at-sign', field: 'EMAIL1' }] },
			{ email3: { entries: { email: 'c@x.example' } } },
			{},
			/Keap had EMAIL1 \(no-at-sign\) already and does not take it back.*Give a new entry for EMAIL1, or correct it in Keap/,
		],
		[
			'a region without a country',
			{ addresses: [{ region: 'Arizona', field: 'BILLING' }] },
			{ otherAddress: { entries: { line1: 'c' } } },
			{},
			/Keap had BILLING \(Arizona\) already/,
		],
		[
			'an option that is gone',
			{ custom_fields: [{ id: '8', content: 'Toast' }] },
			{},
			set({ Nickname: 'Bo' }),
			/Keap had Favourite bread \(Toast\) already.*name it under Custom Fields to Clear/,
		],
	])('names the entry that Keap had and refuses: %s', async (_what, old, updateFields, more, text) => {
		const bread = keap().sandbox.state.contactCustomFields.rows.find(({ label }) => label === 'Favourite bread');
		const id = add(JSON.parse(JSON.stringify(old).replace('"8"', JSON.stringify(bread?.id))) as object);
		const result = await keap().run(update(id, updateFields, more));
		expect(result.error).toMatchObject({ httpCode: '400' });
		expect(errorText(result)).toMatch(text);
	});

	it('does not blame a kept entry for what is given', async () => {
		const id = add();
		const result = await keap().run(update(id, { email3: { entries: { email: 'c@x.example' } }, ownerId: byId(404) }));
		expect(errorText(result)).toMatch(/owner_id: 404 does not exist/);
		expect(errorText(result)).not.toMatch(/already and does not take/);
	});
});

describe('the tags in the answer', () => {
	const keap = keapForEachTest();

	it.each(['create', 'upsert'])('are those that the contact has when the node gives it out: %s', async (operation) => {
		const known = keap().sandbox.state.contacts.add({ email_addresses: [{ email: 'a@x.example', field: 'EMAIL1' }] });
		keap().sandbox.state.contactTags.apply('504', known.id, new Date().toISOString());
		const parameters = contact(operation, { email: 'a@x.example', givenName: 'A', tagIds: '={{ $json.tags }}' });
		const output = await keap().output(parameters, [{ tags: ['502'] }, { tags: ['503', '504'] }, { tags: [] }]);
		for (const { id, tag_ids: tags } of output) {
			expect((tags as string[]).sort()).toEqual([...keap().sandbox.state.contactTags.tagsOf(String(id)).keys()].sort());
		}
		expect(stored(keap(), String(output[0]?.id)).given_name).toBe('A');
	});
});
