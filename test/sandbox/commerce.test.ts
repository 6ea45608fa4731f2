import { filter } from './client';
import { bench } from './support';

const keap = bench();

const ORDER = { contact_id: '1', order_title: 'Bread', order_time: '2026-01-01T00:00:00Z', order_type: 'ONLINE' };
const RYE = { product_id: '1', quantity: 2 };
const POST = { item_type: 'SHIPPING', name: 'By post', quantity: 1, price_per_unit: 4.99 };

type Order = { id: string; total: { amount: number }; total_due: { amount: number }; order_items: Array<{ id: string }> };

const order = async (more: object = {}) =>
	(await keap.ok('POST', '/orders', { ...ORDER, order_items: [RYE, POST], ...more })) as unknown as Order;
const card = (contact = '1', id = '31') =>
	keap.sandbox.state.collection(`/crm/rest/v2/contacts/${contact}/paymentMethods`).add({
		id,
		contact_id: contact,
		payment_method_type: 'CARD',
		created_time: '2026-01-01T00:00:00Z',
		card_info: { brand: 'Visa', last_four: '1111', expiration_month: '03', expiration_year: '2030' },
	});
const pay = (amount: number, more: object = {}) => ({ payment_amount: amount, apply_to_commissions: true, ...more });

describe('an order', () => {
	test('adds up from its items, and again when they change', async () => {
		const { id, total, order_items: items } = await order();
		expect(total.amount).toBe(2 * 450 + 499);
		await keap.ok('PATCH', `/orders/${id}/items/${items[0]?.id}`, { quantity: 3 }, 200, 'update_mask=quantity');
		await keap.ok('POST', `/orders/${id}/items`, { item_type: 'DISCOUNT', name: 'Friend', quantity: 1, price_per_unit: -1.5 });
		await keap.ok('DELETE', `/orders/${id}/items/${items[1]?.id}`);
		expect(await keap.ok('GET', `/orders/${id}`)).toMatchObject({ total: { amount: 3 * 450 - 150 }, total_paid: { amount: 0 } });
	});

	test('takes all of its items or is not made', async () => {
		expect(await keap.refusal('POST', '/orders', { ...ORDER, order_items: [RYE, { product_id: '99', quantity: 1 }] })).toMatch(
			/^400 product_id: 99/,
		);
		expect(await keap.ok('GET', '/orders')).toMatchObject({ orders: [] });
	});

	test('goes in with a flat address and comes out with a nested one, without the middle name', async () => {
		const shipping_address = {
			first_name: 'Ada',
			middle_name: 'K',
			last_name: 'Adams',
			line1: '1 Main Street',
			region: 'Arizona',
			zip_code: '85001',
			country_code: 'USA',
		};
		expect(await order({ shipping_address, promo_codes: ['RYE'] })).toMatchObject({
			title: 'Bread',
			promo_code: 'RYE',
			contact: { id: '1', given_name: 'Ada' },
			shipping_information: {
				given_name: 'Ada',
				family_name: 'Adams',
				address: { region: 'Arizona', postal_code: '85001', country_code: 'USA' },
			},
		});
	});

	test('is found by what it holds', async () => {
		const first = await order();
		const second = await order({ contact_id: '2', order_title: 'Cake', order_items: [{ product_id: '2', quantity: 1 }] });
		const found = async (text: string) =>
			((await keap.ok('GET', '/orders', undefined, 200, filter(text))) as { orders: Order[] }).orders.map(({ id }) => id);
		expect(await found('product_id==2')).toEqual([second.id]);
		expect(await found(`ids==${first.id},${second.id}`)).toEqual([first.id, second.id]);
		expect(await found('title==Br*')).toEqual([first.id]);
		expect(await found('contact_id==2')).toEqual([second.id]);
		await keap.ok('POST', `/orders/${second.id}/payments`, pay(5.25, { payment_method_type: 'Cash' }));
		expect(await found('paid==true')).toEqual([second.id]);
		expect(await found('paid==false')).toEqual([first.id]);
	});

	test('has no payment plan when it is made; it comes by a change, or by version 1', async () => {
		const { id } = await order();
		const plan = { plan_start_date: '2026-02-01', number_of_payments: 3, days_between_payments: 30, initial_payment_amount: 5.5 };
		expect(await keap.refusal('POST', '/orders', { ...ORDER, payment_plan: plan })).toContain('payment_plan is not a known field');
		expect(await keap.refusal('PATCH', `/orders/${id}`, { payment_plan: { number_of_payments: 3 } }, 'update_mask=payment_plan')).toContain(
			'plan_start_date is required',
		);
		expect(await keap.ok('PATCH', `/orders/${id}`, { payment_plan: plan }, 200, 'update_mask=payment_plan')).toMatchObject({
			payment_plan: { number_of_payments: 3, initial_payment_amount: { amount: 550 } },
		});
		expect(
			await keap.ok('PUT', `/crm/rest/v1/orders/${id}/paymentPlan`, { ...plan, initial_payment_amount: 7.25, credit_card_id: 31 }),
		).toMatchObject({
			initial_payment_amount: 7.25,
		});
		expect(await keap.ok('GET', `/orders/${id}`)).toMatchObject({ payment_plan: { initial_payment_amount: { amount: 725 } } });
	});

	test('keeps files that are there', async () => {
		const { id } = await order();
		keap.sandbox.state.collection('/crm/rest/v2/files').add({ id: '6001', file_name: 'cake.png' });
		expect(await keap.refusal('POST', `/orders/${id}:attachFile`, { file_id: '1' })).toMatch(/^400 file_id: 1/);
		expect(await keap.ok('POST', `/orders/${id}:attachFile`, { file_id: '6001' })).toMatchObject({ files: [{ file_id: '6001' }] });
		expect(await keap.ok('POST', `/orders/${id}:detachFile`, { file_id: '6001' })).toMatchObject({ files: [] });
		expect(await keap.refusal('POST', `/orders/${id}:detachFile`, { file_id: '6001' })).toMatch(/^400/);
	});

	test('counts in the currency of the account', async () => {
		keap.sandbox.state.businessProfile.currency_code = 'JPY';
		expect(await keap.refusal('POST', '/orders', { ...ORDER, order_items: [{ ...POST, price_per_unit: 4.5 }] })).toContain(
			'more decimals than JPY',
		);
		expect(await order({ order_items: [{ ...POST, price_per_unit: 450 }] })).toMatchObject({
			total: { amount: 450, currency_code: 'JPY' },
		});
		keap.sandbox.state.businessProfile.currency_code = 'KWD';
		expect(await order({ order_items: [{ ...POST, price_per_unit: 4.505 }] })).toMatchObject({
			total: { amount: 4505, currency_code: 'KWD' },
		});
	});
});

