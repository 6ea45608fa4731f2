import type { INodeParameters } from 'n8n-workflow';

import { byId, errorText, expectNowhere, keapForEachTest, on, onlyBody, writes } from './helpers';

const method = on('paymentMethod');
const METHODS = '/crm/rest/v2/contacts/1/paymentMethods';
const NUMBER = '4111111111111111';
const CARD: INodeParameters = {
	contactId: byId(1),
	cardNumber: '={{ $json.number }}',
	cardType: 'Visa',
	expirationMonth: '3',
	expirationYear: '2099',
};

describe('credit card', () => {
	const keap = keapForEachTest();

	it('is added without spaces, with what else is known of it; nothing that comes out holds the number or the code', async () => {
		const result = await keap().run(
			method('addCreditCard', {
				...CARD,
				additionalFields: {
					verificationCode: '={{ $json.code }}',
					nameOnCard: 'Ada Adams',
					address: { entries: { locality: 'Chandler', region: 'AZ', countryCode: 'US' } },
				},
			}),
			[{ number: '4111 1111-1111 1111', code: '737373'.slice(0, 4) }],
		);
		expect(onlyBody(keap())).toEqual({
			card_number: NUMBER,
			card_type: 'Visa',
			expiration_month: '03',
			expiration_year: '2099',
			verification_code: '7373',
			name_on_card: 'Ada Adams',
			address: { locality: 'Chandler', region: 'Arizona', country_code: 'USA' },
		});
		expectNowhere(NUMBER, result.items('Keap'));
		expectNowhere('7373', result.items('Keap'));
	});

	it.each<[string, string, INodeParameters, RegExp]>([
		['a mistyped number', '4111111111111112', {}, /Card Number is not a card number/],
		['letters', '4111-abcd', {}, /Card Number is not a card number/],
		['a month that is none', NUMBER, { expirationMonth: '13' }, /Expiration Month is not a month/],
		['two digits of a year', NUMBER, { expirationYear: '30' }, /Expiration Year must have 4 digits/],
		['a card that has expired', NUMBER, { expirationYear: '2020' }, /Expiration Year says that the card has expired/],
		['a code of five digits', NUMBER, { additionalFields: { verificationCode: '73737' } }, /Verification Code must have 3 to 4 digits/],
	])('refuses %s before a call is spent, and does not repeat it', async (_what, number, parameters, message) => {
		const result = await keap().run(method('addCreditCard', { ...CARD, ...parameters }), [{ number }]);
		expect(errorText(result)).toMatch(message);
		expect(errorText(result)).not.toContain(number);
		expect(keap().newCalls()).toEqual([]);
	});

	it("blots the number out where Keap's error repeats it", async () => {
		keap().sandbox.fault(
			{ method: 'POST' },
			{ kind: 'status', status: 400, body: JSON.stringify({ message: `Card ${NUMBER} was declined` }), contentType: 'application/json' },
		);
		const result = await keap().run(method('addCreditCard', CARD), [{ number: NUMBER }]);
		expect(errorText(result)).toContain('Card *** was declined');
		expectNowhere(NUMBER, result.error);
	});
});

describe('payment methods of a contact', () => {
	const keap = keapForEachTest();
	const add = (brand: string, digits: string) =>
		keap()
			.sandbox.state.collection(METHODS)
			.add({
				contact_id: '1',
				payment_method_type: 'CARD',
				card_info: { brand, last_four: digits, expiration_month: '03', expiration_year: '2030' },
			}).id;

	it('are listed, deactivated and deleted', async () => {
		const [visa, other] = [add('Visa', '1111'), add('MasterCard', '4444')];
		const list = async () =>
			(await keap().output(method('getForContact', { contactId: byId(1), returnAll: true }))).map(({ payment_method_id: id }) => id);
		expect(await list()).toEqual([visa, other]);
		expect(await keap().output(method('deactivate', { contactId: byId(1), paymentMethodId: byId(visa) }))).toEqual([
			{ contact_id: '1', payment_method_id: visa, success: true },
		]);
		expect(await list()).toEqual([other]);
		expect(await keap().output(method('delete', { contactId: byId(1), paymentMethodId: byId(other) }))).toEqual([{ deleted: true }]);
		expect(writes(keap()).map(({ method, path, body }) => [method, path, body])).toEqual([
			['POST', `${METHODS}/${visa}:deactivate`, undefined],
			['DELETE', `${METHODS}/${other}`, undefined],
		]);
	});

	it('are found in the list of the chosen contact', async () => {
		add('Visa', '1111');
		add('MasterCard', '4444');
		const search = async (parameters: INodeParameters, typed?: string) =>
			(await keap().engine.listSearch({ type: 'n8n-nodes-keap.keapCommerce', parameters }, 'searchCards', typed)).results;
		expect(await search({ contactId: byId(1) }, '4444')).toEqual([{ name: 'MasterCard ending in 4444 (03/2030)', value: '2' }]);
		expect(await search({ contactId: byId(2) })).toEqual([]);
		expect(await search({ contactId: byId('={{ $json.id }}') })).toEqual([]);
	});
});
