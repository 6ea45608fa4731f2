import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { byId, errorsOf, errorText, itemsOf, keapForEachTest, on, onlyBody, times, writes } from './helpers';

const order = on('order');
const ORDERS = '/crm/rest/v2/orders';
const CREATE = `POST ${ORDERS}`;
const RETRIES: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const GO_ON: Partial<INode> = { onError: 'continueRegularOutput' };

const rye = (more: INodeParameters = {}): INodeParameters => ({ productId: byId(1), quantity: 2, ...more });
const entries = (...all: INodeParameters[]): INodeParameters => ({ entries: all });
/** What n8n stores of a collection that has one entry at most. */
const only = (entry: INodeParameters): INodeParameters => ({ entries: entry });
const POST: INodeParameters = { itemType: 'SHIPPING', name: 'By post', quantity: 1, pricePerUnit: '4.99' };
const PLAN: INodeParameters = {
	planStartDate: '2094-02-01',
	numberOfPayments: '3',
	daysBetweenPayments: '30',
	initialPaymentAmount: '5.50',
};

const create = (more: INodeParameters = {}): INodeParameters =>
	order('create', {
		contactId: byId(1),
		orderTitle: 'Bread',
		orderTime: '2026-01-05T10:00:00Z',
		orderItems: entries(rye(), POST),
		output: 'simplified',
		...more,
	});

