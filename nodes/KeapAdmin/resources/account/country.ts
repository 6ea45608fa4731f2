import type { Resource } from '../../../shared/catalogue/operation/types';
import { countries } from '../../../shared/records/account/countries';
import { crud } from '../../../shared/rows/crud';

export const country: Resource = {
	value: 'country',
	name: 'Country',
	operations: crud(countries, {
		one: countries.inPath({ description: "From Keap's list, or a code of two or three letters or the name of the country as its ID" }),
		create: false,
		delete: false,
		update: false,
		get: { description: 'Retrieve the name and the codes of a country, by any of them' },
		getAll: { description: 'Retrieve the countries that Keap knows, with their codes' },
	}),
};
