import type { KeapContext } from '../../../transport';
import { isEmpty, oneOf } from '../../fields/encode';
import { BadInput, ofParameter } from '../../operation/badInput';
import type { Fail, Outcome } from '../../operation/outcome';
import type { Call, CustomFieldModel, Field, Operation, Work } from '../../operation/types';
import { type CustomField, findCustomField, readCustomFields } from '../customFieldModel';
import { conditionOf } from './condition';
import { filterKind, type FilterOperator, OPERATOR_WORDS } from './filterKinds';
import { CONTROLS, DISPLAY_NAME, FROM_LIST, NAME, OPERATOR_CONTROLS, type RawCondition } from './filterParameter';

const WORDS = oneOf(Object.keys(OPERATOR_WORDS));

/** A word of the form, or a sign that an agent writes. */
function operatorOf(raw: unknown): FilterOperator {
	const sign = raw === '=' ? '==' : raw;
	const known = Object.entries(OPERATOR_WORDS).find(([, [, keaps]]) => keaps === sign)?.[0];
	try {
		return (WORDS(known ?? raw) ?? 'is') as FilterOperator;
	} catch (error) {
		throw ofParameter(error, `${DISPLAY_NAME} > Operator`);
	}
}

/** The conditions of one list on custom fields, in Keap's words. The account's fields are read once a minute. */
export async function conditionsOf(
	context: KeapContext,
	model: CustomFieldModel,
	raw: readonly RawCondition[],
	{ zone, taken }: { readonly zone: string; readonly taken: ReadonlySet<string> },
): Promise<string[]> {
	const fields = await readCustomFields(context, model);
	return raw.map((one) => {
		const field = fieldOf(fields, one.field);
		// Keap would compare its own field: https://developer.infusionsoft.com/docs/restv2/#tag/Contact/operation/listContacts
		if (field.fieldName !== undefined && taken.has(field.fieldName.toLowerCase()))
			throw new BadInput(
				`can't be filtered by: Keap has a field of its own that is called ${field.fieldName}`,
				'Read all records and compare them in the workflow, or make another custom field.',
				`${DISPLAY_NAME} > ${field.label}`,
			);
		const { operator, value } = comparisonOf(field, one);
		return conditionOf(field, operator, value, zone);
	});
}

/** By the entry of the list; otherwise by ID, by label or by Keap's name, whichever an expression gives. */
function fieldOf(fields: readonly CustomField[], raw: unknown): CustomField {
	const written = typeof raw === 'string' || typeof raw === 'number' ? String(raw).trim() : '';
	if (written === '') throw new BadInput('has a condition without a field', 'Choose the field, or remove the condition.', DISPLAY_NAME);
	return findCustomField(fields, FROM_LIST.exec(written)?.[1] ?? written, DISPLAY_NAME);
}

/** The type is the account's, never the form's: that may be older, or not know it at all. */
function comparisonOf(field: CustomField, raw: RawCondition): { operator: FilterOperator; value: unknown } {
	const kind = filterKind(field);
	const isFromList = FROM_LIST.exec(String(raw.field).trim())?.[2] === kind;
	const byKind = OPERATOR_CONTROLS[kind];
	const given = isFromList ? byKind && raw[byKind] : raw.operator;
	return { operator: operatorOf(given), value: isFromList || isEmpty(raw.value) ? controlled(raw, CONTROLS[kind], isFromList) : raw.value };
}

/** A control that nobody has seen holds its default, which nobody has meant: only a text can be told from that. */
function controlled(raw: RawCondition, control: string, isSeen: boolean): unknown {
	if (!isSeen && (control === 'number' || control === 'yesNo')) return undefined;
	return raw[control];
}

/** Keap's own filters that a row has, in lower case. */
function filterNames(fields: readonly Field[]): Set<string> {
	const keys = fields.flatMap(({ to, members = [] }) => [...(to?.in === 'filter' ? [to.key] : []), ...filterNames(members)]);
	return new Set(keys.flatMap((key) => key.split(';').map((part) => part.replace(/[=<>!].*$/, '').toLowerCase())));
}

/**
 * Puts the conditions on custom fields into the filter of every call.
 * @returns the calls that can go on, and the outcomes of those whose conditions were refused
 */
export async function resolveCustomFieldFilters(
	{ context }: Work,
	{ customFieldFilters: model, fields }: Operation,
	calls: readonly Call[],
	fail: Fail,
): Promise<[Call[], Outcome[]]> {
	const wanted = ({ values }: Call): readonly RawCondition[] => (Array.isArray(values[NAME]) ? (values[NAME] as RawCondition[]) : []);
	if (model === undefined || calls.every((call) => wanted(call).length === 0)) return [[...calls], []];
	const settings = { zone: context.getTimezone(), taken: filterNames(fields) };
	const ready: Call[] = [];
	const refused: Outcome[] = [];
	for (const call of calls) {
		try {
			const conditions = wanted(call).length === 0 ? [] : await conditionsOf(context, model, wanted(call), settings);
			const filter = [call.query.filter, ...conditions].filter((part) => part !== undefined && part !== '').join(';');
			ready.push(filter === '' ? call : { ...call, query: { ...call.query, filter } });
		} catch (error) {
			refused.push(fail(call, error));
		}
	}
	return [ready, refused];
}