describe('a payment', () => {
	test('that is recorded lessens what is due, and keeps the order from being deleted', async () => {
		const { id } = await order();
		expect(await keap.ok('POST', `/orders/${id}/payments`, pay(10, { payment_method_type: 'Check', notes: 'By post' }))).toMatchObject({
			payment_amount: 10,
		});
		expect(await keap.ok('GET', `/orders/${id}`)).toMatchObject({
			status: 'DRAFT',
			total_paid: { amount: 1000 },
			total_due: { amount: 399 },
		});
		expect(await keap.ok('GET', `/orders/${id}/payments`)).toMatchObject({
			invoice_order_payments: [{ amount: 10, pay_status: 'MANUAL_PAID', note: 'By post' }],
		});
		expect(await keap.ok('GET', '/sales/payments', undefined, 200, filter(`order_ids==${id}`))).toMatchObject({
			payments: [{ amount: 10, order_ids: [id] }],
		});
		expect(await keap.refusal('DELETE', `/orders/${id}`)).toMatch(/^400 .*has transactions/);
		await keap.ok('POST', `/orders/${id}/payments`, pay(3.99, { payment_method_type: 'Cash' }));
		expect(await keap.ok('GET', `/orders/${id}`)).toMatchObject({ status: 'PAID', total_due: { amount: 0 } });
	});

	test.each([
		[pay(10), 'payment_method_type is required'],
		[pay(10, { payment_method_type: 'Bitcoin' }), 'payment_method_type must be one of Cash,'],
		[pay(14, { payment_method_type: 'Cash' }), 'is more than the balance of 13.99'],
		[pay(0, { payment_method_id: '31' }), 'payment_amount must be more than 0'],
		[pay(1, { payment_method_id: '99' }), 'payment_method_id: 99 is no card'],
		[pay(1.005, { payment_method_type: 'Cash' }), 'more decimals than USD'],
		[{ payment_amount: 1, payment_method_type: 'Cash' }, 'apply_to_commissions is required'],
	])('%j is refused', async (body, says) => {
		card();
		const { id } = await order();
		expect(await keap.refusal('POST', `/orders/${id}/payments`, body)).toContain(says);
		expect(await keap.ok('GET', `/orders/${id}`)).toMatchObject({ total_paid: { amount: 0 } });
	});

	test('charges the card where one is named, whatever else is', async () => {
		card();
		const { id } = await order();
		const made = await keap.ok('POST', `/orders/${id}/payments`, pay(13.99, { payment_method_id: '31', payment_method_type: 'Cash' }));
		expect(made).toMatchObject({ payment_status_message: 'APPROVED', payment_amount: 13.99 });
		expect(await keap.ok('GET', `/crm/rest/v1/transactions/${String(made.transaction_id)}`)).toMatchObject({
			amount: 13.99,
			status: 'APPROVED',
			currency: 'USD',
		});
	});

	test('that is declined is answered with 201, pays nothing, and stands among the transactions alone', async () => {
		card();
		keap.sandbox.state.commerce.chargeVerdicts.push('DECLINED');
		const { id } = await order();
		expect(await keap.ok('POST', `/orders/${id}/payments`, pay(13.99, { payment_method_id: '31' }))).toMatchObject({
			payment_status_message: 'DECLINED',
		});
		expect(await keap.ok('GET', `/orders/${id}`)).toMatchObject({ total_paid: { amount: 0 } });
		expect(await keap.ok('GET', `/orders/${id}/payments`)).toMatchObject({ invoice_order_payments: [] });
		const { transactions } = (await keap.ok('GET', '/sales/transactions', undefined, 200, filter('is_successful==false'))) as {
			transactions: object[];
		};
		expect(transactions).toMatchObject([{ amount: 13.99, status: 'FAILED', order_ids: [id] }]);
		expect(transactions[0]).not.toHaveProperty('id');
		expect(await keap.ok('POST', `/orders/${id}/payments`, pay(13.99, { payment_method_id: '31' }))).toMatchObject({
			payment_status_message: 'APPROVED',
		});
	});

	test('is found by its amount in the major unit, and by its time', async () => {
		const { id } = await order();
		for (const [amount, payment_time] of [
			[5, '2026-01-01T00:00:00Z'],
			[8.5, '2026-02-01T00:00:00Z'],
		] as const)
			await keap.ok('POST', `/orders/${id}/payments`, pay(amount, { payment_method_type: 'Cash', payment_time }));
		const amounts = async (text: string) =>
			((await keap.ok('GET', '/sales/payments', undefined, 200, filter(text))) as { payments: Array<{ amount: number }> }).payments.map(
				({ amount }) => amount,
			);
		expect(await amounts('amount>=8.5')).toEqual([8.5]);
		expect(await amounts('until_time==2026-01-15T00:00:00Z')).toEqual([5]);
		expect(await amounts('since_time==2026-01-15T00:00:00Z')).toEqual([8.5]);
	});
});

