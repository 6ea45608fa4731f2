import type { IDataObject } from 'n8n-workflow';

import { listOf } from '../../runtime/listOf';
import type { KeapContext } from '../../transport';
import { labelsOf } from '../customFields/customFields';
import { readCustomFields } from '../customFields/customFieldModel';
import { folded, nearest } from '../fields/near';
import { BadInput, shown } from '../operation/badInput';
import type { Selection, Shaping, Simplifier } from '../operation/types';
import { FIELDS_LABEL } from './parameters';

/** The simplified field that holds the custom ones, and what stands before a custom field's ID or label to name it surely. */
export const CUSTOM_FIELDS = 'custom_fields';
export const INSIDE = `${CUSTOM_FIELDS}.`;

/** So many that are near an unknown name are listed. */
const MOST_NEAR = 8;

const fieldsOf = new WeakMap<Simplifier, Promise<readonly string[]>>();

/** The fields of a simplified record, in their order: it has all of them, also when Keap gives nothing. Costs no call. */
export async function simplifiedFields(simplifier: Simplifier, context: KeapContext): Promise<readonly string[]> {
	const known = fieldsOf.get(simplifier) ?? Promise.resolve(simplifier.shape({}, context)).then((blank) => Object.keys(blank));
	fieldsOf.set(simplifier, known);
	return await known;
}

/** As agents and people write it: `first_name`, `First Name`, `firstName`. */
const plain = (name: string): string => folded(name).replace(/[\s_-]/g, '');

/** What names the record: its ID, or that of what it is about where it stands first, as in a summary. */
const isIdentity = (field: string, index: number): boolean => field === 'id' || (index === 0 && /(_id|^key)$/.test(field));

/** What of the wanted names a kind of record has, and the names that it does not have. */
interface Match {
	readonly selection: Selection;
	readonly unknown: readonly string[];
	/** All names that it has, as people read them. */
	readonly names: readonly string[];
}

/**
 * Finds the fields that names stand for: those of the simplified record by name, custom fields by label, or by ID behind
 * `custom_fields.`. The custom fields are read from Keap only where a name is none of the record's own.
 */
export async function matchFields(context: KeapContext, simplifier: Simplifier, names: readonly string[]): Promise<Match> {
	const own = await simplifiedFields(simplifier, context);
	const ownName = (name: string): string | undefined => own.find((one) => one === name) ?? own.find((one) => plain(one) === plain(name));
	const others = names.filter((name) => ownName(name) === undefined);
	const { customFields: model } = simplifier;
	const all = others.length === 0 || model === undefined ? [] : await readCustomFields(context, model);
	const labels = labelsOf(all);
	const chosen = new Map<string, string>();
	const unknown: string[] = [];
	for (const name of others) {
		const wanted = folded(name.startsWith(INSIDE) ? name.slice(INSIDE.length) : name);
		const isMeant = ({ id, label }: { id: string; label: string }): boolean =>
			folded(label) === wanted || folded(labels.get(id) ?? '') === wanted || (name.startsWith(INSIDE) && id === wanted);
		const found = all.filter(isMeant);
		// Of a label that two fields share, both: each keeps its ID behind it.
		for (const { id, label } of found) chosen.set(id, labels.get(id) ?? label);
		if (found.length > 0) continue;
		// Whoever names a field by Keap's own name finds it under that: it stays when the label is changed.
		const named = all.find(({ fieldName }) => fieldName !== undefined && folded(fieldName) === wanted);
		if (named === undefined) unknown.push(name);
		else chosen.set(named.id, named.fieldName ?? named.label);
	}
	const wanted = new Set(names.map(ownName));
	const isWhole = wanted.has(CUSTOM_FIELDS) || chosen.size === 0;
	return {
		selection: {
			fields: own.filter((one, index) => isIdentity(one, index) || wanted.has(one) || (one === CUSTOM_FIELDS && chosen.size > 0)),
			...(!isWhole && { customFields: chosen }),
		},
		unknown,
		names: [...own, ...labels.values()],
	};
}

/** @throws BadInput that names the parameter where no field is named, or one that the record does not have, with those near it */
export async function selectionOf(context: KeapContext, simplifier: Simplifier, names: readonly string[]): Promise<Selection> {
	if (names.length === 0)
		throw new BadInput('is empty', 'Choose at least one field, or set Output to Simplified.', FIELDS_LABEL, 'Give the names of fields.');
	const { selection, unknown, names: all } = await matchFields(context, simplifier, names);
	const [first] = unknown;
	if (first !== undefined) throw unknownField(first, all);
	return selection;
}

/** @param all the names that there are */
export function unknownField(name: string, all: readonly string[]): BadInput {
	const near = nearest(all, (one) => [folded(one), folded(one).replaceAll('_', ' ')], name, MOST_NEAR);
	const advice = near.length > 0 ? `Near it ${near.length === 1 ? 'is' : 'are'} ${near.join(', ')}.` : `The fields are ${all.join(', ')}.`;
	return new BadInput(`has no field ${shown(name)}`, advice, FIELDS_LABEL);
}

/** A simplified record, or of its fields those that are selected. */
export async function shapedRecord(
	simplifier: Simplifier,
	record: IDataObject,
	context: KeapContext,
	{ selection, ...how }: Shaping & { readonly selection?: Selection | undefined } = {},
): Promise<IDataObject> {
	if (selection === undefined) return await simplifier.shape(record, context, how);
	const { fields, customFields } = selection;
	const isWhole = fields.includes(CUSTOM_FIELDS) && customFields === undefined;
	// The labels of custom fields that nobody wants would be read for nothing.
	const asked = isWhole || simplifier.customFields === undefined ? record : { ...record, custom_fields: [] };
	const shaped = await simplifier.shape(asked, context, { ...how, wants: (name) => fields.includes(name) });
	const picked = Object.fromEntries(fields.map((name) => [name, shaped[name] ?? null]));
	return customFields === undefined ? picked : { ...picked, [CUSTOM_FIELDS]: contents(record, customFields) };
}

function contents({ custom_fields: given }: IDataObject, wanted: ReadonlyMap<string, string>): IDataObject {
	const byId = new Map(listOf(given).map(({ id, content }) => [String(id), content]));
	return Object.fromEntries([...wanted].map(([id, label]) => [label, (byId.get(id) ?? null) as IDataObject[string]]));
}

/** Of the names that a row gives Keap's `fields`, those that a selection needs; undefined where it needs none. */
export function keapFieldsFor({ from = {} }: Simplifier, { fields }: Selection, all: unknown): string[] | undefined {
	const needed = new Set(['id', ...fields.map((name) => from[name] ?? name)]);
	const asked = Array.isArray(all) ? (all as string[]).filter((name) => needed.has(name)) : [];
	return asked.length === 0 ? undefined : asked;
}
