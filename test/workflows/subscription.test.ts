import type { INode, INodeParameters } from 'n8n-workflow';

import { byId, errorsOf, errorText, itemsOf, keapForEachTest, on, onlyBody, times, writes } from './helpers';

const subscription = on('subscription');
const PATH = '/crm/rest/v2/subscriptions';
const RETRIES: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('a subscription', () => {
	const keap = keapForEachTest();
	const store = () => keap().sandbox.state.collection(PATH);
	const orders = () => keap().sandbox.state.collection('/crm/rest/v2/orders');
	const card = (id: string) =>
		keap()
			.sandbox.state.collection('/crm/rest/v2/contacts/1/paymentMethods')
			.add({
				id,
				contact_id: '1',
				payment_method_type: 'CARD',
				created_time: '2026-01-01T00:00:00Z',
				card_info: { brand: 'Visa', last_four: `11${id}`, expiration_month: '03', expiration_year: '2030' },
			});
	const add = (more: object = {}): string =>
		store().add({
			contact_id: '1',
			product_id: '4',
			subscription_plan_id: '1',
			active: true,
			quantity: 1,
			billing_amount: 12,
			billing_cycle: 'MONTH',
			billing_frequency: 1,
			start_date: '2026-01-01',
			next_bill_date: dayFromNow(10),
			...more,
		}).id;
	const create = (more: INodeParameters = {}): INodeParameters =>
		subscription('create', { contactId: byId(1), subscriptionPlanId: byId(1), output: 'simplified', ...more });

	it('charges no card unless that is chosen', async () => {
		card('31');
		const [made] = await keap().output(create());
		expect(onlyBody(keap())).toEqual({ contact_id: '1', subscription_plan_id: '1', auto_charge: false });
		expect(made).toMatchObject({ active: true, auto_charge: false, billing_amount: 12, billing_cycle: 'MONTH', payment_method_id: '0' });
	});

	it('charges the card that was used last, or a certain one', async () => {
		card('31');
		card('32');
		const start = dayFromNow(5);
		const [first] = await keap().output(create({ autoCharge: true, startDate: start }));
		expect(first).toMatchObject({ auto_charge: true, start_date: start, payment_method_id: '32' });
		const chosen = { autoCharge: true, cardToCharge: 'chosen', paymentMethodId: byId(31) };
		const [second] = await keap().output(create({ ...chosen, additionalFields: { billingAmount: '9.50', quantity: 2 } }));
		expect(second).toMatchObject({ payment_method_id: '31', billing_amount: 9.5, quantity: 2 });
		expect(writes(keap()).map(({ body }) => body)).toEqual([
			{ contact_id: '1', subscription_plan_id: '1', auto_charge: true, start_date: start },
			{ contact_id: '1', subscription_plan_id: '1', auto_charge: true, payment_method_id: '31', billing_amount: 9.5, quantity: 2 },
		]);
	});

	it('names no card where none is to be charged, whatever an expression brings along', async () => {
		card('31');
		await keap().output(create({ autoCharge: '={{ false }}', cardToCharge: '={{ "chosen" }}', paymentMethodId: byId(31) }));
		expect(onlyBody(keap())).not.toHaveProperty('payment_method_id');
	});

	it('like one that the contact has is refused, and the error says how to make it all the same', async () => {
		await keap().output(create());
		const result = await keap().run(create());
		expect(errorText(result)).toMatch(/identical subscription.*nothing was made.*Allow Duplicate/s);
		expect(store().size).toBe(1);
		await keap().output(create({ additionalFields: { allowDuplicate: true } }));
		expect(store().size).toBe(2);
	});

	it('is never sent again where Keap may have made it', async () => {
		keap().sandbox.fault({ method: 'POST' }, { kind: 'resetAfter' });
		const result = await keap().run(create({ additionalFields: { allowDuplicate: true } }), [{}], RETRIES);
		expect(result.status).toBe('error');
		expect(store().size).toBe(1);
	});

	it('is sent to an address in the form that Keap has for contacts', async () => {
		const address = { line1: '1 Main Street', region: 'Arizona', countryCode: 'US', postalCode: '85001' };
		await keap().output(create({ shippingAddress: { entries: address } }));
		expect(onlyBody(keap()).shipping_address).toEqual({
			field: 'SHIPPING',
			line1: '1 Main Street',
			country_code: 'USA',
			region_code: 'US-AZ',
			postal_code: '85001',
		});
	});

	it('gives its affiliates the credit', async () => {
		const partner = keap().sandbox.state.collection('/crm/rest/v2/affiliates').add({ name: 'Ben', contact_id: '2' }).id;
		await keap().output(create({ affiliates: { entries: { leadAffiliateId: byId(partner), salesAffiliateId: byId(partner) } } }));
		expect(onlyBody(keap())).toMatchObject({ lead_affiliate_id: partner, sale_affiliate_id: partner });
	});

	it.each<[string, INodeParameters, RegExp]>([
		['a start in the past', { startDate: '2026-01-01' }, /^Start Date is in the past: "2026-01-01"/],
		['a quantity of 0', { additionalFields: { quantity: 0 } }, /^Quantity must be 1 or more/],
		['a quantity of 1.5', { additionalFields: { quantity: 1.5 } }, /^Quantity must be a whole number/],
		['an amount below 0', { additionalFields: { billingAmount: '-1' } }, /^Billing Amount must be 0 or more/],
		['no plan', { subscriptionPlanId: byId('={{ $json.missing }}') }, /^Subscription Plan is empty/],
		[
			'a card to choose and none chosen',
			{ autoCharge: true, cardToCharge: '={{ "chosen" }}', paymentMethodId: byId('={{ $json.missing }}') },
			/^Card is needed/,
		],
		['a region without a country', { shippingAddress: { entries: { region: 'Arizona' } } }, /State or Region without a Country Code/],
	])('with %s is refused before a call is spent', async (_what, parameters, message) => {
		await expect(keap().output(create(parameters))).rejects.toThrow(message);
		expect(keap().newCalls()).toEqual([]);
	});

	it('of a plan or for a contact that is not there is refused in the words of Keap', async () => {
		await expect(keap().output(create({ subscriptionPlanId: byId(99) }))).rejects.toThrow(/subscription_plan_id: 99 does not exist/);
		await expect(keap().output(create({ contactId: byId(404) }))).rejects.toThrow(/contact_id: 404 does not exist/);
		expect(store().size).toBe(0);
	});

	it('is read 100 in a call', async () => {
		const ids = itemsOf(1_000, () => ({ id: add() }));
		const output = await keap().output(subscription('get', { subscriptionId: byId('={{ $json.id }}') }), ids);
		expect(output.map(({ id }) => id)).toEqual(ids.map(({ id }) => id));
		expect(keap().newCalls()).toEqual(times(10, `GET ${PATH}`));
	});

	it('is found by contact, plan, state and amount', async () => {
		const [first, second] = [add(), add({ contact_id: '2', subscription_plan_id: '2', billing_amount: 120, active: false })];
		const found = async (filters: INodeParameters) =>
			(await keap().output(subscription('getAll', { returnAll: true, filters }))).map(({ id }) => id);
		expect(await found({ contactId: byId(2) })).toEqual([second]);
		expect(await found({ subscriptionPlanId: byId(1) })).toEqual([first]);
		expect(await found({ subscriptionPlanIds: '1,2' })).toEqual([first, second]);
		expect(await found({ status: 'Active' })).toEqual([first]);
		expect(await found({ billingAmountAtLeast: '12', billingAmountAtMost: '12.00' })).toEqual([first]);
	});

	it('is updated in what is given, its custom fields one by one', async () => {
		const model = keap().sandbox.state.collection(`${PATH}/model/customFields`);
		for (const id of ['81', '82']) model.add({ id, label: `Field ${id}`, field_type: 'TEXT', group_id: '1' });
		const id = add({ custom_fields: [{ id: '82', content: 'kept' }] });
		const [after] = await keap().output(
			subscription('update', {
				subscriptionId: byId(id),
				setCustomFields: true,
				customFields: { mappingMode: 'defineBelow', value: { '81': 'new' } },
				updateFields: { billingAmount: '9.50', billingCycle: 'year', nextBillDate: dayFromNow(30), fieldsToClear: ['promo_code'] },
			}),
		);
		expect(writes(keap())[0]?.query.update_mask?.split(',').sort()).toEqual([
			'billing_amount',
			'billing_cycle',
			'custom_fields',
			'next_bill_date',
			'promo_code',
		]);
		expect(onlyBody(keap())).toMatchObject({ billing_amount: 9.5, billing_cycle: 'YEAR', next_bill_date: dayFromNow(30) });
		expect(after).toMatchObject({ billing_amount: 9.5, custom_fields: { 'Field 81': 'new', 'Field 82': 'kept' } });
		const late = subscription('update', { subscriptionId: byId(id), updateFields: { endDate: '2026-01-01' } });
		await expect(keap().output(late)).rejects.toThrow(/^End Date is in the past/);
	});

	it('ends with a reason', async () => {
		const id = add();
		expect(await keap().output(subscription('deactivate', { subscriptionId: byId(id), reason: 'Moved away' }))).toEqual([
			{ subscription_id: id, success: true },
		]);
		expect(onlyBody(keap())).toEqual({ reason: 'Moved away' });
		expect(store().get(id)).toMatchObject({ active: false, reason_stopped: 'Moved away' });
		expect(await keap().output(subscription('deactivate', { subscriptionId: byId(id) }))).toEqual([{ subscription_id: id, success: true }]);
		expect(writes(keap())[1]?.body).toEqual({});
	});

	it('is invoiced for all cycles that are due, and answers with the newest order', async () => {
		const due = new Date();
		due.setUTCMonth(due.getUTCMonth() - 2, 1);
		const id = add({ next_bill_date: due.toISOString().slice(0, 10) });
		const [newest] = await keap().output(subscription('invoice', { subscriptionId: byId(id), output: 'simplified' }));
		expect(orders().size).toBe(3);
		expect(newest).toMatchObject({ id: '3', total: 12, currency_code: 'USD', order_items: [{ item_type: 'SUBSCRIPTION' }] });
		const [says] = keap()
			.engine.nodeDescription('n8n-nodes-keap.keapCommerce', 1)
			.properties.filter(({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes('subscription'))
			.flatMap(({ options = [] }) => options.filter(({ name }) => name === 'Invoice'));
		expect(says).toMatchObject({ description: expect.stringMatching(/all cycles .* due.*Only the newest order comes back/s) as unknown });
	});

	it('is not invoiced again where Keap may have done it', async () => {
		const id = add({ next_bill_date: dayFromNow(-1) });
		keap().sandbox.fault({ method: 'POST' }, { kind: 'resetAfter' });
		await keap().run(subscription('invoice', { subscriptionId: byId(id) }), [{}], RETRIES);
		expect(writes(keap())).toHaveLength(1);
		const idle = await keap().run(subscription('invoice', { subscriptionId: byId(add()) }), [{}], { onError: 'continueRegularOutput' });
		expect(errorsOf(idle.items('Keap'))).toEqual([expect.stringMatching(/has no cycle that is due/)]);
	});

	it('is found in the editor by its contact, or by a number', async () => {
		const [first, second] = [add(), add({ contact_id: '2', active: false })];
		const names = async (typed?: string, parameters: INodeParameters = {}) =>
			(await keap().engine.listSearch({ parameters: subscription('get', parameters) }, 'searchSubscriptions', typed)).results.map(
				({ name }) => name,
			);
		const [ada, ben] = [new RegExp(`^Ada Adams .*: next bill .* \\(#${first}\\)$`), new RegExp(`: stopped \\(#${second}\\)$`)];
		expect(await names()).toEqual([expect.stringMatching(ben), expect.stringMatching(ada)]);
		expect(await names('ada a')).toEqual([expect.stringMatching(ada)]);
		expect(await names(second)).toEqual([expect.stringMatching(ben)]);
		expect(await names('', { contactId: byId(1) })).toEqual([expect.stringMatching(ada)]);
	});

	it('shows the cards of its contact in the editor', async () => {
		card('31');
		const parameters = subscription('update', { subscriptionId: byId(add()) });
		const { results } = await keap().engine.listSearch({ parameters }, 'searchCards');
		expect(results).toEqual([{ name: 'Visa ending in 1131 (03/2030)', value: '31' }]);
	});
});