describe('a subscription', () => {
	const today = () => new Date().toISOString().slice(0, 10);
	const subscribe = async (more: object = {}) =>
		await keap.ok('POST', '/subscriptions', { contact_id: '1', subscription_plan_id: '1', ...more });

	test('bills the card that was added last, from today, by default', async () => {
		card('1', '31');
		card('1', '32');
		expect(await subscribe()).toMatchObject({
			active: true,
			auto_charge: true,
			quantity: 1,
			start_date: today(),
			next_bill_date: today(),
			payment_method_id: '32',
			billing_amount: 12,
			billing_cycle: 'MONTH',
			product_id: '4',
		});
		expect(await subscribe({ auto_charge: false, billing_amount: 9.5 })).toMatchObject({ payment_method_id: '0', billing_amount: 9.5 });
	});

	test.each([
		[{ subscription_plan_id: '99' }, 'subscription_plan_id: 99 does not exist'],
		[{ quantity: 0 }, 'quantity must be'],
		[{ start_date: '2020-01-01' }, 'start_date must not be in the past'],
		[{ billing_amount: -1 }, 'billing_amount must be'],
		[{ payment_method_id: '99' }, '99 is no card of contact 1'],
		[{ sale_affiliate_id: '99' }, 'sale_affiliate_id: 99 does not exist'],
	])('%j is refused', async (more, says) =>
		expect(await keap.refusal('POST', '/subscriptions', { contact_id: '1', subscription_plan_id: '1', ...more })).toContain(says),
	);

	test('is not made twice unless that is wanted', async () => {
		await subscribe();
		expect(await keap.refusal('POST', '/subscriptions', { contact_id: '1', subscription_plan_id: '1' })).toMatch(/^409 .*identical/);
		await subscribe({ allow_duplicate: true });
	});

	test('is invoiced for every cycle that is due; the newest order alone is answered', async () => {
		const { id } = await subscribe();
		const store = keap.sandbox.state.collection('/crm/rest/v2/subscriptions');
		const start = new Date();
		start.setUTCDate(start.getUTCDate() - 70);
		store.set(String(id), { ...store.get(String(id)), id: String(id), next_bill_date: start.toISOString().slice(0, 10) });
		const newest = await keap.ok('POST', `/subscriptions/${String(id)}:invoice`);
		const { orders } = (await keap.ok('GET', '/orders')) as { orders: Order[] };
		expect(orders.length).toBe(3);
		expect(newest).toMatchObject({
			id: orders.at(-1)?.id,
			total: { amount: 1200 },
			order_items: [{ item_type: 'SUBSCRIPTION', subscription_id: id }],
		});
		// Nothing is due any more.
		expect(await keap.ok('POST', `/subscriptions/${String(id)}:invoice`)).toMatchObject({ id: newest.id });
		expect(((await keap.ok('GET', '/orders')) as { orders: Order[] }).orders.length).toBe(3);
		expect(String((await keap.ok('GET', `/subscriptions/${String(id)}`)).next_bill_date) > today()).toBe(true);
	});

	test('ends with a reason', async () => {
		const { id } = await subscribe();
		expect((await keap.send('POST', `/subscriptions/${String(id)}:deactivate`)).status).toBe(400);
		const reply = await keap.send('POST', `/subscriptions/${String(id)}:deactivate`, { reason: 'Moved away' });
		expect([reply.status, reply.text]).toEqual([200, '']);
		expect(await keap.ok('GET', `/subscriptions/${String(id)}`)).toMatchObject({ active: false, reason_stopped: 'Moved away' });
		expect(await keap.ok('GET', '/subscriptions', undefined, 200, filter('status==Inactive'))).toMatchObject({ subscriptions: [{ id }] });
		expect((await keap.send('DELETE', `/subscriptions/${String(id)}`)).status).toBe(405);
	});
});

