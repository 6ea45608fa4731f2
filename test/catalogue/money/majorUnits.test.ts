import type { IDataObject } from 'n8n-workflow';
import { fromMinor, inMajorUnits, toMajorUnits } from '../../../nodes/shared/catalogue/money/majorUnits';
import { executeContext } from '../../support/context';

const cents = (amount: number, currency_code = 'USD') => ({ amount, currency_code, formatted_amount: 'shown' });

test.each([
	[22550, 'USD', 225.5],
	[29, 'EUR', 0.29],
	[-5, 'USD', -0.05],
	[0, 'USD', 0],
	[1500, 'JPY', 1500],
	[1505, 'KWD', 1.505],
	[9007199254740991, 'USD', 90071992547409.91],
])('%d of %s are %d', (amount, currency, major) => expect(fromMinor(amount, currency)).toBe(major));

test('every amount of a record becomes a number of the major unit, however deep', () => {
	const order = {
		id: '7',
		total: cents(4550),
		notes: null,
		order_items: [
			{ name: 'Bread', quantity: 2, price_per_unit: cents(1250), special: { amount: 10, discount_method: 'PERCENT' } },
			{ name: 'Rolls', subscription_plan: { plan_price: cents(300, 'KWD') } },
		],
	};
	expect(toMajorUnits(order)).toEqual({
		id: '7',
		total: 45.5,
		notes: null,
		order_items: [
			{ name: 'Bread', quantity: 2, price_per_unit: 12.5, special: { amount: 10, discount_method: 'PERCENT' } },
			{ name: 'Rolls', subscription_plan: { plan_price: 0.3 } },
		],
	});
});

test('plain numbers follow the table of their record', () => {
	const record = { billing_amount: 1250, quantity: 3, amount: 7, special: { amount: 150 }, list_items: [{ price_adjustment: -25 }] };
	expect(toMajorUnits(record, { billing_amount: 'minor', price_adjustment: 'minor', 'special.amount': 'minor' }, 'USD')).toEqual({
		billing_amount: 12.5,
		quantity: 3,
		amount: 7,
		special: { amount: 1.5 },
		list_items: [{ price_adjustment: -0.25 }],
	});
	expect(toMajorUnits(record, { billing_amount: 'major' }, 'USD')).toEqual(record);
	const percent = { special: { amount: 15, discount_method: 'PERCENT' } };
	expect(toMajorUnits(percent, { 'special.amount': 'minor' }, 'USD')).toEqual(percent);
});

test('an object that only looks like an amount stays as it is', () => {
	const record = { value: { amount: 4.5, currency_code: 'USD' }, special: { amount: 5 }, deal: { amount: 420.5, currency: 'USD' } };
	expect(toMajorUnits(record)).toEqual(record);
});

test('Simplify sees major units, and the currency that they are in', async () => {
	const seen: IDataObject[] = [];
	const simplify = inMajorUnits({ fields: ['price'], shape: (record) => (seen.push(record), { price: record.price }) });
	expect(simplify.fields).toEqual(['price']);
	expect(await simplify.shape({ id: '1', price: cents(1999, 'EUR') }, executeContext())).toEqual({ price: 19.99 });
	expect(seen).toEqual([{ currency_code: 'EUR', id: '1', price: 19.99 }]);
});
