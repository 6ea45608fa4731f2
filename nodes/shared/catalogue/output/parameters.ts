import { texts } from '../fields/encodeMore';
import { field, options } from '../fields/fields';
import { oneOf } from '../fields/encode';
import type { Call, Field } from '../operation/types';

/** What the names of the parameters are, and what they hold. */
export const OUTPUT = 'output';
export const FIELDS = 'outputFields';
export const FIELDS_LABEL = 'Field Names or IDs';
export const SELECTED = 'selectedFields';
export const FIELD_NAMES = 'fieldNames';

/** The name under which nodes register the list of fields. */
export const FIELDS_METHOD = 'getOutputFields';

const chosen = options(OUTPUT, 'Output', {
	in: 'none',
	choices: [
		['simplified', 'Simplified', 'The usual fields, with names beside IDs'],
		[FIELD_NAMES, 'Simplified, Custom Fields by Keap Name', 'Names stay the same when somebody changes a label in Keap'],
		['raw', 'Raw', 'All that Keap gives, as it gives it'],
		[SELECTED, 'Selected Fields', 'Only those that you choose'],
	],
	description: 'What each record has in it',
});

const FORMS = oneOf(['simplified', FIELD_NAMES, 'raw', SELECTED]);

/** What an empty expression leaves. */
const byDefault = 'simplified';

/**
 * @param dependsOn the parameters whose change means other fields
 * @param output the name of the parameter that chooses the output
 */
export const outputFieldsFor = (dependsOn: string[]): Field =>
	field(
		{
			name: FIELDS,
			displayName: FIELDS_LABEL,
			in: 'none',
			description:
				'What to return besides the ID. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: FIELDS_METHOD, loadOptionsDependsOn: dependsOn },
			displayOptions: { show: { [OUTPUT]: [SELECTED] } },
			default: [],
		},
		texts,
	);

/** What a record has in it: for every operation that knows a simplified form of its records. */
export const output: readonly Field[] = [
	{ ...chosen, encode: (raw) => FORMS(raw) ?? byDefault },
	outputFieldsFor(['resource', 'operation']),
];

/** The parameter for other nodes to show, with a description of their own. */
export const outputProperty = chosen.property;

/** Whether a call wants records as Keap gives them. Rows without a simplified form have no such choice. */
export const isRaw = ({ values }: Pick<Call, 'values'>): boolean => values[OUTPUT] === undefined || values[OUTPUT] === 'raw';
export const isSimplified = ({ values }: Pick<Call, 'values'>): boolean => values[OUTPUT] === byDefault || byFieldName({ values });

/** Whether custom fields go by Keap's names for them instead of by their labels. */
export const byFieldName = ({ values }: Pick<Call, 'values'>): boolean => values[OUTPUT] === FIELD_NAMES;

/** The names of the fields that a call wants; none unless its output is Selected Fields. */
export const namesWanted = ({ values }: Pick<Call, 'values'>): readonly string[] | undefined =>
	values[OUTPUT] !== SELECTED ? undefined : Array.isArray(values[FIELDS]) ? (values[FIELDS] as string[]) : [];