describe('the catalogue', () => {
	test('stock moves by its own operation alone, and lists leave it out', async () => {
		expect(await keap.ok('POST', '/products/1:adjustInventory', { type: 'DECREASE', quantity: 4 })).toMatchObject({
			inventory: { inventory_count: 36 },
		});
		await order();
		expect(await keap.ok('GET', '/products/1')).toMatchObject({ inventory: { inventory_count: 36 } });
		expect(await keap.refusal('PATCH', '/products/1', { inventory_count: 1 }, 'update_mask=name')).toContain(
			'inventory_count is not a known field',
		);
		const { products } = (await keap.ok('GET', '/products')) as { products: Array<{ inventory: object }> };
		expect(products[0]?.inventory).toEqual({});
		expect(await keap.refusal('POST', '/products/1:adjustInventory', { type: 'INCREASE' })).toContain('quantity is required');
		expect(await keap.refusal('POST', '/products/1:adjustInventory', { type: 'INCREASE', quantity: 0 })).toContain(
			'quantity must be 1 or more',
		);
	});

	test('assigning products to a category takes out those that are not named', async () => {
		const assign = async (...product_ids: string[]) => await keap.ok('POST', '/productCategories/1:assignProducts', { product_ids }, 204);
		await assign('3');
		expect(await keap.ok('GET', '/productCategories/assignedProducts', undefined, 200, filter('product_category_ids==1'))).toMatchObject({
			assigned_product_categories: [{ product_category_id: '1', product_ids: ['3'] }],
		});
		expect(await keap.ok('GET', '/products/3')).toMatchObject({ categories: ['1'] });
		expect(await keap.refusal('POST', '/productCategories/1:assignProducts', { product_ids: ['99'] })).toContain('99 does not exist');
	});

	test('a category goes with those below it', async () => {
		await keap.ok('DELETE', '/productCategories/1');
		expect(await keap.ok('GET', '/productCategories')).toMatchObject({ product_categories: [] });
	});

	test('the items of an option come as a bare list, and the whole option is answered', async () => {
		const { id } = await keap.ok('POST', '/products/1/options', {
			option_type: 'LIST',
			option_label: 'Size',
			list_items: [{ item_label: 'Small' }],
		});
		const path = `/products/1/options/${String(id)}/listItems`;
		const added = (await keap.ok('POST', path, [{ item_label: 'Large', price_adjustment: 1.5 }])) as {
			list_items: Array<{ item_id: string }>;
		};
		expect(added.list_items).toMatchObject([{ item_label: 'Small' }, { item_label: 'Large', price_adjustment: 1.5 }]);
		const item = `${path}/${added.list_items[1]?.item_id}`;
		expect(await keap.ok('PATCH', item, { price_adjustment: -0.5 }, 200, 'update_mask=price_adjustment')).toMatchObject({
			list_items: [{}, { item_label: 'Large', price_adjustment: -0.5 }],
		});
		expect(await keap.ok('GET', '/products/1')).toMatchObject({
			options: [{ name: 'Size', type: 'FIXED', fixed_options: [{ value: 'Small' }, { value: 'Large', price_adjustment: -0.5 }] }],
		});
		await keap.ok('DELETE', item);
		expect(await keap.ok('GET', '/products/1/options')).toMatchObject({ product_options: [{ id, list_items: [{ item_label: 'Small' }] }] });
		expect(await keap.refusal('POST', path, { item_label: 'X' })).toContain('must be a list');
	});

	test('an interest goes in as a decimal and comes out in cents', async () => {
		const { id } = await keap.ok('POST', '/productInterestBundles', { name: 'Wedding', description: 'x' });
		const path = `/productInterestBundles/${String(id)}/interests`;
		const made = await keap.ok('POST', path, { type: 'PRODUCT', entity_id: '1', price: 4.5 });
		expect(made).toMatchObject({ id: '1', quantity: 1, discount_percent: 0, price: { amount: 450 } });
		const one = `${path}/${String(made.interest_id)}`;
		expect(await keap.ok('PATCH', one, { quantity: 2 }, 200, 'update_mask=quantity')).toMatchObject({
			quantity: 2,
			price: { amount: 450 },
		});
		expect(await keap.ok('GET', `/productInterestBundles/${String(id)}`)).toMatchObject({
			product_interests: [{ quantity: 2 }],
			subscription_plan_interests: [],
		});
		await keap.ok('DELETE', one);
		expect(await keap.refusal('POST', path, { type: 'SUBSCRIPTION_PLAN', entity_id: '99', price: 1 })).toContain('99 does not exist');
	});

	test('an image comes as bytes, and only the legacy one can be read', async () => {
		const bytes = 'PNG\u00ff\u0000';
		const upload = async (path: string, query = '') => {
			const body = `--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n${bytes}\r\n--b--\r\n`;
			const reply = await fetch(`${keap.sandbox.url}/crm/rest/v2${path}/images${query}`, {
				method: 'POST',
				headers: { 'x-keap-api-key': 'sandbox-key', 'content-type': 'multipart/form-data; boundary=b' },
				body: Buffer.from(body, 'latin1'),
			});
			return [reply.status, await reply.text()];
		};
		expect(await upload('/productCategories/1')).toEqual([201, '']);
		expect(await upload('/products/1')).toEqual([201, '']);
		expect((await keap.send('GET', '/products/1/images/legacyImageData')).status).toBe(404);
		expect(await upload('/products/1', '?legacy=true')).toEqual([201, '']);
		expect((await keap.send('GET', '/products/1/images/legacyImageData')).body).toBe(Buffer.from(bytes, 'latin1').toString('base64'));
		await keap.ok('DELETE', '/products/1/images');
		expect((await keap.send('GET', '/products/1/images/legacyImageData')).status).toBe(404);
		await keap.ok('DELETE', '/productCategories/1/images');
	});

	test('what changed since a token is returned with the next one', async () => {
		type Sync = { product_statuses: Array<{ product: { id: number; product_price: number } }>; sync_token: string };
		const sync = async (query = '') => (await keap.ok('GET', '/crm/rest/v1/products/sync', undefined, 200, query)) as unknown as Sync;
		const first = await sync();
		expect(first.product_statuses.map(({ product }) => [product.id, product.product_price])).toEqual([
			[1, 4.5],
			[2, 5.25],
			[3, 79],
			[4, 12],
		]);
		expect((await sync(`sync_token=${first.sync_token}`)).product_statuses).toEqual([]);
		await keap.ok('PATCH', '/products/2', { price: 550 }, 200, 'update_mask=price');
		expect((await sync(`sync_token=${first.sync_token}`)).product_statuses).toMatchObject([{ product: { id: 2, product_price: 5.5 } }]);
	});
});

