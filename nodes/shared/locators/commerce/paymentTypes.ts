import type { IDataObject } from 'n8n-workflow';

import { located, text } from '../../catalogue/fields/encode';
import { inner } from '../../runtime/isRecord';
import { cachedLookup, keapRequest } from '../../transport';
import { defineLocator, type ListSearch } from '../locator';

const PATH = '/crm/rest/v2/settings/applications:getConfiguration';

/** The kinds of payment that the account records by hand. Keap gives them as one text with commas. */
const search: ListSearch = async function (filter = '') {
	const types = await cachedLookup(this, `${PATH} payment types`, async () => {
		const { body } = await keapRequest<IDataObject>(this, {
			method: 'GET',
			path: PATH,
			query: { fields: ['ECOMMERCE'] },
			expects: { record: ['ecommerce'] },
		});
		const { payment_types: listed } = inner(body.ecommerce);
		return typeof listed === 'string' ? listed.split(',').map((type) => type.trim()) : [];
	});
	const wanted = filter.trim().toLowerCase();
	const found = types.filter((type) => type !== '' && type.toLowerCase().includes(wanted));
	return { results: found.map((type) => ({ name: type, value: type })) };
};

/** How a payment that is only recorded was made. Keap knows these by their names. */
export const paymentTypes = defineLocator('searchPaymentTypes', search, {
	example: 'Check',
	regex: '^[^\\n]*$',
	errorMessage: 'A type of payment is one line of text',
	encode: (raw) => text()(located(raw)),
});
