import type { INodeType } from 'n8n-workflow';

import { FIELDS_METHOD } from '../shared/catalogue/output/parameters';
import { loadCachedList } from '../shared/locators/cachedList';
import { nameLabel } from '../shared/locators/labels';
import { loadHookEvents } from '../shared/hooks/eventOptions';
import { products } from '../shared/records/commerce/products';
import { opportunityStages } from '../shared/records/sales/opportunityStages';
import { tags } from '../shared/records/people/tags';
import { users } from '../shared/records/people/users';
import { loadRecordFields } from './form/recordOutput';

/** Whole, for a list of check boxes has no search. */
const loadProducts = loadCachedList({ path: products.path, records: products.records, label: nameLabel('name') });

/** What the editor may call while somebody fills in the form. */
export const methods: NonNullable<INodeType['methods']> = {
	loadOptions: {
		getHookEvents: loadHookEvents,
		[FIELDS_METHOD]: loadRecordFields,
		getOpportunityStages: opportunityStages.list.load,
		getProducts: loadProducts,
		getTags: tags.list.load,
		getUsers: users.list.load,
	},
};
