import fc from 'fast-check';
import { Amount } from '../../../nodes/shared/catalogue/money/amount';
import { decimalsOf } from '../../../nodes/shared/catalogue/money/currencies';
import { decimalText, toDecimal } from '../../../nodes/shared/catalogue/money/decimal';
import { amount, money } from '../../../nodes/shared/catalogue/money/moneyField';
import { BadInput } from '../../../nodes/shared/catalogue/operation/badInput';
import type { MoneyForm } from '../../../nodes/shared/catalogue/money/units';

const inKeap = (raw: unknown, form: MoneyForm, currency: string) => amount(form, 'Price', 'any')(raw)?.toKeap(currency);

/** What is wrong and what to do, in one line. */
function complaint(run: () => unknown): string {
	try {
		return `nothing: ${String(run())}`;
	} catch (error) {
		return error instanceof BadInput ? `${error.message}. ${error.advice ?? ''}` : `another error: ${String(error)}`;
	}
}

describe('an amount that somebody wrote', () => {
	it.each<[raw: unknown, currency: string, minor: number, major: number, text: string]>([
		['225.50', 'USD', 22550, 225.5, '225.5'],
		[225.5, 'USD', 22550, 225.5, '225.5'],
		[' 12 ', 'USD', 1200, 12, '12'],
		[0.29, 'USD', 29, 0.29, '0.29'],
		[1.005e3, 'USD', 100500, 1005, '1005'],
		['.5', 'EUR', 50, 0.5, '0.5'],
		['5.', 'EUR', 500, 5, '5'],
		['+5', 'EUR', 500, 5, '5'],
		['0012.10', 'EUR', 1210, 12.1, '12.1'],
		['19.990000', 'EUR', 1999, 19.99, '19.99'],
		['-0', 'USD', 0, 0, '0'],
		[-0, 'USD', 0, 0, '0'],
		['-3.20', 'USD', -320, -3.2, '-3.2'],
		['1500', 'JPY', 1500, 1500, '1500'],
		['1500.00', 'KRW', 1500, 1500, '1500'],
		['1.5', 'KWD', 1500, 1.5, '1.5'],
		['1.500', 'BHD', 1500, 1.5, '1.5'],
		['0.001', 'KWD', 1, 0.001, '0.001'],
		['45035996273704.91', 'USD', 4503599627370491, 45035996273704.91, '45035996273704.91'],
		[1e21, 'none', 0, 0, ''],
	])('%p in %s is %d minor, %d major, %p as text', (raw, currency, minor, major, text) => {
		if (currency === 'none') return expect(decimalText(toDecimal(raw))).toBe('1000000000000000000000');
		expect([inKeap(raw, 'minor', currency), inKeap(raw, 'major', currency), inKeap(raw, 'majorText', currency)]).toEqual([
			minor,
			major,
			text,
		]);
	});

	it.each([undefined, null, '', '  '])('%p is none', (raw) => expect(inKeap(raw, 'minor', 'USD')).toBeUndefined());

	it.each<[raw: unknown, what: RegExp]>([
		['$5', /is not an amount: "\$5".*no currency sign/],
		['5 €', /is not an amount/],
		['EUR 5', /is not an amount/],
		['free', /is not an amount/],
		['1e3', /is not an amount/],
		['0x10', /is not an amount/],
		['.', /is not an amount/],
		['--5', /is not an amount/],
		['1.2.3', /is not an amount/],
		[Number.NaN, /is not an amount/],
		[Number.POSITIVE_INFINITY, /is not an amount/],
		[true, /is not an amount/],
		[[5], /is not an amount/],
		[{ amount: 5 }, /is not an amount/],
		['1,000.00', /has thousands separators: "1,000\.00"\. Write it as 1000\.00\./],
		['1,234,567', /has thousands separators.*1234567/],
		['1.000,00', /has thousands separators and a decimal comma.*1000\.00/],
		["1'000.50", /has thousands separators.*1000\.50/],
		['1 000,50', /decimal comma.*1000\.50/],
		['1.234.567', /has thousands separators.*1234567/],
		['12,5', /has a decimal comma: "12,5"\. Write it as 12\.5\./],
		['1,000', /can be read in two ways.*Write 1000 .* or 1\.000/],
	])('%p is refused by name', (raw, what) => expect(complaint(() => toDecimal(raw))).toMatch(what));

	it.each<[raw: unknown, form: MoneyForm, currency: string, what: RegExp]>([
		['12.345', 'minor', 'USD', /has more decimals than USD has: 12\.345\..*at most 2/],
		['12.345', 'major', 'USD', /has more decimals than USD has/],
		['12.345', 'majorText', 'USD', /has more decimals than USD has/],
		[0.1 + 0.2, 'major', 'USD', /has more decimals than USD has: 0\.30000000000000004/],
		[1e-7, 'minor', 'USD', /has more decimals than USD has: 0\.0000001/],
		['1.5', 'minor', 'JPY', /whole numbers/],
		['0.0001', 'minor', 'KWD', /at most 3/],
		['1.500', 'major', 'USD', /can be read in two ways: 1\.500\. Write 1\.5 /],
		['2.000', 'minor', 'JPY', /can be read in two ways: 2\.000/],
		['90071992547409.92', 'minor', 'USD', /is too large/],
		['90071992547409.93', 'major', 'USD', /is too large/],
		['4503599627370496.25', 'major', 'USD', /is too large/],
		['9007199254740993', 'major', 'USD', /is too large/],
	])('%p as %s of %s is refused, not rounded', (raw, form, currency, what) =>
		expect(complaint(() => inKeap(raw, form, currency))).toMatch(what),
	);

	it('keeps its signs within the bounds', () => {
		expect(complaint(() => amount('minor', 'Price')('-1'))).toMatch(/must be 0 or more, not -1/);
		expect(amount('minor', 'Price')('-0')?.toKeap('USD')).toBe(0);
		expect(complaint(() => amount('major', 'Amount', 'positive')('0.00'))).toMatch(/must be more than 0/);
		expect(amount('major', 'Adjustment', 'any')('-1')?.toKeap('USD')).toBe(-1);
	});

	it('asks for a currency only where it has a say', () => {
		const needs = (raw: unknown, form: MoneyForm) => amount(form, 'Price')(raw)?.needsCurrency;
		expect([needs(5, 'major'), needs('5', 'majorText'), needs(0, 'minor')]).toEqual([false, false, false]);
		expect([needs(5.5, 'major'), needs('5.0', 'major'), needs(5, 'minor')]).toEqual([true, true, true]);
	});

	it('is never sent by accident', () => {
		expect(() => JSON.stringify({ price: new Amount(toDecimal('5'), 'minor', 'Price') })).toThrow('Price');
	});

	it('comes out as it went in, for every number of cents', () => {
		fc.assert(
			fc.property(fc.bigInt(-9_007_199_254_740_991n, 9_007_199_254_740_991n), fc.constantFrom('USD', 'JPY', 'KWD'), (minor, currency) => {
				const decimals = decimalsOf(currency);
				const digits = String(minor < 0n ? -minor : minor).padStart(decimals + 1, '0');
				const text = `${minor < 0n ? '-' : ''}${decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`}`;
				expect(inKeap(text, 'minor', currency)).toBe(Number(minor));
			}),
		);
	});
});

test.each(Object.entries({ USD: 2, eur: 2, JPY: 0, KRW: 0, CLP: 0, VND: 0, KWD: 3, BHD: 3, OMR: 3, JOD: 3, TND: 3, IQD: 3, CLF: 4 }))(
	'%s has %d decimals',
	(currency, decimals) => expect(decimalsOf(currency)).toBe(decimals),
);

test('a field for money says in what it is counted, and starts empty', () => {
	const { property, to } = money('price', 'Price', { form: 'minor', description: 'What it costs' });
	expect(property).toMatchObject({ type: 'string', default: '', placeholder: 'e.g. 225.50' });
	expect(property.description).toBe('What it costs. In the currency of the Keap account, such as 225.50.');
	expect(to).toEqual({ in: 'body', key: 'price' });
});
