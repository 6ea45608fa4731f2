import type { IExecuteFunctions, IHookFunctions, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { texts } from '../../shared/catalogue/fields/encodeMore';
import { BadInput, refusedParameter } from '../../shared/catalogue/operation/badInput';
import type { Simplifier } from '../../shared/catalogue/operation/types';
import { fieldOptions } from '../../shared/catalogue/output/loadFields';
import { FIELD_NAMES, FIELDS, FIELDS_LABEL, OUTPUT, SELECTED } from '../../shared/catalogue/output/parameters';
import { matchFields, unknownField } from '../../shared/catalogue/output/selection';
import { orders } from '../../shared/records/commerce/orders';
import { HOOK_OBJECTS } from '../../shared/records/hookObjects';
import type { RecordKind } from '../../shared/records/kind/record';
import { ownOf } from '../../shared/runtime/isRecord';

/** The kind of record that is read for an object of an event: for an invoice the order that it bills. */
export const kindOfObject = (object: string): RecordKind | undefined => (object === 'invoice' ? orders : ownOf(HOOK_OBJECTS, object));

/** Tags that are applied and removed come with the contact. */
const objectOf = (eventKey: string): string =>
	/^contactGroup\.(applied|removed)$/.test(eventKey) ? 'contact' : eventKey.slice(0, eventKey.lastIndexOf('.'));

const simplifiersFor = (eventKeys: readonly string[]): Simplifier[] => [
	...new Set(eventKeys.flatMap((key) => kindOfObject(objectOf(key))?.simplify ?? [])),
];

/** The names of the fields that the user has chosen; none unless the records are to have selected ones. */
export function namesWanted(context: IExecuteFunctions | IHookFunctions): readonly string[] | undefined {
	return read(context, OUTPUT, 'simplified') === SELECTED ? (texts(read(context, FIELDS, [])) ?? []) : undefined;
}

/** Whether the custom fields of records go by Keap's names for them. */
export const byFieldName = (context: IExecuteFunctions): boolean => read(context, OUTPUT, 'simplified') === FIELD_NAMES;

const read = (context: IExecuteFunctions | IHookFunctions, name: string, standard: unknown): unknown =>
	'getInputData' in context ? context.getNodeParameter(name, 0, standard) : context.getNodeParameter(name, standard);

/**
 * Holds the chosen fields to what the records of the events have, when the workflow is activated: each of at least one kind.
 * @throws NodeOperationError that names the field and those near it
 */
export async function checkFields(context: IHookFunctions, eventKeys: readonly string[]): Promise<void> {
	const names = namesWanted(context);
	const simplifiers = simplifiersFor(eventKeys);
	if (names === undefined || simplifiers.length === 0) return;
	try {
		if (names.length === 0) throw new BadInput('is empty', 'Choose at least one field, or set Output to Simplified.', FIELDS_LABEL);
		const matches = await Promise.all(simplifiers.map(async (simplify) => await matchFields(context, simplify, names)));
		const unknown = names.find((name) => matches.every((match) => match.unknown.includes(name)));
		if (unknown !== undefined) throw unknownField(unknown, [...new Set(matches.flatMap((match) => match.names))]);
	} catch (error) {
		throw refusedParameter(context.getNode(), FIELDS_LABEL, error);
	}
}

/** Fills the list of fields: those of all records that the chosen events bring, each once. */
export async function loadRecordFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const keys = ['events', 'otherEvents'].flatMap((name) => (this.getCurrentNodeParameter(name) as string[] | undefined) ?? []);
	const lists = await Promise.all(simplifiersFor([keys].flat()).map(async (simplify) => await fieldOptions(this, simplify, 'label')));
	return [...new Map(lists.flat().map((option) => [option.name, option])).values()];
}
