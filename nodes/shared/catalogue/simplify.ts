import { inner } from '../runtime/isRecord';
import type { IDataObject } from 'n8n-workflow';

import { namedCustomFields } from './customFields/customFields';
import type { CustomFieldModel, Simplifier } from './operation/types';

/** A record's fields of these names, in their order and always all of them: what it does not have is null. */
export const picked = (record: IDataObject, names: readonly string[]): IDataObject =>
	Object.fromEntries(names.map((name) => [name, record[name] ?? null]));

/** Those of a record's fields that it has, for what goes back to Keap. */
export const present = (record: IDataObject, names: readonly string[]): IDataObject =>
	Object.fromEntries(names.flatMap((name) => (record[name] === undefined ? [] : [[name, record[name]]])));

const MAIN_SLOTS = new Set<unknown>(['EMAIL1', 'PHONE1', 'BILLING']);

/** The main entry of a list, found by its slot because Keap returns them in no order; else the first one, or an empty one where there is none. */
export function first(list: unknown): IDataObject {
	const entries = Array.isArray(list) ? (list as unknown[]).map(inner) : [];
	return entries.find(({ field }) => MAIN_SLOTS.has(field)) ?? entries[0] ?? {};
}

/** First and last name as one text; null where there is neither. */
export const fullName = (...parts: readonly unknown[]): string | null =>
	parts.filter((part) => typeof part === 'string' && part !== '').join(' ') || null;

/** The simplified form of records that have custom fields: these by label or by Keap's name, behind what `shape` makes of the rest. */
export const withCustomFields = (model: CustomFieldModel, shape: Simplifier['shape']): Simplifier => ({
	customFields: model,
	shape: async (record, context, how = {}) => ({
		...(await shape(record, context, how)),
		custom_fields: await namedCustomFields(context, model, record.custom_fields, how),
	}),
});
