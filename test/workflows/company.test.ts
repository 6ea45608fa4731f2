import type { INodeParameters } from 'n8n-workflow';

import { byId, errorsOf, errorText, itemsOf, keapForEachTest, on, onlyBody, pairsOf, writes } from './helpers';

const company = on('company');
const PATH = '/crm/rest/v2/companies';
const MODEL = `GET ${PATH}/model`;
const custom = (value: INodeParameters): INodeParameters => ({
	setCustomFields: true,
	customFields: { mappingMode: 'defineBelow', value },
});

describe('company', () => {
	const keap = keapForEachTest();
	const stored = (id: string) => keap().sandbox.state.companies.get(id);

	it("is created with its address, phone and custom fields in Keap's form", async () => {
		const [made] = await keap().output(
			company('create', {
				companyName: 'Mill & Sons',
				...custom({ 'delivery day': 'Monday', Ovens: '3' }),
				additionalFields: {
					email: 'office@mill.example',
					phone: { entries: { number: '+43 316 1', type: 'Work' } },
					address: { entries: { locality: 'Graz', region: 'Steiermark', countryCode: 'aut' } },
					website: '',
				},
			}),
		);
		expect(keap().newCalls()).toEqual([MODEL, `POST ${PATH}`]);
		expect(onlyBody(keap())).toEqual({
			company_name: 'Mill & Sons',
			email_address: { email: 'office@mill.example', field: 'EMAIL1' },
			phone_number: { number: '+43 316 1', type: 'Work', field: 'PHONE1' },
			address: { locality: 'Graz', region_code: 'AT-6', country_code: 'AUT', field: 'BILLING' },
			custom_fields: [
				{ id: '31', content: 'Monday' },
				{ id: '32', content: 3 },
			],
		});
		expect(made).toMatchObject({ id: '3006', company_name: 'Mill & Sons' });
	});

	it.each<[string, INodeParameters, RegExp]>([
		['no name', { companyName: ' ' }, /Company Name is empty/],
		['a bad email', { companyName: 'X', additionalFields: { email: 'x@' } }, /Email is not an email address/],
		[
			'a region alone',
			{ companyName: 'X', additionalFields: { address: { entries: { region: 'Texas' } } } },
			/Address has a State or Region without a Country Code/,
		],
		[
			'a phone without its number',
			{ companyName: 'X', additionalFields: { phone: { entries: { type: 'Work' } } } },
			/Phone Number > Number is empty/,
		],
		['a field that the account lacks', { companyName: 'X', ...custom({ Shoe: '44' }) }, /has no field "Shoe"/],
	])('refuses %s before it is written', async (_what, parameters, message) => {
		await expect(keap().output(company('create', parameters))).rejects.toThrow(message);
		expect(writes(keap())).toEqual([]);
	});

	it('is read whole, and flat where it is simplified, custom fields by label', async () => {
		keap().sandbox.state.companies.set('3003', { ...stored('3003'), id: '3003', custom_fields: [{ id: '31', content: 'Thursday' }] });
		const get = (simplify: boolean) => company('get', { companyId: byId(3003), output: simplify ? 'simplified' : 'raw' });
		const [whole] = await keap().output(get(false));
		expect(whole).toMatchObject({
			id: '3003',
			email_address: { email: 'info@huber.example' },
			address: { locality: 'Graz' },
			custom_fields: [{ id: '31', content: 'Thursday' }],
		});
		const [flat] = await keap().output(get(true));
		expect(flat).toMatchObject({
			id: '3003',
			company_name: 'Bäckerei Huber',
			email: 'info@huber.example',
			city: 'Graz',
			phone: null,
			custom_fields: { 'Delivery day': 'Thursday' },
		});
		expect(keap().newCalls()).toEqual([`GET ${PATH}/3003`, `GET ${PATH}/3003`, MODEL]);
	});

	it('is listed by filters, in order, with all that Keap hides by default', async () => {
		const found = await keap().output(
			company('getAll', { returnAll: true, output: 'raw', filters: { name: 'Acme*' }, options: { orderBy: 'name desc' } }),
		);
		expect(found.map(({ company_name: name }) => name)).toEqual(['Acme Tools', 'Acme Corporation']);
		expect(found[0]).toMatchObject({ address: { locality: 'Phoenix' }, create_time: expect.any(String) as string });
		expect(keap().sandbox.calls[0]?.query).toMatchObject({ filter: 'name==Acme*', order_by: 'name desc' });
		expect(await keap().output(company('getAll', { returnAll: false, limit: 2, output: 'simplified' }))).toHaveLength(2);
	});

	it('is updated field by field; other custom fields stay', async () => {
		keap().sandbox.state.companies.set('3001', {
			...stored('3001'),
			id: '3001',
			custom_fields: [
				{ id: '31', content: 'Monday' },
				{ id: '32', content: 2 },
			],
		});
		const update = company('update', {
			companyId: byId(3001),
			...custom({ Ovens: 5 }),
			updateFields: { website: 'https://acme.example', fieldsToClear: ['email_address'] },
		});
		await keap().output(update);
		expect(keap().newCalls()).toEqual([MODEL, `GET ${PATH}/3001`, `PATCH ${PATH}/3001`]);
		expect(writes(keap())[0]?.query.update_mask?.split(',').sort()).toEqual(['custom_fields', 'email_address', 'website']);
		expect(stored('3001')).toMatchObject({
			website: 'https://acme.example',
			custom_fields: [
				{ id: '31', content: 'Monday' },
				{ id: '32', content: 5 },
			],
			address: { locality: 'Chandler' },
		});
		expect(stored('3001')).not.toHaveProperty('email_address');
	});

	it('reads nothing for an update without custom fields, and refuses an empty one', async () => {
		await keap().output(company('update', { companyId: byId(3001), updateFields: { notes: 'Pays late' } }));
		expect(keap().newCalls()).toEqual([`PATCH ${PATH}/3001`]);
		await expect(keap().output(company('update', { companyId: byId(3001) }))).rejects.toThrow(/No field to update is given/);
	});

	it("fails an unknown company alone when its custom fields can't be read", async () => {
		const update = company('update', { companyId: byId('={{ $json.id }}'), ...custom({ Ovens: 1 }) });
		const output = await keap().output(update, [{ id: 3001 }, { id: 99999 }, { id: 3002 }], { onError: 'continueRegularOutput' });
		expect(errorsOf(output)).toEqual([undefined, expect.stringMatching(/99999|not found/i), undefined]);
		expect(
			writes(keap())
				.map(({ path }) => path)
				.sort(),
		).toEqual([`${PATH}/3001`, `${PATH}/3002`]);
	});

	it('gets a tag, shows its tags and companies, and loses it', async () => {
		const tag = byId(503);
		const ids = [3001, 3002];
		const result = await keap().run(
			company('applyTag', { companyId: byId('={{ $json.id }}'), tagId: tag }),
			ids.map((id) => ({ id })),
		);
		expect(result.items('Keap')).toEqual(['3001', '3002'].map((company_id) => ({ tag_id: '503', company_id, success: true })));
		expect(pairsOf(result)).toEqual([0, 1]);
		const tags = await keap().output(
			company('getTags', { companyId: byId(3001), returnAll: true, output: 'simplified', filters: { name: 'Prospect' } }),
		);
		expect(tags).toEqual([expect.objectContaining({ id: '503', name: 'Prospect', applied_time: expect.any(String) as string })]);
		const tagged = await keap().output(
			on('tag')('getCompanies', { tagId: tag, returnAll: true, output: 'simplified', options: { orderBy: 'company_name asc' } }),
		);
		expect(tagged.map(({ company_name: name, email }) => [name, email])).toEqual([
			['Acme Corporation', 'office@acme.example'],
			['Acme Tools', 'office@acme-tools.example'],
		]);
		await keap().output(company('removeTag', { companyId: byId(3001), tagId: tag }));
		expect(await keap().output(company('getTags', { companyId: byId(3001), returnAll: true }))).toEqual([]);
	});

	it('is deleted; a second time Keap says so', async () => {
		expect(await keap().output(company('delete', { companyId: byId(3005) }))).toEqual([{ deleted: true }]);
		expect(errorText(await keap().run(company('get', { companyId: byId(3005) })))).toMatch(/3005/);
	});

	it('keeps item order over many', async () => {
		const output = await keap().output(
			company('create', { companyName: '={{ $json.name }}' }),
			itemsOf(60, (index) => ({ name: `C${index}` })),
		);
		expect(output.map(({ company_name: name }) => name)).toEqual(itemsOf(60, (index) => ({ name: `C${index}` })).map(({ name }) => name));
	});
});
