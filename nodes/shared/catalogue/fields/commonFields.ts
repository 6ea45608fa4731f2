import { boolean, type Choice, multiOptions, number, options } from './fields';
import type { Field } from '../operation/types';

const returnAll = boolean('returnAll', 'Return All', {
	in: 'none',
	description: 'Whether to return all results or only up to a given limit',
});

const USUAL_LIMIT = 50;

const limitField = number('limit', 'Limit', {
	in: 'none',
	description: 'Max number of results to return',
	default: USUAL_LIMIT,
	min: 1,
	whole: true,
});

/** Refuses an empty value: an expression without a result must not read a whole account. */
const limit: Field = {
	...limitField,
	encode: (raw) => limitField.encode?.(raw) ?? USUAL_LIMIT,
	property: { ...limitField.property, displayOptions: { show: { returnAll: [false] } } },
};

/** Every Get Many begins with these two. */
export const paging: readonly Field[] = [returnAll, limit];

/** For updates of a record with lists of IDs that Keap replaces as a whole. */
export const keepEntries = options('listHandling', 'Existing List Entries', {
	in: 'none',
	default: 'merge',
	choices: [
		['merge', 'Keep', 'Add what you give to what the record has'],
		['replace', 'Remove', 'Replace each list that you give as a whole'],
	],
	description: 'What happens to entries of a list that you give and do not mention',
});

/**
 * For updates: fields to empty. The names go into `update_mask` and are left out of the body, which is how Keap's v2 clears.
 * @param choices Keap's names, as `update_mask` takes them
 */
export const fieldsToClear = (choices: readonly Choice[]): Field =>
	multiOptions('fieldsToClear', 'Fields to Clear', {
		in: 'none',
		choices,
		description: 'Fields to empty in Keap. A list is emptied as a whole; with new entries for it, these replace it.',
	});