describe('an order', () => {
	const keap = keapForEachTest();
	const store = () => keap().sandbox.state.collection(ORDERS);
	const items = () => keap().sandbox.state.collection('/crm/rest/v2/orderItems');
	const add = (more: object = {}): string =>
		store().add({ contact_id: '1', order_title: 'Bread', order_time: '2026-01-05T10:00:00Z', order_type: 'ONLINE', ...more }).id;
	const addItem = (order_id: string, more: object = {}): string =>
		items().add({ order_id, item_type: 'PRODUCT', product_id: '1', quantity: 2, price_per_unit: 450, name: 'Rye bread', ...more }).id;

	it('is made in one call with its items, promo codes and address; its amounts come back as people write them', async () => {
		const [made] = await keap().output(
			create({
				promoCodes: 'RYE, FREESHIP',
				shippingAddress: only({ firstName: 'Ada', lastName: 'Adams', line1: '1 Main Street', zipCode: '85001', countryCode: 'US' }),
				additionalFields: { notes: 'Ring twice', invoiceTitle: 'Your bread', dueTime: '2026-02-01T00:00:00Z' },
			}),
		);
		expect(onlyBody(keap())).toEqual({
			contact_id: '1',
			order_title: 'Bread',
			title: 'Your bread',
			order_time: '2026-01-05T10:00:00.000Z',
			order_type: 'ONLINE',
			order_items: [
				{ item_type: 'PRODUCT', product_id: '1', quantity: 2 },
				{ item_type: 'SHIPPING', name: 'By post', quantity: 1, price_per_unit: 4.99 },
			],
			promo_codes: ['RYE', 'FREESHIP'],
			shipping_address: { first_name: 'Ada', last_name: 'Adams', line1: '1 Main Street', zip_code: '85001', country_code: 'USA' },
			notes: 'Ring twice',
			due_time: '2026-02-01T00:00:00.000Z',
		});
		expect(made).toMatchObject({
			title: 'Bread',
			contact_id: '1',
			contact_name: 'Ada Adams',
			currency_code: 'USD',
			total: 13.99,
			total_due: 13.99,
			order_items: [
				{ name: 'Rye bread', product_id: '1', quantity: 2, price_per_unit: 4.5 },
				{ name: 'By post', item_type: 'SHIPPING', price_per_unit: 4.99, product_id: null },
			],
			shipping_address: { first_name: 'Ada', line1: '1 Main Street', zip_code: '85001' },
		});
		const [whole] = await keap().output(create({ output: 'raw' }));
		expect(whole).toMatchObject({ total: { amount: 1399, currency_code: 'USD' } });
	});

	it('takes any number of items from an expression, by the names of the form or those of Keap', async () => {
		const json: INodeParameters = { specifyItems: 'json', orderItems: {}, orderItemsJson: '={{ $json.items }}' };
		const items = [
			{ productId: 1, quantity: 2, pricePerUnit: 4.25 },
			{ product_id: '2', quantity: '1' },
			{ item_type: 'SHIPPING', name: 'By post', quantity: 1, price_per_unit: '4.99' },
		];
		const [made] = await keap().output(create(json), [{ items }]);
		expect(onlyBody(keap()).order_items).toEqual([
			{ product_id: '1', quantity: 2, price_per_unit: 4.25 },
			{ product_id: '2', quantity: 1 },
			{ item_type: 'SHIPPING', name: 'By post', quantity: 1, price_per_unit: 4.99 },
		]);
		expect(made).toMatchObject({ total: 18.74 });
		const refused = async (given: unknown): Promise<string> =>
			errorText(await keap().run(create(json), [{ items: given as IDataObject[] }]));
		expect(await refused([])).toMatch(/^Items \(JSON\) is empty/);
		expect(await refused([{ productId: 1, quantity: 2, price: 4 }])).toMatch(
			/^Items \(JSON\) has a name in item 1 .*"price".*pricePerUnit/s,
		);
		expect(await refused([{ productId: 1, quantity: 1 }, { quantity: 1 }])).toMatch(/^Item 2 > Product is needed/);
		expect(await refused([{ productId: 1, quantity: 0 }])).toMatch(/^Item 1 > Quantity must be 1 or more/);
		expect(writes(keap())).toHaveLength(1);
	});

	it('is made now unless something else is said, and takes custom fields by their labels', async () => {
		keap().sandbox.state.collection(`${ORDERS}/model/customFields`).add({ id: '71', label: 'Baker', field_type: 'TEXT', group_id: '1' });
		const [made] = await keap().output(
			order('create', {
				contactId: byId(1),
				orderTitle: 'Bread',
				orderItems: entries(rye()),
				setCustomFields: true,
				customFields: { mappingMode: 'defineBelow', value: { '71': 'Ida' } },
			}),
		);
		const body = onlyBody(keap());
		expect(Math.abs(Date.now() - Date.parse(String(body.order_time)))).toBeLessThan(60_000);
		expect(body.custom_fields).toEqual([{ id: '71', content: 'Ida' }]);
		expect(made).toMatchObject({ custom_fields: { Baker: 'Ida' } });
	});

	it('gets its payment plan by a second call, and comes back with it', async () => {
		const [made] = await keap().output(create({ paymentPlan: only(PLAN) }));
		expect(
			keap()
				.newCalls()
				.filter((call) => !call.startsWith('GET')),
		).toEqual([CREATE, `PATCH ${ORDERS}/${String(made?.id)}`]);
		expect(writes(keap())[0]?.body).not.toHaveProperty('payment_plan');
		expect(writes(keap())[1]).toMatchObject({
			query: { update_mask: 'payment_plan' },
			body: {
				payment_plan: {
					plan_start_date: '2094-02-01',
					number_of_payments: 3,
					days_between_payments: 30,
					initial_payment_amount: 5.5,
					auto_charge: false,
				},
			},
		});
		expect(made).toMatchObject({ title: 'Bread', payment_plan: { number_of_payments: 3, initial_payment_amount: 5.5 } });
	});

	describe('whose plan fails', () => {
		const refusePlans = (more: object = {}) =>
			keap().sandbox.fault({ method: 'PATCH', times: 10, ...more }, { kind: 'status', status: 403 });

		it.each([
			['without a retry', {}, 1],
			['under Retry On Fail', RETRIES, 3],
		])('says which order lacks it, and is made once: %s', async (_how, extra, tries) => {
			refusePlans();
			const result = await keap().run(create({ paymentPlan: only(PLAN) }), [{}], extra);
			const [id] = store().keys();
			expect(errorText(result)).toMatch(`Order ${id} is in Keap, but its payment plan was not set:`);
			expect(errorText(result)).toMatch(/Do not create the order again\. Give order \d+ its plan with Set Payment Plan/);
			expect(store().size).toBe(1);
			expect(
				keap()
					.newCalls()
					.filter((call) => !call.startsWith('GET')),
			).toEqual([CREATE, ...times(tries, `PATCH ${ORDERS}/${id}`)]);
		});

		it('is mended by Retry On Fail with the plan alone', async () => {
			refusePlans({ times: 1 });
			const [made] = await keap().output(create({ paymentPlan: only(PLAN) }), [{}], RETRIES);
			expect(made).toMatchObject({ total: 13.99, payment_plan: { number_of_payments: 3 } });
			expect(store().size).toBe(1);
		});

		it('is not tried again where nobody knows whether the plan is set', async () => {
			keap().sandbox.fault({ method: 'PATCH' }, { kind: 'resetAfter' });
			const result = await keap().run(create({ paymentPlan: only(PLAN) }), [{}], RETRIES);
			expect(errorText(result)).toMatch(/its payment plan may not be set: .*Look at it in Keap first/s);
			expect(
				keap()
					.newCalls()
					.filter((call) => call.startsWith('P')),
			).toHaveLength(2);
		});

		it('takes no other order with it', async () => {
			refusePlans({ times: 1 });
			const output = await keap().output(create({ paymentPlan: only(PLAN) }), [{}, {}, {}], GO_ON);
			expect(errorsOf(output).filter((error) => error !== undefined)).toHaveLength(1);
			expect(output.filter(({ payment_plan: plan }) => plan !== undefined)).toHaveLength(2);
			expect(store().size).toBe(3);
		});

		it('gets its plan although another item stops the node', async () => {
			const wanted = create({ contactId: byId('={{ $json.contact }}'), paymentPlan: only(PLAN) });
			const result = await keap().run(wanted, [{ contact: 1 }, { contact: 404 }]);
			expect(result.status).toBe('error');
			expect(store().rows.map(({ payment_plan: plan }) => plan !== undefined)).toEqual([true]);
		});
	});

	it('is never sent again where Keap may have made it, and never doubled by Retry On Fail', async () => {
		keap().sandbox.fault({ method: 'POST' }, { kind: 'resetAfter' });
		const result = await keap().run(create(), [{}], RETRIES);
		expect(errorText(result)).toMatch(/not sent again|Do not run this item again/);
		expect(store().size).toBe(1);
		keap().sandbox.reset();
		const bad = create({ contactId: byId('={{ $json.contact }}') });
		await keap().run(bad, [{ contact: 1 }, { contact: 404 }, { contact: 2 }], { ...RETRIES, ...GO_ON });
		expect(
			store()
				.rows.map(({ contact_id: contact }) => contact)
				.sort(),
		).toEqual(['1', '2']);
	});

	it('like another one is another one', async () => {
		const output = await keap().output(create(), [{}, {}]);
		expect(new Set(output.map(({ id }) => id)).size).toBe(2);
		expect(store().size).toBe(2);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['no items', { orderItems: {} }, /^Items is empty/],
		['a quantity of 0', { orderItems: entries(rye({ quantity: 0 })) }, /^Item 1 > Quantity must be 1 or more, not 0/],
		['a quantity of -1', { orderItems: entries(rye(), rye({ quantity: -1 })) }, /^Item 2 > Quantity must be 1 or more, not -1/],
		['a quantity of 1.5', { orderItems: entries(rye({ quantity: 1.5 })) }, /^Item 1 > Quantity must be a whole number/],
		['a quantity that is empty', { orderItems: entries(rye({ quantity: '={{ $json.missing }}' })) }, /^Item 1 > Quantity is empty/],
		['no product', { orderItems: entries({ quantity: 1 }) }, /^Item 1 > Product is needed/],
		[
			'a subscription without a plan',
			{ orderItems: entries(rye({ itemType: 'SUBSCRIPTION' })) },
			/^Item 1 > Subscription Plan is needed.*Choose one of the plans/s,
		],
		[
			'a fee without a price',
			{ orderItems: entries({ itemType: 'FEE', name: 'Wrapping', quantity: 1 }) },
			/^Item 1 > Unit Price is needed/,
		],
		['a price with a comma', { orderItems: entries(rye({ pricePerUnit: '1.000,00' })) }, /^Item 1 > Unit Price has thousands separators/],
		['a price with three decimals', { orderItems: entries(rye({ pricePerUnit: '4.505' })) }, /more decimals than USD has: 4.505/],
		['a cost below 0', { orderItems: entries(rye({ costPerUnit: '-1' })) }, /^Item 1 > Unit Cost must be 0 or more/],
		['no title', { orderTitle: ' ' }, /^Title is empty/],
		['no contact', { contactId: byId('={{ $json.missing }}') }, /^Contact is empty/],
		['a time that is none', { orderTime: 'tomorrow' }, /^Order Time is not a date/],
		['a country that is none', { shippingAddress: only({ countryCode: 'Atlantis' }) }, /Country Code is not a country/],
		[
			'a plan without a start',
			{ paymentPlan: only({ ...PLAN, planStartDate: '={{ $json.missing }}' }) },
			/^Payment Plan > Start Date is needed/,
		],
		['a plan of no payments', { paymentPlan: only({ ...PLAN, numberOfPayments: '0' }) }, /Payment Plan > Number of Payments must be 1/],
		[
			'a plan with a first payment below 0',
			{ paymentPlan: only({ ...PLAN, initialPaymentAmount: '-5' }) },
			/Initial Payment Amount must be 0 or more/,
		],
	])('with %s is refused, and no order is made', async (_what, parameters, message) => {
		await expect(keap().output(create(parameters))).rejects.toThrow(message);
		expect(writes(keap())).toEqual([]);
	});

	it('of a product that is gone, or of a plan of another product, is refused in the words of Keap', async () => {
		const gone = create({ orderItems: entries(rye({ productId: byId(99) })) });
		await expect(keap().output(gone)).rejects.toThrow(/product_id: 99 does not exist/);
		const alien = create({ orderItems: entries(rye({ itemType: 'SUBSCRIPTION', subscriptionPlanId: byId(1) })) });
		await expect(keap().output(alien)).rejects.toThrow(/subscription_plan_id: 1 is no plan of product 1/);
		expect(store().size).toBe(0);
	});

	it.each([
		['JPY', '450', 450, 450],
		['KWD', '4.505', 4.505, 4.505],
	])('is in the currency of the account: %s', async (currency, price, sent, shown) => {
		keap().sandbox.state.businessProfile.currency_code = currency;
		const [made] = await keap().output(create({ orderItems: entries({ ...POST, pricePerUnit: price }) }));
		expect(onlyBody(keap()).order_items).toEqual([expect.objectContaining({ price_per_unit: sent })]);
		expect(made).toMatchObject({ total: shown, currency_code: currency });
	});

	it('is read 100 in a call; an unknown one fails alone', async () => {
		const ids = itemsOf(1_000, () => ({ id: add() }));
		const output = await keap().output(order('get', { orderId: byId('={{ $json.id }}'), output: 'simplified' }), ids);
		expect(output.map(({ id }) => id)).toEqual(ids.map(({ id }) => id));
		expect(keap().newCalls()).toEqual(times(10, `GET ${ORDERS}`));
		const mixed = await keap().output(order('get', { orderId: byId('={{ $json.id }}') }), [...ids.slice(0, 3), { id: '777777' }], GO_ON);
		expect(errorsOf(mixed)).toEqual([undefined, undefined, undefined, 'Keap has no order with the ID 777777']);
	});

	it('has the same keys in the same order wherever it comes from', async () => {
		const [made] = await keap().output(create());
		const [planned] = await keap().output(create({ paymentPlan: only(PLAN) }));
		const one = { orderId: byId(String(made?.id)) };
		const [got] = await keap().output(order('get', one));
		const [listed] = await keap().output(order('getAll', { limit: 1 }));
		const [updated] = await keap().output(order('update', { ...one, updateFields: { notes: 'Ring twice' } }));
		const [taxed] = await keap().output(order('applyTax', one));
		for (const other of [planned, got, listed, updated, taxed]) expect(Object.keys(other ?? {})).toEqual(Object.keys(made ?? {}));
		expect(got).toEqual(listed);
	});

	it('is found by everything that Keap can find it by', async () => {
		const [first, second] = [add({ order_title: 'Bread' }), add({ order_title: 'Cake', contact_id: '2' })];
		addItem(second, { product_id: '2' });
		const found = async (filters: INodeParameters) =>
			(await keap().output(order('getAll', { returnAll: true, filters }))).map(({ id }) => id);
		expect(await found({ title: 'Br*' })).toEqual([first]);
		expect(await found({ contactId: byId(2) })).toEqual([second]);
		expect(await found({ productId: byId(2) })).toEqual([second]);
		expect(await found({ ids: `${first},${second}` })).toEqual([first, second]);
		expect(await found({ paid: false })).toEqual([first, second]);
		const newest = await keap().output(order('getAll', { limit: 1, options: { orderBy: 'id desc' } }));
		expect(newest).toMatchObject([{ id: second }]);
	});

	describe('that is updated', () => {
		const update = (id: string, updateFields: INodeParameters, more: INodeParameters = {}): INodeParameters =>
			order('update', { orderId: byId(id), updateFields, ...more });
		const patched = () => writes(keap()).map(({ body, query }) => [query.update_mask?.split(',').sort(), body]);

		it('is written only where something was given; its items are never in the mask', async () => {
			const id = add();
			addItem(id);
			const [after] = await keap().output(update(id, { orderTitle: 'Loaves', dueTime: '2026-03-01T00:00:00Z', fieldsToClear: ['notes'] }));
			expect(patched()).toEqual([[['due_time', 'notes', 'order_title'], { order_title: 'Loaves', due_time: '2026-03-01T00:00:00.000Z' }]]);
			expect(after).toMatchObject({ title: 'Loaves', order_items: [{ name: 'Rye bread' }] });
			const offered = keap().engine.nodeDescription('n8n-nodes-keap.keapCommerce', 1).properties;
			expect(JSON.stringify(offered.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes('update')))).not.toContain(
				'order_items',
			);
		});

		it('keeps of its address what is not given, part by part; another place takes all of the old one away', async () => {
			const shipping_address = {
				first_name: 'Ada',
				line1: '1 Main Street',
				line2: 'Flat 2',
				locality: 'Mesa',
				zip_code: '85001',
				phone: '1',
			};
			const id = add({ shipping_address });
			await keap().output(update(id, {}, { shippingAddress: only({ phone: '+1 480 555 0100' }) }));
			await keap().output(update(id, {}, { shippingAddress: only({ line1: '2 Mill Lane', zipCode: '85002' }) }));
			expect(patched().map(([, body]) => body)).toEqual([
				{ shipping_address: { ...shipping_address, phone: '+1 480 555 0100', is_invoice_to_company: false } },
				{
					shipping_address: {
						first_name: 'Ada',
						phone: '+1 480 555 0100',
						is_invoice_to_company: false,
						line1: '2 Mill Lane',
						zip_code: '85002',
					},
				},
			]);
		});

		it('keeps of its payment plan what is not given, with the amount in the unit that is wanted back', async () => {
			const known = { plan_start_date: '2026-02-01', number_of_payments: 3, days_between_payments: 30, initial_payment_amount: 550 };
			const id = add({ payment_plan: { ...known, auto_charge: true } });
			const [after] = await keap().output(update(id, {}, { paymentPlan: only({ numberOfPayments: '4' }) }));
			expect(patched()).toEqual([
				[['payment_plan'], { payment_plan: { ...known, auto_charge: true, number_of_payments: 4, initial_payment_amount: 5.5 } }],
			]);
			expect(after).toMatchObject({ payment_plan: { number_of_payments: 4, initial_payment_amount: 5.5, auto_charge: true } });
			const bare = add();
			await expect(keap().output(update(bare, {}, { paymentPlan: only({ numberOfPayments: '4' }) }))).rejects.toThrow(
				new RegExp(`Payment Plan > Start Date is needed.*Order ${bare} has no payment plan yet`, 's'),
			);
		});

		it('twice in one run builds on what the first one wrote', async () => {
			const id = add({ shipping_address: { first_name: 'Ada', line1: '1 Main Street' } });
			const given = update(id, {}, { shippingAddress: only({ phone: '={{ $json.phone }}', company: '={{ $json.company }}' }) });
			await keap().output(given, [{ phone: '1' }, { company: 'Bakery' }]);
			expect(writes(keap())[1]?.body).toMatchObject({
				shipping_address: { first_name: 'Ada', line1: '1 Main Street', phone: '1', company: 'Bakery' },
			});
			expect(
				keap()
					.newCalls()
					.filter((call) => call.startsWith('GET')),
			).toHaveLength(1);
		});

		it('keeps the other custom fields', async () => {
			const model = keap().sandbox.state.collection(`${ORDERS}/model/customFields`);
			for (const id of ['71', '72']) model.add({ id, label: `Field ${id}`, field_type: 'TEXT', group_id: '1' });
			const id = add({
				custom_fields: [
					{ id: '71', content: 'old' },
					{ id: '72', content: 'kept' },
				],
			});
			await keap().output(
				update(id, {}, { setCustomFields: true, customFields: { mappingMode: 'defineBelow', value: { 'Field 71': 'new' } } }),
			);
			expect(patched()).toEqual([
				[
					['custom_fields'],
					{
						custom_fields: [
							{ id: '72', content: 'kept' },
							{ id: '71', content: 'new' },
						],
					},
				],
			]);
		});

		it('gives its affiliates the credit, and takes it away again', async () => {
			const partner = keap().sandbox.state.collection('/crm/rest/v2/affiliates').add({ name: 'Ben', contact_id: '2' }).id;
			const affiliates = only({ leadAffiliateId: byId(partner), salesAffiliateId: byId(partner) });
			const [made] = await keap().output(create({ affiliates }));
			expect(onlyBody(keap())).toMatchObject({ lead_affiliate_id: partner, sales_affiliate_id: partner });
			const id = String(made?.id);
			await keap().output(update(id, { fieldsToClear: ['lead_affiliate_id'] }, { affiliates: only({ salesAffiliateId: byId(partner) }) }));
			expect(patched()[1]).toEqual([['lead_affiliate_id', 'sales_affiliate_id'], { sales_affiliate_id: partner }]);
		});

		it('loses its plan or its address only where that is asked for', async () => {
			const id = add({ payment_plan: { plan_start_date: '2026-02-01', number_of_payments: 3, days_between_payments: 30 } });
			const [after] = await keap().output(update(id, { fieldsToClear: ['payment_plan'] }));
			expect(patched()).toEqual([[['payment_plan'], {}]]);
			expect(after).not.toMatchObject({ payment_plan: { number_of_payments: 3 } });
		});

		it('with nothing to change costs no call', async () => {
			await expect(keap().output(update(add(), {}))).rejects.toThrow(/No field to update is given/);
			expect(keap().newCalls()).toEqual([]);
		});
	});

	it('gets and loses files, taxes and a plan, and goes, unless it is paid', async () => {
		const id = add();
		addItem(id);
		keap().sandbox.state.collection('/crm/rest/v2/files').add({ id: '6001', file_name: 'cake.png' });
		const [attached] = await keap().output(order('attachFile', { orderId: byId(id), fileId: byId(6001) }));
		expect(attached).toMatchObject({ files: [{ file_id: '6001' }], total: 9 });
		expect(await keap().output(order('detachFile', { orderId: byId(id), fileId: byId(6001) }))).toMatchObject([{ files: [] }]);
		expect(await keap().output(order('applyTax', { orderId: byId(id) }))).toMatchObject([{ id, total: 9 }]);
		const plan = { planStartDate: '2026-02-01', numberOfPayments: 3, daysBetweenPayments: 14 };
		const options = { initialPaymentAmount: '2.50', creditCardId: byId(31), merchantAccountId: '11', useDefault: false };
		const [planned] = await keap().output(order('setPaymentPlan', { orderId: byId(id), ...plan, additionalFields: options }));
		expect(writes(keap()).at(-1)?.body).toEqual({
			plan_start_date: '2026-02-01',
			number_of_payments: 3,
			days_between_payments: 14,
			auto_charge: false,
			initial_payment_amount: 2.5,
			credit_card_id: 31,
			payment_gateway: { merchant_account_id: 11, use_default: false },
		});
		expect(planned).toMatchObject({ number_of_payments: 3, initial_payment_amount: 2.5 });
		keap().sandbox.state.collection('/crm/rest/v2/sales/transactions').add({ id: '9', order_id: id });
		await expect(keap().output(order('delete', { orderId: byId(id) }))).rejects.toThrow(/has transactions and can't be deleted/);
		keap().sandbox.state.collection('/crm/rest/v2/sales/transactions').delete('9');
		expect(await keap().output(order('delete', { orderId: byId(id) }))).toEqual([{ deleted: true }]);
	});

	it('is found in the editor by its title or its number, the newest first', async () => {
		const [first, second] = [add({ order_title: 'Bread' }), add({ order_title: 'Brioche', order_time: '2026-01-06T10:00:00Z' })];
		const names = async (typed?: string) =>
			(await keap().engine.listSearch({ parameters: order('get') }, 'searchOrders', typed)).results.map(({ name }) => name);
		expect(await names()).toEqual([`Ada Adams: Brioche (#${second})`, `Ada Adams: Bread (#${first})`]);
		expect(await names('Bri')).toEqual([`Ada Adams: Brioche (#${second})`]);
		expect(await names(first)).toEqual([`Ada Adams: Bread (#${first})`]);
	});
});

