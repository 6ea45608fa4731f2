import type { Resource } from '../../shared/catalogue/operation/types';
import { shippingMethods } from '../../shared/records/commerce/shippingMethods';
import { crud } from '../../shared/rows/crud';

export const shippingMethod: Resource = {
	value: 'shippingMethod',
	name: 'Shipping Method',
	operations: crud(shippingMethods, {
		create: false,
		delete: false,
		get: false,
		getAll: { description: 'Retrieve the ways of shipping that the account offers, with what each costs' },
		update: false,
	}),
};
