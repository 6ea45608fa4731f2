import type { IDataObject } from 'n8n-workflow';

/** `Visa ending in 1111 (12/2030)`; the parts that Keap returns. */
export function cardLabel({ payment_method_id: id, card_info: card }: IDataObject): string {
	const { brand, last_four: digits, expiration_month: month, expiration_year: year } = (card ?? {}) as IDataObject;
	const name = [brand, digits === undefined ? undefined : `ending in ${String(digits)}`].filter((part) => part !== undefined).join(' ');
	const expiry = month === undefined || year === undefined ? '' : ` (${String(month)}/${String(year)})`;
	return name === '' ? `#${String(id)}` : `${name}${expiry}`;
}
