import type { IDataObject } from 'n8n-workflow';
import { amountOrPercent } from '../../../nodes/shared/catalogue/money/amountOrPercent';
import { amount } from '../../../nodes/shared/catalogue/money/moneyField';
import { BadInput } from '../../../nodes/shared/catalogue/operation/badInput';

const check = amountOrPercent(['discount_value', 'Discount'], ['discount_type', 'Discount Type']);

function settled(raw: unknown, type?: string): unknown {
	const value = amount('major', 'Discount')(raw);
	const body = { ...(value && { discount_value: value }), ...(type !== undefined && { discount_type: type }) } as unknown as IDataObject;
	const values: Record<string, unknown> = { discount: value };
	check({ body, values });
	expect(values.discount).toBe(body.discount_value);
	return body.discount_value;
}

test('an amount stays one, a percentage becomes a plain number', () => {
	expect(settled('5.50', 'AMOUNT')).toMatchObject({ form: 'major' });
	expect(settled('12.345', 'PERCENT')).toBe(12.345);
	expect(settled('100', 'PERCENT')).toBe(100);
	expect(settled('')).toBeUndefined();
});

test.each<[raw: unknown, type: string | undefined, parameter: string, says: RegExp]>([
	['101', 'PERCENT', 'Discount', /must be 100 or less/],
	['5', undefined, 'Discount Type', /is missing beside Discount$/],
	['', 'AMOUNT', 'Discount', /is missing beside Discount Type/],
])('%p as %p is refused', (raw, type, parameter, says) => {
	expect(() => settled(raw, type)).toThrow(BadInput);
	expect(() => settled(raw, type)).toThrow(says);
	expect(() => settled(raw, type)).toThrow(expect.objectContaining({ parameter }) as Error);
});