describe('a criterion of a discount', () => {
	const DISCOUNT = {
		name: 'Rye week',
		discount_type: 'PERCENT',
		discount_value: 10,
		product_id: '1',
		criteria: [{ type: 'PROMO_CODE', code: 'RYE' }],
	};

	test('is added and taken away on its own', async () => {
		const { id } = await keap.ok('POST', '/discounts/products', DISCOUNT);
		const path = `/discounts/products/${String(id)}`;
		const made = await keap.ok('POST', `${path}/criteria`, {
			type: 'PRODUCT',
			product_id: '2',
			product_quantity_min: 1,
			product_quantity_max: 5,
		});
		expect(made).toMatchObject({ type: 'PRODUCT', criteria_id: '2' });
		expect(((await keap.ok('GET', path)).criteria as object[]).length).toBe(2);
		await keap.ok('DELETE', `${path}/criteria/1`);
		expect(await keap.ok('GET', path)).toMatchObject({ criteria: [{ criteria_id: '2' }] });
		expect(await keap.refusal('DELETE', `${path}/criteria/1`)).toMatch(/^404/);
	});

	test('is changed by its id alone, without its type', async () => {
		const { id } = await keap.ok('POST', '/discounts/products', DISCOUNT);
		const change = async (criteria: object[]) =>
			await keap.refusal('PATCH', `/discounts/products/${String(id)}`, { criteria }, 'update_mask=criteria');
		expect(await change([{ code: 'NEW' }])).toContain('criteria_id is required');
		expect(await change([{ criteria_id: '1', type: 'PROMO_CODE', code: 'NEW' }])).toContain('type is not a known field');
		expect(await change([{ criteria_id: '9', code: 'NEW' }])).toContain('criteria_id: 9 does not exist');
		expect(
			await keap.ok(
				'PATCH',
				`/discounts/products/${String(id)}`,
				{ criteria: [{ criteria_id: '1', code: 'NEW' }] },
				200,
				'update_mask=criteria',
			),
		).toMatchObject({
			criteria: [{ criteria_id: '1', type: 'PROMO_CODE', code: 'NEW' }],
		});
	});
});

