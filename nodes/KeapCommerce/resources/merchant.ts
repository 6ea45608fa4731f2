import * as fields from '../../shared/catalogue/fields/fields';
import type { Resource } from '../../shared/catalogue/operation/types';
import { merchants } from '../../shared/records/commerce/merchants';
import { crud } from '../../shared/rows/crud';
import { row } from '../../shared/rows/row';
import { readMerchants } from './readMerchants';
import { writesAs } from '../../shared/rows/writesAs';

export const merchant: Resource = writesAs('charges', {
	value: 'merchant',
	name: 'Merchant Account',
	operations: [
		...crud(merchants, {
			filters: [
				merchants.field('merchantAccountId', 'Merchant Account', { in: 'filter', key: 'id' }),
				fields.text('name', 'Name', { in: 'filter' }),
				fields.text('type', 'Type', { in: 'filter', placeholder: 'e.g. STRIPE' }),
			],
			getAll: { description: 'Retrieve a list of merchant accounts, each with whether it is the default', perform: readMerchants },
			create: false,
			delete: false,
			get: false,
			update: false,
		}),
		row('setDefault', 'Set Default', 'POST /crm/rest/v2/sales/merchants/{id}:setDefault', {
			action: 'Set the default merchant account',
			description: 'Charge through this merchant account wherever no other is chosen',
			fields: [
				merchants.field('merchantAccountId', 'Merchant Account', {
					in: 'path',
					key: 'id',
					required: true,
					description: 'The merchant account that becomes the default',
				}),
			],
			answer: 'success',
		}),
	],
});
