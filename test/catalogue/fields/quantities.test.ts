import { billingCycle, percent, quantity } from '../../../nodes/shared/catalogue/fields/quantities';

describe('a quantity', () => {
	const { encode, property } = quantity('x', 'X');
	it('is a whole number of at least one, in 32 bits', () => {
		expect([1, '2', 2_147_483_647].map((raw) => encode?.(raw))).toEqual([1, 2, 2_147_483_647]);
		expect(property).toMatchObject({ default: 1, typeOptions: { minValue: 1 } });
	});
	it.each([0, -1, 1.5, '1.5', 2_147_483_648, 'two', '1,000'])('is not %p', (raw) => expect(() => encode?.(raw)).toThrow());
	it('may be none where Keap says so', () => expect(quantity('x', 'X', { min: 0 }).encode?.(0)).toBe(0));
});

describe('a percentage', () => {
	it.each([
		[15, 15],
		['12.5', 12.5],
		[0, 0],
		[100, 100],
		['', undefined],
	])('%p is %p', (raw, value) => expect(percent('x', 'X').encode?.(raw)).toBe(value));
	it.each([101, -1, 100.01, 'half', '15 %', '15%'])('is not %p', (raw) => expect(() => percent('x', 'X').encode?.(raw)).toThrow());
	it('has no decimals, or is text, where Keap wants it so', () => {
		expect(percent('x', 'X', { form: 'whole' }).encode?.('15')).toBe(15);
		expect(() => percent('x', 'X', { form: 'whole' }).encode?.(12.5)).toThrow('whole number');
		expect(percent('x', 'X', { form: 'text' }).encode?.(12.5)).toBe('12.5');
		expect(percent('x', 'X', { form: 'text' }).encode?.('')).toBeUndefined();
	});
});

describe('a billing cycle', () => {
	it.each(['day', 'week', 'month', 'year'])('%s is written in the words of a plan and of a subscription', (value) => {
		const [plan, subscription] = [billingCycle('x', 'X', { of: 'plan' }), billingCycle('x', 'X', { of: 'subscription' })];
		const word = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' }[value];
		expect([plan.encode?.(value), subscription.encode?.(value)]).toEqual([word, value.toUpperCase()]);
		expect([plan.encode?.(value.toUpperCase()), subscription.encode?.(word)]).toEqual([word, value.toUpperCase()]);
	});
	it('is none of another name', () => expect(() => billingCycle('x', 'X', { of: 'plan' }).encode?.('quarter')).toThrow('must be one of'));
	it('begins with a month', () => expect(billingCycle('x', 'X', { of: 'plan' }).property.default).toBe('month'));
	it('may have no choice made', () => {
		const { encode, property } = billingCycle('x', 'X', { of: 'plan', choices: [['', 'Any']] });
		expect([property.default, encode?.('')]).toEqual(['', undefined]);
	});
});
