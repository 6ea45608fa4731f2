import type { INodeParameters } from 'n8n-workflow';

import { byId, errorsOf, errorText, itemsOf, keapForEachTest, on, writes } from './helpers';

const PROVINCES = 'GET /crm/rest/v2/locales/countries/FRA/provinces';
const CONTACTS = 'POST /crm/rest/v2/contacts';

const at = (region: string, countryCode = 'FRA'): INodeParameters => ({ entries: { locality: 'x', region, countryCode } });
const contactIn = (region: string, countryCode?: string) =>
	on('contact')('create', {
		email: '={{ $json.email ?? "ada@adams.example" }}',
		duplicateHandling: 'always',
		additionalFields: { billingAddress: at(region, countryCode) },
	});

describe('a region of a country whose regions are not listed here', () => {
	const keap = keapForEachTest();
	const sent = () => writes(keap()).map(({ body }) => (body as { addresses: unknown[] }).addresses[0]);

	it.each([
		['Bretagne', 'FR-BRE'],
		['ile de france', 'FR-IDF'],
		['fr-idf', 'FR-IDF'],
		['75', 'FR-75'],
	])("is sent by Keap's code: %s", async (region, code) => {
		await keap().output(contactIn(region));
		expect(keap().newCalls()).toEqual([PROVINCES, CONTACTS]);
		expect(sent()).toEqual([{ locality: 'x', region_code: code, country_code: 'FRA', field: 'BILLING' }]);
	});

	it.each([
		['Britagne', /Billing Address > State or Region is not one of France: "Britagne".*Did you mean Bretagne \(FR-BRE\)\?/],
		['99', /State or Region is not one of France: "99".*such as Paris or FR-75/],
		['FR-ZZZ', /State or Region is not one of France: "FR-ZZZ"/],
		['Bavaria', /State or Region is not one of France: "Bavaria"/],
	])('is refused before the write where Keap does not know it: %s', async (region, error) => {
		expect(errorText(await keap().run(contactIn(region)))).toMatch(error);
		expect(keap().newCalls()).toEqual([PROVINCES]);
	});

	it('is looked up once for many items, and one that is refused takes no other with it', async () => {
		const items = itemsOf(20, (index) => ({ email: `a${index}@adams.example`, region: index === 7 ? 'Nowhere' : 'Paris' }));
		const made = await keap().output(contactIn('={{ $json.region }}'), items, { onError: 'continueRegularOutput' });
		expect(errorsOf(made).flatMap((error, index) => (error === undefined ? [] : [index]))).toEqual([7]);
		expect(
			keap()
				.newCalls()
				.filter((call) => call === PROVINCES),
		).toHaveLength(1);
		expect(new Set(sent().map((address) => JSON.stringify(address))).size).toBe(1);
		await keap().output(contactIn('Paris'));
		expect(keap().newCalls()).toEqual([CONTACTS]);
	});

	it.each<[string, number, unknown]>([
		['fails', 500, { message: 'no' }],
		['is none', 200, { provinces: null }],
		['is empty', 200, { provinces: [] }],
		['has no codes', 200, { provinces: [{ name: 'Paris' }] }],
	])('goes by its form where the list %s', async (_what, status, body) => {
		keap().sandbox.fault({ path: '/crm/rest/v2/locales/countries/FRA/provinces' }, { kind: 'status', status, body: JSON.stringify(body) });
		await keap().output(contactIn('75'));
		expect(sent()).toEqual([{ locality: 'x', region_code: 'FR-75', country_code: 'FRA', field: 'BILLING' }]);
		expect(keap().newCalls()).toEqual([PROVINCES, CONTACTS]);
	});

	it('costs no call without a region, and for a country whose regions are known', async () => {
		await keap().output(contactIn('', 'FRA'));
		await keap().output(contactIn('Tirol', 'Austria'));
		expect(keap().newCalls()).toEqual([CONTACTS, CONTACTS]);
	});

	it('of a company, a user and a subscription is looked up, too', async () => {
		const address = { entries: { region: 'Britagne', countryCode: 'FRA' } };
		const run = async (parameters: INodeParameters, node = 'keap') =>
			errorText(await keap().run(parameters, [{}], { type: `n8n-nodes-keap.${node}` }));
		const refused = /Address > State or Region is not one of France/;
		expect(await run(on('company')('create', { companyName: 'X', additionalFields: { address } }))).toMatch(refused);
		expect(await run(on('company')('update', { companyId: { __rl: true, mode: 'id', value: '1' }, updateFields: { address } }))).toMatch(
			refused,
		);
		const user = on('user')('update', { userId: byId(9001), updateFields: { address } });
		expect(await run(user, 'keapAdmin')).toMatch(refused);
		expect(await run(user, 'keapAdmin')).not.toContain('Billing Address');
		const subscription = { contactId: byId(1), subscriptionPlanId: byId(1), shippingAddress: address };
		expect(await run(on('subscription')('create', subscription), 'keapCommerce')).toMatch(
			/Shipping Address > State or Region is not one of France/,
		);
		expect(keap().newCalls()).toEqual([PROVINCES]);
	});
});