describe('an order item', () => {
	const keap = keapForEachTest();
	const item = on('orderItem');
	const made = async (): Promise<IDataObject & { order_items: IDataObject[] }> =>
		(await keap().output(create()))[0] as IDataObject & { order_items: IDataObject[] };

	it('is added, read, changed and removed, with amounts as people write them', async () => {
		const { id } = await made();
		const of = { orderId: byId(String(id)) };
		const [added] = await keap().output(
			item('create', { ...of, itemType: 'FEE', quantity: 1, pricePerUnit: '2.25', additionalFields: { name: 'Wrapping' } }),
		);
		expect(writes(keap()).at(-1)?.body).toEqual({ item_type: 'FEE', quantity: 1, price_per_unit: 2.25, name: 'Wrapping' });
		expect(added).toMatchObject({ name: 'Wrapping', price_per_unit: 2.25, currency_code: 'USD' });
		const one = { ...of, orderItemId: byId(String(added?.id)) };
		await keap().output(item('update', { ...one, updateFields: { quantity: 3, pricePerUnit: '2.50', fieldsToClear: ['notes'] } }));
		expect(writes(keap()).at(-1)).toMatchObject({ body: { quantity: 3, price_per_unit: 2.5 } });
		expect(writes(keap()).at(-1)?.query.update_mask?.split(',').sort()).toEqual(['notes', 'price_per_unit', 'quantity']);
		expect(await keap().output(item('get', one))).toMatchObject([{ quantity: 3, price_per_unit: 2.5 }]);
		expect(await keap().output(on('order')('get', of))).toMatchObject([{ total: 21.49 }]);
		expect(await keap().output(item('delete', one))).toEqual([{ deleted: true }]);
	});

	it('of a subscription names one of the plans of its product', async () => {
		const { id } = await made();
		const plan = { itemType: 'SUBSCRIPTION', productId: byId(4), subscriptionPlanId: byId(1), quantity: 1 };
		const [added] = await keap().output(item('create', { orderId: byId(String(id)), ...plan }));
		expect(added).toMatchObject({ item_type: 'SUBSCRIPTION', product_id: '4', subscription_plan_id: '1' });
	});

	it('is found in the editor among those of its order', async () => {
		const { id, order_items: items } = await made();
		const { results } = await keap().engine.listSearch({ parameters: item('get', { orderId: byId(String(id)) }) }, 'searchOrderItems');
		expect(results).toEqual(items.map(({ id: of, name, quantity }) => ({ name: `${String(quantity)} × ${String(name)}`, value: of })));
		expect((await keap().engine.listSearch({ parameters: item('get') }, 'searchOrderItems')).results).toEqual([]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['no product', { quantity: 1 }, /^Product is needed/],
		['no plan', { itemType: 'SUBSCRIPTION', productId: byId(4), quantity: 1 }, /^Subscription Plan is needed/],
		['no price', { itemType: 'FEE', quantity: 1 }, /^Unit Price is needed/],
		['a quantity of 0', { productId: byId(1), quantity: 0 }, /^Quantity must be 1 or more/],
	])('is refused with %s before a call is spent', async (_what, parameters, message) => {
		await expect(keap().output(item('create', { orderId: byId(1), ...parameters }))).rejects.toThrow(message);
		expect(keap().newCalls()).toEqual([]);
	});

	describe('with a commission', () => {
		const affiliate = () => keap().sandbox.state.collection('/crm/rest/v2/affiliates').add({ name: 'Ben', contact_id: '2' }).id;
		const apply = (id: unknown, one: unknown, more: INodeParameters): INodeParameters =>
			item('applyCommission', { orderId: byId(String(id)), orderItemId: byId(String(one)), payoutType: 'UPFRONT', ...more });

		it('is reckoned by a percentage or an amount, never both', async () => {
			const { id, order_items: items } = await made();
			const to = { affiliateId: byId(affiliate()) };
			const one = items[0]?.id;
			await keap().output(apply(id, one, { ...to, commissionBy: 'percent', payPercent: '15' }));
			const byExpression = { ...to, commissionBy: '={{ "amount" }}', payPercent: '15', commissionAmount: '1.50' };
			await keap().output(apply(id, one, byExpression));
			const [first, second] = writes(keap()).slice(-2);
			expect(first?.body).toEqual({ affiliate_id: to.affiliateId.value, pay_percent: 15, payout_type: 'UPFRONT' });
			expect(second?.body).toEqual({ affiliate_id: to.affiliateId.value, commission_amount: 1.5, payout_type: 'UPFRONT' });
			const earned = keap().sandbox.state.collection('/crm/rest/v2/affiliateCommissions').rows;
			expect(earned.map(({ amount }) => amount)).toEqual([135, 150]);
		});

		it.each<[string, INodeParameters, RegExp]>([
			['no percentage', { commissionBy: 'percent' }, /^Percent is needed/],
			['101 percent', { commissionBy: 'percent', payPercent: '101' }, /^Percent must be 100 or less/],
			['an amount of 0', { commissionBy: 'amount', commissionAmount: '0' }, /^Commission Amount must be more than 0/],
			['no affiliate', { commissionBy: 'percent', payPercent: '5', affiliateId: byId('={{ $json.missing }}') }, /^Affiliate is empty/],
		])('is refused with %s before a call is spent', async (_what, parameters, message) => {
			await expect(keap().output(apply('1', '1', { affiliateId: byId(1), ...parameters }))).rejects.toThrow(message);
			expect(keap().newCalls()).toEqual([]);
		});
	});
});
