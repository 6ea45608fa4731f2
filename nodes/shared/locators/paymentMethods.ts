import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { keapGetAll } from '../transport';
import { chosenRecord } from './chosenRecord';
import { defineLocator } from './locator';

/** `Visa ending in 1111 (12/2030)`; the parts that Keap returns. */
function label({ payment_method_id: id, card_info: card }: IDataObject): string {
	const { brand, last_four: digits, expiration_month: month, expiration_year: year } = (card ?? {}) as IDataObject;
	const name = [brand, digits === undefined ? undefined : `ending in ${String(digits)}`].filter((part) => part !== undefined).join(' ');
	const expiry = month === undefined || year === undefined ? '' : ` (${String(month)}/${String(year)})`;
	return name === '' ? `#${String(id)}` : `${name}${expiry}`;
}

/** The payment methods of the contact that is chosen already; none without a contact. */
async function search(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const contact = chosenRecord(this, 'contactId');
	if (contact === undefined) return { results: [] };
	const path = '/crm/rest/v2/contacts/{contact_id}/paymentMethods';
	const found = await keapGetAll(this, { method: 'GET', path, pathParams: { contact_id: contact } }, { records: 'records' });
	const options = found.map((record) => ({ name: label(record), value: String(record.payment_method_id) }));
	return { results: options.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase())) };
}

export const paymentMethods = defineLocator('searchPaymentMethods', search);
