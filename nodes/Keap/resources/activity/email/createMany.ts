import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { inner, isRecord } from '../../../../shared/runtime/isRecord';
import { listOf } from '../../../../shared/runtime/listOf';
import type { BundledCreate } from '../../../../shared/catalogue/operation/types';

/** Keap identifies a record by its provider and the provider's ID, and so do we: its answer lists the created records and the refused ones separately. */
const isSame = (one: IDataObject, other: IDataObject): boolean =>
	one.original_provider_id === other.original_provider_id &&
	(one.original_provider ?? 'UNKNOWN') === (other.original_provider ?? 'UNKNOWN');

/** Takes the first that fits out of a list: two records alike are answered one after the other. */
function take(list: IDataObject[], fits: (one: IDataObject) => boolean): IDataObject | undefined {
	const index = list.findIndex(fits);
	return index < 0 ? undefined : list.splice(index, 1)[0];
}

/** Email records, 1,000 in a call. Each gets an ID of its own where the user gave none, as Keap would do it. */
export const createEmails: BundledCreate = {
	list: 'emails',
	max: 1000,
	record: ({ body }) => ({ ...body, original_provider_id: body.original_provider_id ?? randomUUID().replaceAll('-', '') }),
	answers: (answer, sent) => {
		const created = listOf(answer.emails).filter(isRecord);
		const errors = listOf(answer.errors).filter(isRecord);
		return sent.map((email) => {
			const found = take(created, (one) => isSame(one, email));
			if (found !== undefined) return found;
			const refused = take(errors, (one) => isSame(inner(one.email), email));
			return refused === undefined
				? undefined
				: new Error(typeof refused.error_message === 'string' ? refused.error_message : 'it gives no reason');
		});
	},
};
