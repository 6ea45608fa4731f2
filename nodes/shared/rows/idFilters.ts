import * as fields from '../catalogue/fields/fields';
import { BadInput } from '../catalogue/operation/badInput';
import type { Call, Field } from '../catalogue/operation/types';

/** Keap documents this many in one filter, where it says a number at all. */
const MOST_IDS = 100;

/**
 * What narrows a list by the IDs of its records.
 * @param list Keap's filter that takes several IDs
 * @param one Keap's filter that compares one ID
 */
export function idFilters({ list, one }: { readonly list?: string; readonly one?: string }): Field[] {
	return [
		...(list === undefined ? [] : [several(list)]),
		...(one === undefined ? [] : [bound('Least', '>=', one), bound('Most', '<=', one)]),
	];
}

function several(key: string): Field {
	const field = fields.ids('ids', 'IDs', { in: 'filter', key });
	return {
		...field,
		encode: (raw) => {
			const given = field.encode?.(raw);
			if (Array.isArray(given) && given.length > MOST_IDS)
				throw new BadInput(
					`has ${given.length} IDs; Keap takes ${MOST_IDS} in one filter`,
					'Split them, or use Get with one item for each ID: items share calls.',
				);
			return given;
		},
	};
}

const bound = (end: 'Least' | 'Most', operator: '>=' | '<=', key: string): Field =>
	fields.id(`idAt${end}`, `ID at ${end}`, { in: 'filter', key, operator });

/** Keap refuses a list of IDs beside a comparison, in words for some lists. Nothing is lost: the list says all there is to say. */
export function checkIdFilters({ values }: Call): void {
	if (values.ids !== undefined && (values.idAtLeast !== undefined || values.idAtMost !== undefined))
		throw new BadInput('is set together with ID at Least or ID at Most', 'Keap takes one or the other. Remove IDs, or the bounds.', 'IDs');
}
