import { moment } from '../catalogue/fields/fields';
import type { Field } from '../catalogue/operation/types';

/** When a record was made and last changed, under the names that tags and their categories have for it. */
export const createdAndUpdated: readonly Field[] = [
	moment('createdAfter', 'Created After', { in: 'filter', key: 'since_create_time' }),
	moment('createdBefore', 'Created Before', { in: 'filter', key: 'until_create_time' }),
	moment('updatedAfter', 'Updated After', { in: 'filter', key: 'since_update_time' }),
	moment('updatedBefore', 'Updated Before', { in: 'filter', key: 'until_update_time' }),
];
