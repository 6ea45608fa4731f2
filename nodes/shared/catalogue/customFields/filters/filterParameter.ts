import type { INodeProperties } from 'n8n-workflow';

import { BadInput, shown } from '../../operation/badInput';
import type { Field } from '../../operation/types';
import { type FilterKind, type FilterOperator, operatorName, OPERATORS } from './filterKinds';

export const NAME = 'customFieldFilters';
export const DISPLAY_NAME = 'Custom Field Filters';

/** The names under which a node registers what fills the lists of this parameter. */
export const FIELDS_METHOD = 'getCustomFieldsToFilterBy';
export const OPTIONS_METHOD = 'getCustomFieldOptions';

/** Where the value of each kind is: a control that fits it. */
export const CONTROLS: Readonly<Record<FilterKind, string>> = {
	text: 'text',
	choice: 'option',
	number: 'number',
	date: 'date',
	yesNo: 'yesNo',
	several: 'option',
	drilldown: 'number',
};

/** Where the operator of each kind is. A field with several options has one that is no choice: it says what is found. */
export const OPERATOR_CONTROLS: Readonly<Partial<Record<FilterKind, string>>> = {
	text: 'textOperator',
	choice: 'textOperator',
	number: 'operator',
	date: 'operator',
	several: 'severalOperator',
};

/** What an entry of the list of fields is called: the ID, and how it is compared, from which the form takes its controls. */
export const FROM_LIST = /^(\d+)\|(text|choice|number|date|yesNo|several|drilldown)$/;

/** A field that an expression gives: the form can't know its type. */
const UNKNOWN = 'unknown';

const kindsWith = (controls: Readonly<Partial<Record<FilterKind, string>>>, control: string): string[] =>
	Object.entries(controls).flatMap(([kind, name]) => (name === control ? [kind] : []));

const shownFor = (kinds: readonly string[]): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show: { kind: [...kinds] } },
});

const operatorControl = (name: string, operators: readonly FilterOperator[], kinds: readonly string[]): INodeProperties => ({
	displayName: 'Operator',
	name,
	type: 'options',
	options: operators.map((value) => ({ name: operatorName(value), value })).sort((a, b) => a.name.localeCompare(b.name, 'en')),
	default: 'is',
	description: 'How the value is compared',
	...shownFor(kinds),
});

const valueControl = (name: string, rest: Pick<INodeProperties, 'type' | 'default'> & Partial<INodeProperties>): INodeProperties => ({
	displayName: 'Value',
	name,
	...rest,
	...shownFor(name === 'value' ? [UNKNOWN] : kindsWith(CONTROLS, name)),
});

const EXPRESSION = 'using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

const members = (dependsOn: string): INodeProperties[] => [
	{
		displayName: 'Field Name or ID',
		name: 'field',
		type: 'options',
		typeOptions: { loadOptionsMethod: FIELDS_METHOD, loadOptionsDependsOn: [dependsOn] },
		default: '',
		description: `The custom field to compare. Choose from the list, or specify an ID ${EXPRESSION}.`,
	},
	operatorControl('operator', [...OPERATORS.number, 'beginsWith', 'contains'], [...kindsWith(OPERATOR_CONTROLS, 'operator'), UNKNOWN]),
	{ ...operatorControl('severalOperator', ['contains'], kindsWith(OPERATOR_CONTROLS, 'severalOperator')), default: 'contains' },
	operatorControl('textOperator', OPERATORS.text, kindsWith(OPERATOR_CONTROLS, 'textOperator')),
	{
		displayName: 'Type',
		name: 'kind',
		type: 'hidden',
		default: `={{ ($parameter["&field"] || "").toString().split("|")[1] || "${UNKNOWN}" }}`,
	},
	valueControl('date', { type: 'dateTime', default: '' }),
	valueControl('number', { type: 'number', default: 0, description: 'A number' }),
	valueControl('text', { type: 'string', default: '' }),
	valueControl('value', { type: 'string', default: '', description: 'A text, a number, a date, or true or false, as the field has it' }),
	valueControl('yesNo', {
		type: 'options',
		options: [
			{ name: 'No', value: 'no' },
			{ name: 'Yes', value: 'yes' },
		],
		default: 'yes',
		description: 'The answer that the field has',
	}),
	{
		displayName: 'Value Name or ID',
		name: 'option',
		type: 'options',
		typeOptions: { loadOptionsMethod: OPTIONS_METHOD, loadOptionsDependsOn: ['&field'] },
		default: '',
		description: `One of the field's options. Choose from the list, or specify an ID ${EXPRESSION}.`,
		...shownFor(kindsWith(CONTROLS, 'option')),
	},
];

/** A condition as the form holds it. */
export type RawCondition = Readonly<Record<string, unknown>>;

/** The conditions, in whichever form n8n or an expression gives them; undefined without any. @throws BadInput for what is no list of them */
export function rawConditions(raw: unknown): readonly RawCondition[] | undefined {
	const list: unknown =
		typeof raw === 'object' && raw !== null && Object.hasOwn(raw, 'entries') ? (raw as { entries: unknown }).entries : raw;
	if (list === undefined || list === null || list === '') return undefined;
	const all: unknown[] = Array.isArray(list) ? list : [list];
	const conditions = all.filter((one): one is RawCondition => typeof one === 'object' && one !== null && !Array.isArray(one));
	if (conditions.length < all.length)
		throw new BadInput(`must be a list of conditions, not ${shown(raw)}`, 'Add conditions with the button, each with its field and value.');
	const given = conditions.filter((one) => Object.keys(one).length > 0);
	return given.length === 0 ? undefined : given;
}

/**
 * Conditions on the account's own custom fields: a list whose controls follow the field that is chosen.
 * @param dependsOn the parameter on which it depends whose fields these are
 * @param methods what fills the lists
 */
export const customFieldFilters = (dependsOn: string, methods: NonNullable<Field['methods']>): Field => ({
	property: {
		displayName: DISPLAY_NAME,
		name: NAME,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Custom Field Filter',
		default: {},
		options: [{ name: 'entries', displayName: 'Condition', values: members(dependsOn) }],
	},
	encode: rawConditions,
	methods,
});
