import { inner } from '../runtime/isRecord';
import type { IDataObject } from 'n8n-workflow';

import { customFieldsByLabel } from './customFields/customFields';
import type { CustomFieldModel, Simplifier } from './operation/types';

/** Those of a record's fields that it has, in the order of the names. */
export function picked(record: IDataObject, names: readonly string[]): IDataObject {
	const kept: IDataObject = {};
	for (const name of names) if (record[name] !== undefined) kept[name] = record[name];
	return kept;
}

const MAIN_SLOTS = new Set<unknown>(['EMAIL1', 'PHONE1', 'BILLING']);

/** The main entry of a list, found by its slot because Keap returns them in no order; else the first one, or an empty one where there is none. */
export function first(list: unknown): IDataObject {
	const entries = Array.isArray(list) ? (list as unknown[]).map(inner) : [];
	return entries.find(({ field }) => MAIN_SLOTS.has(field)) ?? entries[0] ?? {};
}

/** First and last name as one text; null where there is neither. */
export const fullName = (...parts: readonly unknown[]): string | null =>
	parts.filter((part) => typeof part === 'string' && part !== '').join(' ') || null;

/** Simplify for records that have custom fields: these by label, behind what `shape` makes of the rest. */
export const withCustomFields = (model: CustomFieldModel, shape: (record: IDataObject) => IDataObject): Simplifier => ({
	shape: async (record, context) => ({ ...shape(record), custom_fields: await customFieldsByLabel(context, model, record.custom_fields) }),
});
