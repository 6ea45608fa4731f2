import * as encode from './encode';
import { field, type FieldTexts, MOST_WHOLE, options } from './fields';
import type { Field } from '../operation/types';

/*
 * n8n gives every part of a fixed collection a value, also those that nobody has touched: a number that stands in the form, a switch
 * that is off. Where a part that is not given means something else than 0 or no, it is text or a choice, of which empty is none.
 */

/** The parts of an entry in the order in which n8n wants more than four of them: by name. */
export const byName = (parts: readonly Field[]): Field[] =>
	[...parts].sort((a, b) => a.property.displayName.localeCompare(b.property.displayName, 'en'));

/** A whole number of at least 1, or of at least another one, or none. */
export const countOrNone = (name: string, displayName: string, { min = 1, ...texts }: FieldTexts & { min?: number } = {}): Field =>
	field(
		{ name, displayName, placeholder: 'e.g. 3', ...texts },
		{ type: 'string', default: '' },
		encode.number({ min, max: MOST_WHOLE, whole: true }),
	);

/** Yes, no, or not given. */
export function yesNoOrNone(name: string, displayName: string, { none, ...texts }: FieldTexts & { none: string }): Field {
	const choice = options(name, displayName, {
		...texts,
		choices: [
			['', none],
			['true', 'Yes'],
			['false', 'No'],
		],
	});
	return { ...choice, encode: (raw) => encode.boolean(raw) };
}