test('how contacts pay and parcels go', async () => {
	card('2', '31');
	expect(await keap.ok('GET', '/paymentMethods', undefined, 200, filter('contact_id==2'))).toMatchObject({
		payment_methods: [{ payment_method_id: '31', contact_id: '2', merchant_account_id: '11' }],
	});
	expect(await keap.ok('GET', '/merchants')).toMatchObject({
		default_merchant_account_id: '11',
		merchant_accounts: [{ id: '11' }, { id: '12' }],
	});
	const reply = await keap.send('POST', '/sales/merchants/12:setDefault');
	expect([reply.status, reply.text]).toEqual([200, '']);
	expect(await keap.ok('GET', '/merchants')).toMatchObject({ default_merchant_account_id: '12' });
	expect(await keap.refusal('POST', '/sales/merchants/99:setDefault')).toMatch(/^404/);
	expect(await keap.ok('GET', '/shipping')).toMatchObject({ shipping_methods: [{ name: 'By post' }] });
	expect(await keap.ok('POST', '/paymentMethodConfigs', { contact_id: '1' }, 200)).toHaveProperty('session_key');
});

test('orders, invoices, payments, subscriptions and products raise events', async () => {
	const raised: string[] = [];
	jest.spyOn(keap.sandbox.state.hooks, 'raise').mockImplementation((event) => void raised.push(event));
	const { id } = await order();
	await keap.ok('POST', `/orders/${id}/payments`, pay(1, { payment_method_type: 'Cash' }));
	await keap.ok('POST', '/subscriptions', { contact_id: '1', subscription_plan_id: '1' });
	await keap.ok('PATCH', '/products/1', { price: 1 }, 200, 'update_mask=price');
	expect(raised).toEqual(['invoice.add', 'order.add', 'invoice.payment.add', 'subscription.add', 'product.edit']);
	jest.restoreAllMocks();
});
