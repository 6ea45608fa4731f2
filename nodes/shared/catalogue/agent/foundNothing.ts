import type { IDataObject } from 'n8n-workflow';

import { isWrite } from '../operation/outcome';
import type { Answer, Call, Field } from '../operation/types';
import { FIELDS, OUTPUT } from '../output/parameters';

/** What says how a list is read, not which records are in it. */
const HOW = new Set(['returnAll', 'limit', 'orderBy', 'options', OUTPUT, FIELDS]);

/**
 * What an AI agent reads of a list without records: an empty text would be filled by invention.
 *
 * @param resource the resource's name, such as `Contact`
 */
export function foundNothing({ operation, values }: Call, resource: string): IDataObject {
	const conditions = operation.fields.filter(({ property }) => !HOW.has(property.name)).flatMap((field) => conditionsIn(field, values));
	const one = operation.value === 'getAll' || operation.records === undefined ? lower(resource) : singular(operation.records);
	const message = conditions.length === 0 ? `There is no ${one}` : `No ${one} matches ${conditions.join(' and ')}`;
	return { found: 0, message };
}

/** Whether an answer has nothing in it that an agent could read as an answer. */
export const isNothing = (call: Call, answer: Answer): boolean => Array.isArray(answer) && answer.length === 0 && !isWrite(call);

function conditionsIn({ property, members, to }: Field, values: Call['values']): string[] {
	if (members !== undefined) return members.filter(({ property: { name } }) => !HOW.has(name)).flatMap((one) => conditionsIn(one, values));
	const value = values[property.name];
	if (value === undefined || (to === undefined && typeof value === 'boolean')) return [];
	const text = shortText(value);
	return [text === undefined ? property.displayName : `${property.displayName} = ${text}`];
}

function shortText(value: unknown): string | undefined {
	if (Array.isArray(value)) return value.every((one) => typeof one !== 'object') ? value.join(', ') : undefined;
	return typeof value === 'object' ? undefined : String(value);
}

/** Not the first letters of an abbreviation: `UTM Parameters`. */
const lower = (name: string): string => name.replace(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());

/** `applied_tag` of Keap's `applied_tags`. */
const singular = (list: string): string =>
	list
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.replace(/_/g, ' ')
		.toLowerCase()
		.replace(/ies$/, 'y')
		.replace(/s$/, '');
