import type {
	FieldType,
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { BadInput, shown } from '../operation/badInput';
import { type CustomField, encodeCustomField, findCustomField, readCustomFields, SEVERAL } from './customFieldModel';
import { isEmpty } from '../fields/encode';
import { texts } from '../fields/encodeMore';
import { boolean, field } from '../fields/fields';
import { listOf } from '../../runtime/listOf';
import type { Fail, Outcome } from '../operation/outcome';
import type { Call, CustomFieldModel, Field, Operation, Shaping, Work } from '../operation/types';
import { isCancelled, type KeapContext } from '../../transport';
import { momentInZone } from '../fields/zone';
import { ownOf } from '../../runtime/isRecord';

const NAME = 'customFields';
const WANTED = 'setCustomFields';
const CLEARED = 'customFieldsToClear';

/**
 * Brings the mapper. Were that there from the start, n8n would draw it and ask Keap for the account's fields each time the
 * node is opened; and on a node just added it asks before it has put in the credential, and then shows none.
 * n8n decides by top-level values alone what it shows, so the switch can stand in no collection.
 */
const wanted: Field = boolean(WANTED, 'Set Custom Fields', {
	in: 'none',
	description: 'Whether to give values for the custom fields of your Keap account',
});

/** The resource mapper that shows the account's own fields by label. */
const mapper = (method: string, model: CustomFieldModel): Field => ({
	methods: { resourceMapping: { [method]: mapperOf(model) } },
	property: {
		displayName: 'Custom Fields',
		name: NAME,
		type: 'resourceMapper',
		noDataExpression: true,
		displayOptions: { show: { [WANTED]: [true] } },
		default: { mappingMode: 'defineBelow', value: null },
		description: 'Values for the custom fields of your Keap account. Fields left empty are not touched.',
		typeOptions: {
			// Without it n8n would go on showing the contact's fields when the resource is changed to another.
			loadOptionsDependsOn: ['resource'],
			resourceMapper: {
				resourceMapperMethod: method,
				mode: 'add',
				valuesLabel: 'Custom Fields',
				fieldWords: { singular: 'custom field', plural: 'custom fields' },
				supportAutoMap: true,
				noFieldsError: 'This Keap account has no custom fields for this kind of record.',
			},
		},
	},
	encode: checkMapping,
});

/**
 * The parameters for custom fields.
 * @param method the name under which the node registers the look-up that gives their labels, types and choices
 * @param model where these are read
 */
export const customFields = (method: string, model: CustomFieldModel): readonly Field[] => [
	{ ...wanted, property: { ...wanted.property, noDataExpression: true } },
	mapper(method, model),
];

/** For updates: an empty value in the mapper means not given, so what is to be emptied is named. */
export const customFieldsToClear: Field = field(
	{
		name: CLEARED,
		displayName: 'Custom Fields to Clear',
		in: 'none',
		placeholder: 'e.g. Nickname, T-Shirt Size',
		description: 'Labels or IDs of custom fields to empty, separated by commas. The others keep their values.',
	},
	{ type: 'string', default: '' },
	texts,
);

/** n8n evaluates no expression for a mapping as a whole, only inside its fields: unevaluated text must not be ignored in silence. */
function checkMapping(raw: unknown): unknown {
	if (typeof raw !== 'string' || isEmpty(raw)) return raw;
	throw new BadInput(
		`must be a mapping of fields, not text: ${shown(raw)}`,
		'Add the fields one by one, each with its value or expression, or map them automatically from the item.',
	);
}

/** Which widget of n8n fits a type of Keap. Lists are text with commas: the widget for arrays would want JSON. */
const WIDGETS: Readonly<Record<string, FieldType>> = {
	CURRENCY: 'number',
	DATE: 'dateTime',
	DATE_TIME: 'dateTime',
	DECIMAL_NUMBER: 'number',
	PERCENT: 'number',
	WHOLE_NUMBER: 'number',
	YEAR: 'number',
	YES_NO: 'boolean',
};

/** Feeds the mapper in the editor. */
const mapperOf = (model: CustomFieldModel) =>
	async function (this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
		const fields = await readCustomFields(this, model);
		const isShort = fields.length <= SHOWN_AT_ONCE;
		return { fields: fields.map((each) => toMapperField(each, isShort)) };
	};

/** So many fields stand in the mapper from the start; of more, those that the user adds: an account may have a hundred of a kind. */
const SHOWN_AT_ONCE = 25;

/** @param isShort whether the account has so few fields that all can be shown */
function toMapperField({ id, label, type, choices }: CustomField, isShort: boolean): ResourceMapperField {
	const isChoice = choices.length > 0 && !SEVERAL.has(type) && type !== 'YES_NO';
	const widget = ownOf(WIDGETS, type);
	return {
		id,
		displayName: SEVERAL.has(type) ? `${label} (comma-separated)` : label,
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		// n8n gives what it shows the value `false` if that is a switch, and nothing otherwise: an untouched form would write No.
		removed: !isShort || widget === 'boolean',
		type: isChoice ? 'options' : (widget ?? 'string'),
		...(isChoice && { options: choices.map((choice) => ({ name: choice.label, value: choice.label })) }),
	};
}

/** What the parameter holds: values by field, or the wish to take them from the item. */
function mapperValue(values: Call['values']): Readonly<Record<string, unknown>> | 'auto' {
	const raw = values[NAME];
	if (values[WANTED] !== true || typeof raw !== 'object' || raw === null) return {};
	const { mappingMode, value } = raw as { mappingMode?: unknown; value?: unknown };
	if (mappingMode === 'autoMapInputData') return 'auto';
	const given = mappingMode === undefined ? raw : value;
	return typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
}

/** The values to write, by field id or label, whichever way the user gave them. */
function givenValues(context: IExecuteFunctions, { item, values }: Call, fields: readonly CustomField[]): Array<[string, unknown]> {
	const mapper = mapperValue(values);
	if (mapper !== 'auto') return Object.entries(mapper);
	return Object.entries(context.getInputData()[item]?.json ?? {}).flatMap(([column, value]): Array<[string, unknown]> => {
		const id = idByLabel(fields, column);
		return id === undefined ? [] : [[id, value]];
	});
}

/**
 * The field that a column of the item is meant for: by its label or Keap's name alone. IDs are small numbers, and a column called "1" is as
 * likely something else. Fields that share a label have the names that simplified records give them: "Size (7)".
 */
function idByLabel(fields: readonly CustomField[], column: string): string | undefined {
	const wanted = column.trim().toLowerCase();
	const named = fields.filter(({ label }) => label.trim().toLowerCase() === wanted);
	if (named.length > 1) {
		throw new BadInput(
			`has more than one field ${shown(column)} in this Keap account`,
			`Name the column after the field and its ID: ${named.map(({ id, label }) => `"${label} (${id})"`).join(' or ')}.`,
			'Custom Fields',
		);
	}
	const isNamed = ({ id, label }: CustomField): boolean => `${label.trim()} (${id})`.toLowerCase() === wanted;
	// Keap's own name, as the other form of simplified records has it.
	return (named[0] ?? fields.find(isNamed) ?? fields.find(({ fieldName }) => fieldName?.toLowerCase() === wanted))?.id;
}

/** The custom fields to empty, by label or ID. */
const clearedNames = ({ values }: Call): string[] => (Array.isArray(values[CLEARED]) ? (values[CLEARED] as string[]) : []);

/** Whether an item has any custom field to write or to empty. */
export const wantsCustomFields = (call: Call): boolean => {
	const mapper = mapperValue(call.values);
	return (
		clearedNames(call).length > 0 ||
		mapper === 'auto' ||
		Object.values(mapper).some((one) => one !== null && one !== undefined && one !== '')
	);
};

/**
 * Puts the custom fields of every call into its body as Keap writes them: `[{id, content}]`, with `null` for one that is to be emptied.
 * The account's model is read once, and only when an item has custom fields at all.
 * @returns the calls that can go on, and the outcomes of those whose values were refused
 */
export async function resolveCustomFields(
	work: Work,
	{ customFields: model }: Operation,
	calls: readonly Call[],
	fail: Fail,
): Promise<[Call[], Outcome[]]> {
	if (model === undefined || !calls.some(wantsCustomFields)) return [[...calls], []];
	const ready: Call[] = [];
	const refused: Outcome[] = [];
	for (const call of calls) {
		if (!wantsCustomFields(call)) {
			ready.push(call);
			continue;
		}
		try {
			const fields = await readCustomFields(work.context, model);
			const zone = work.context.getTimezone();
			const written = givenValues(work.context, call, fields).map(([name, raw]) => {
				const field = findCustomField(fields, name);
				return { id: field.id, content: encodeCustomField(field, field.type === 'DATE_TIME' ? momentInZone(raw, zone) : raw) };
			});
			const filled = written.filter(({ content }) => content !== undefined) as IDataObject[];
			const emptied = [...new Set(clearedNames(call).map((name) => findCustomField(fields, name).id))].filter((id) =>
				filled.every((one) => one.id !== id),
			);
			const custom = [...filled, ...emptied.map((id): IDataObject => ({ id, content: null }))];
			ready.push(custom.length === 0 ? call : { ...call, body: { ...call.body, custom_fields: custom } });
		} catch (error) {
			refused.push(fail(call, error));
		}
	}
	return [ready, refused];
}

/**
 * A record's custom fields by label, for reading: `{"T-Shirt Size": "L"}`, or by Keap's name for them. Empty ones are left out; a field
 * that is gone keeps its number, and so do those that share their label with another: `{"Size (7)": "L", "Size (9)": "M"}`.
 * Where the record has just been written, names that can't be read fail nothing, and all fields keep their numbers.
 */
export async function namedCustomFields(
	context: KeapContext,
	model: CustomFieldModel,
	content: unknown,
	{ written = false, byFieldName = false }: Shaping = {},
): Promise<IDataObject> {
	const filled = listOf(content).filter((one) => one.content !== null && one.content !== undefined && one.content !== '');
	if (filled.length === 0) return {};
	const labels = await labelsFor(context, model, byFieldName ? namesOf : labelsOf).catch((error: unknown): Labels => {
		if (!written || isCancelled(error)) throw error;
		return new Map();
	});
	return Object.fromEntries(filled.map((one) => [labels.get(String(one.id)) ?? String(one.id), one.content]));
}

type Labels = ReadonlyMap<string, string>;

/** By run of a node: a look-up decrypts the credential, which a hundred thousand records must not pay for each. */
const labelsOfRuns = new WeakMap<KeapContext, Map<string, Promise<Labels>>>();

async function labelsFor(context: KeapContext, { path }: CustomFieldModel, named: typeof labelsOf): Promise<Labels> {
	const ofRun = labelsOfRuns.get(context) ?? new Map<string, Promise<Labels>>();
	labelsOfRuns.set(context, ofRun);
	const name = `${named.name} ${path}`;
	const known = ofRun.get(name);
	if (known) return await known;
	const reading = readCustomFields(context, { path }).then(named);
	ofRun.set(name, reading);
	// What failed is tried again with the next record.
	reading.catch(() => ofRun.delete(name));
	return await reading;
}

/** What names each field by its ID: its label, and its ID behind that where two fields share it, for one would hide the other. */
export function labelsOf(fields: readonly CustomField[]): Labels {
	const times = new Map<string, number>();
	for (const { label } of fields) times.set(label, (times.get(label) ?? 0) + 1);
	return new Map(fields.map(({ id, label }) => [id, times.get(label) === 1 ? label : `${label} (${id})`]));
}

/** The same with Keap's own name of each field, of which a record has each once. */
export const namesOf = (fields: readonly CustomField[]): Labels =>
	new Map(fields.map(({ id, label, fieldName }) => [id, fieldName ?? label]));
