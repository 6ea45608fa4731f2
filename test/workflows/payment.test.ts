import type { INode, INodeParameters } from 'n8n-workflow';

import { byId, errorsOf, errorText, itemsOf, keapForEachTest, on, onlyBody, pairsOf, times, writes } from './helpers';

const payment = on('payment');
const ORDERS = '/crm/rest/v2/orders';
const PAYMENTS = '/crm/rest/v2/sales/payments';
const RETRIES: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const GO_ON: Partial<INode> = { onError: 'continueRegularOutput' };

describe('payments', () => {
	const keap = keapForEachTest();
	const collection = (path: string) => keap().sandbox.state.collection(path);
	/** An order of 13.99 by the contact 1. */
	const order = (): string => {
		const { id } = collection(ORDERS).add({ contact_id: '1', order_title: 'Bread', order_time: '2026-01-05T10:00:00Z', invoice_id: '9' });
		collection('/crm/rest/v2/orderItems').add({ order_id: id, item_type: 'OTHER', name: 'All of it', quantity: 1, price_per_unit: 1_399 });
		return id;
	};
	const card = (id = '31', contact = '1'): string =>
		collection(`/crm/rest/v2/contacts/${contact}/paymentMethods`).add({
			id,
			contact_id: contact,
			payment_method_type: 'CARD',
			created_time: '2026-01-01T00:00:00Z',
			card_info: { brand: 'Visa', last_four: '1111', expiration_month: '03', expiration_year: '2030' },
		}).id;
	const add = (more: object = {}): string =>
		collection(PAYMENTS).add({ order_id: '1', contact_id: '1', amount: 1_399, type: 'Cash', payment_time: '2026-01-05T10:00:00Z', ...more })
			.id;
	const create = (more: INodeParameters = {}): INodeParameters =>
		payment('create', { orderId: byId('={{ $json.order ?? 1 }}'), paymentAmount: '13.99', ...more });
	const record = (more: INodeParameters = {}): INodeParameters => create({ paymentMethodType: byId('Cash'), ...more });
	const charge = (more: INodeParameters = {}): INodeParameters => create({ paymentKind: 'charge', paymentMethodId: byId(31), ...more });

	it('are recorded unless something else is chosen', async () => {
		order();
		const [made] = await keap().output(
			record({ applyToCommissions: false, paymentTime: '2026-01-05T12:00:00Z', additionalFields: { notes: 'At the counter' } }),
		);
		expect(onlyBody(keap())).toEqual({
			payment_method_type: 'Cash',
			payment_amount: 13.99,
			apply_to_commissions: false,
			payment_time: '2026-01-05T12:00:00.000Z',
			notes: 'At the counter',
		});
		expect(made).toMatchObject({ payment_amount: 13.99, invoice_id: '9' });
	});

	it('charge a card where that is chosen, and never do both', async () => {
		order();
		card();
		const [made] = await keap().output(charge({ paymentKind: '={{ "charge" }}', paymentMethodType: byId('Cash') }));
		expect(onlyBody(keap())).toEqual({ payment_method_id: '31', payment_amount: 13.99, apply_to_commissions: true });
		expect(made).toMatchObject({ payment_status_message: 'APPROVED' });
		const other = order();
		await keap().output(record({ paymentKind: '={{ "record" }}', paymentMethodId: byId(31) }), [{ order: other }]);
		expect(writes(keap()).at(-1)?.body).not.toHaveProperty('payment_method_id');
	});

	describe('that a card does not pay', () => {
		beforeEach(() => {
			order();
			card();
		});
		const charges = () => writes(keap()).length;

		it.each(['DECLINED', 'PENDING', 'ERROR', 'insufficient funds'])('are an error although Keap answers with 201: %s', async (verdict) => {
			keap().sandbox.state.commerce.chargeVerdicts.push(verdict);
			const result = await keap().run(charge());
			expect(keap().sandbox.calls.at(-1)?.status).toBe(201);
			expect(errorText(result)).toMatch(`The card was not charged for order 1: Keap says ${verdict}`);
			expect(errorText(result)).toMatch(/Transaction > Get says why, with the ID 1/);
		});

		it('are not tried again by Retry On Fail', async () => {
			keap().sandbox.state.commerce.chargeVerdicts.push('DECLINED');
			const result = await keap().run(charge(), [{}], RETRIES);
			expect(errorText(result)).toMatch(/Keap says DECLINED/);
			expect(charges()).toBe(1);
		});

		it('fail their own items only', async () => {
			const second = order();
			keap().sandbox.state.commerce.chargeVerdicts.push('DECLINED');
			const result = await keap().run(charge(), [{ order: '1' }, { order: second }], { ...GO_ON, ...RETRIES });
			expect(errorsOf(result.items('Keap')).filter((error) => error !== undefined)).toEqual([expect.stringMatching(/Keap says DECLINED/)]);
			expect(pairsOf(result)).toEqual([0, 1]);
			expect(charges()).toBe(2);
		});

		it('are an error where Keap does not say how it ended', async () => {
			keap().sandbox.state.commerce.chargeVerdicts.push('');
			expect(errorText(await keap().run(charge()))).toMatch(/Keap does not say whether the card was charged for order 1/);
		});
	});

	it.each(['resetAfter', 'truncate', 'badJson'] as const)('that are in doubt are never sent again: %s', async (kind) => {
		order();
		card();
		for (const parameters of [record(), charge()]) {
			keap().sandbox.fault({ method: 'POST' }, { kind });
			const before = writes(keap()).length;
			const result = await keap().run({ ...parameters, paymentAmount: '1' }, [{}], RETRIES);
			expect(result.status).toBe('error');
			expect(writes(keap())).toHaveLength(before + 1);
		}
		expect(collection(PAYMENTS).size).toBe(2);
	});

	it('that Keap has carried out are not charged twice because another item failed', async () => {
		order();
		const second = order();
		card();
		const result = await keap().run(charge(), [{ order: '1' }, { order: '404' }, { order: second }], RETRIES);
		expect(result.status).toBe('error');
		expect(collection(PAYMENTS).size).toBeLessThanOrEqual(2);
		expect(new Set(collection(PAYMENTS).rows.map(({ order_id: of }) => of)).size).toBe(collection(PAYMENTS).size);
		expect(errorText(result)).toMatch(/404/);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['an amount of 0', charge({ paymentAmount: '0' }), /^Amount must be more than 0/],
		['an amount of -0', charge({ paymentAmount: '-0' }), /^Amount must be more than 0/],
		['an amount below 0', record({ paymentAmount: '-5' }), /^Amount must be 0 or more, not -5/],
		['an amount with a comma', record({ paymentAmount: '1,000.00' }), /^Amount has thousands separators/],
		['no amount', record({ paymentAmount: '={{ $json.missing }}' }), /^Amount is empty/],
		['no card', charge({ paymentMethodId: byId('={{ $json.missing }}') }), /^Card is empty/],
		['no type', record({ paymentMethodType: byId('={{ $json.missing }}') }), /^Payment Type is empty/],
		['another thing to do', charge({ paymentKind: '={{ "refund" }}', paymentMethodType: byId('Cash') }), /^Do can't be "refund"/],
		['a time that is none', record({ paymentTime: 'noon' }), /^Payment Time is not a date/],
	])('with %s are refused before a call is spent', async (_what, parameters, message) => {
		await expect(keap().output(parameters)).rejects.toThrow(message);
		expect(keap().newCalls()).toEqual([]);
	});

	it('that are more than the balance, of a type or a card that is not there, are refused in the words of Keap', async () => {
		order();
		await expect(keap().output(record({ paymentAmount: '14' }))).rejects.toThrow(/more than the balance of 13.99/);
		await expect(keap().output(record({ paymentMethodType: byId('Bitcoin') }))).rejects.toThrow(/payment_method_type must be one of Cash/);
		await expect(keap().output(charge())).rejects.toThrow(/31 is no card of the order's contact/);
	});

	it('are read 100 in a call; an unknown one fails alone', async () => {
		const ids = itemsOf(1_000, () => ({ id: add() }));
		const get = payment('get', { paymentId: byId('={{ $json.id }}'), output: 'simplified' });
		const output = await keap().output(get, ids);
		expect(output.map(({ id }) => id)).toEqual(ids.map(({ id }) => id));
		expect(output[0]).toMatchObject({ amount: 13.99, order_ids: ['1'], type: 'Cash' });
		expect(keap().newCalls()).toEqual(times(10, `GET ${PAYMENTS}`));
		const [{ id = '' } = {}] = ids;
		const mixed = await keap().output(get, [{ id }, { id: '777777' }, { id }], GO_ON);
		expect(errorsOf(mixed)).toEqual([undefined, 'Keap has no payment with the ID 777777', undefined]);
		expect(keap().newCalls()).toHaveLength(1);
	});

	it('are listed: all of them by what Keap filters by, and those of an order', async () => {
		const [first, second] = [add(), add({ order_id: '2', contact_id: '2', amount: 500, payment_time: '2026-02-01T00:00:00Z' })];
		order();
		const found = async (filters: INodeParameters) =>
			(await keap().output(payment('getAll', { returnAll: true, filters }))).map(({ id }) => id);
		expect(await found({ amountAtLeast: '10' })).toEqual([first]);
		expect(await found({ amountAtLeast: '1', amountAtMost: '5.00' })).toEqual([second]);
		expect(await found({ contactId: byId(2) })).toEqual([second]);
		expect(await found({ orderIds: '1,2' })).toEqual([first, second]);
		expect(await found({ since: '2026-01-20T00:00:00Z' })).toEqual([second]);
		const ofOrder = await keap().output(payment('getOfOrder', { orderId: byId(1), returnAll: true, filters: { amount: '13.99' } }));
		expect(ofOrder).toMatchObject([{ payment_id: first, amount: 13.99 }]);
	});

	it('have their types and cards in the editor', async () => {
		order();
		card();
		card('32', '2');
		const names = async (method: string, parameters: INodeParameters = {}, typed?: string) =>
			(await keap().engine.listSearch({ parameters: payment('create', parameters) }, method, typed)).results.map(({ name }) => name);
		expect(await names('searchPaymentTypes')).toEqual(['Cash', 'Check', 'Credit Card (Manual)', 'Money Order', 'Adjustment']);
		expect(await names('searchPaymentTypes', {}, 'ch')).toEqual(['Check']);
		expect(await names('searchCards', { orderId: byId(1) })).toEqual(['Visa ending in 1111 (03/2030)']);
		expect(await names('searchCards')).toEqual([]);
		expect(await names('searchCards', { contactId: byId(2) })).toEqual(['Visa ending in 1111 (03/2030)']);
		const id = add();
		expect(await names('searchPayments')).toEqual([`2026-01-05 13.99 Cash (#${id})`]);
		expect(await names('searchPayments', {}, id)).toEqual([`2026-01-05 13.99 Cash (#${id})`]);
	});
});

describe('transactions', () => {
	const keap = keapForEachTest();
	const transaction = on('transaction');
	const add = (more: object = {}): string =>
		keap()
			.sandbox.state.collection('/crm/rest/v2/sales/transactions')
			.add({
				order_id: '7',
				contact_id: '1',
				amount: 1_399,
				transaction_time: '2026-01-05T02:00:00Z',
				transaction_method: 'CAPTURE',
				status: 'APPROVED',
				is_successful: true,
				merchant_account_id: '11',
				...more,
			}).id;

	it('are found by what went wrong, when and how', async () => {
		add();
		add({ status: 'FAILED', is_successful: false, error_details: 'DECLINED', amount: 500 });
		const found = async (filters: INodeParameters) =>
			await keap().output(transaction('getAll', { returnAll: true, output: 'simplified', filters }));
		expect(await found({ isSuccessful: false })).toEqual([
			expect.objectContaining({
				amount: 5,
				status: 'FAILED',
				error_details: 'DECLINED',
				contact_id: '1',
				contact_name: 'Ada Adams',
				contact_email: 'ada@adams.example',
				order_ids: ['7'],
			}),
		]);
		expect(await found({ amountAtLeast: '13.99', status: 'APPROVED', transactionMethod: 'CAPTURE', orderId: '7' })).toHaveLength(1);
		expect(await found({ since: '2026-01-06T00:00:00Z' })).toEqual([]);
		expect(await found({ merchantAccountId: '12' })).toEqual([]);
	});

	it('are read one by one, by the number that a payment gives', async () => {
		const id = add({ error_details: 'DECLINED' });
		expect(await keap().output(transaction('get', { transactionId: id }))).toMatchObject([
			{ id: Number(id), amount: 13.99, errors: 'DECLINED' },
		]);
		await expect(keap().output(transaction('get', { transactionId: 'x' }))).rejects.toThrow(/^Transaction ID is not a Keap ID/);
	});
});

describe('payment methods', () => {
	const keap = keapForEachTest();
	const method = on('paymentMethod');

	it('are those of all contacts, without a number', async () => {
		for (const contact of ['1', '2'])
			keap()
				.sandbox.state.collection(`/crm/rest/v2/contacts/${contact}/paymentMethods`)
				.add({
					id: `3${contact}`,
					contact_id: contact,
					payment_method_type: 'CARD',
					created_time: '2026-01-01T00:00:00Z',
					card_info: { brand: 'Visa', last_four: '1111', expiration_month: '03', expiration_year: '2030' },
				});
		const list = method('getAll', { returnAll: true, output: 'simplified', filters: { contactId: byId(2) } });
		expect(await keap().output(list)).toEqual([
			expect.objectContaining({ payment_method_id: '32', contact_id: '2', card: 'Visa ending in 1111 (03/2030)', last_four: '1111' }),
		]);
	});

	it('are added by a form of their own, for which there is a key', async () => {
		const [made] = await keap().output(method('createConfig', { contactId: byId(1) }));
		expect(onlyBody(keap())).toEqual({ contact_id: '1' });
		expect(Object.entries(made ?? {})).toEqual([['session_key', 'session-of-contact-1']]);
		await expect(keap().output(method('createConfig', { contactId: byId('={{ $json.missing }}') }))).rejects.toThrow(/^Contact is empty/);
	});
});
