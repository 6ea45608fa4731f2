import { id } from '../catalogue/fields/fields';
import type { Field } from '../catalogue/operation/types';

/** Filters for all records whose ID is at least one number and at most another. */
export const idRange: readonly Field[] = [
	id('idAtLeast', 'ID at Least', { in: 'filter', key: 'id', operator: '>=' }),
	id('idAtMost', 'ID at Most', { in: 'filter', key: 'id', operator: '<=' }),
];
