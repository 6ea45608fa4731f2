import type { Resource } from '../../../shared/catalogue/operation/types';
import { countries, provinces } from '../../../shared/records/account/countries';
import { crud, listOf } from '../../../shared/rows/crud';
import { textsOf } from '../../../shared/rows/texts';

const within = [countries.inPath({ description: 'The country that it belongs to, from the list or by a code or its name' })];

export const province: Resource = {
	value: 'province',
	name: 'Province',
	operations: [
		...crud(provinces, {
			within,
			create: false,
			delete: false,
			getAll: false,
			update: false,
			get: { description: 'Retrieve the name and the code of a state, province or region' },
		}),
		{
			...textsOf(provinces).getAll,
			...listOf(provinces, { within }),
			description: 'Retrieve the states, provinces or regions of a country as Keap names them',
		},
	],
};
