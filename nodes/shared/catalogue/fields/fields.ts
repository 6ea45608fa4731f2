import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import * as encode from './encode';
import type { Field, ReferenceResolver, Target } from '../operation/types';
import { asNumberLater, isReference } from '../operation/reference';

/** What a field says of itself besides its name and its label. */
export interface FieldTexts {
	readonly description?: string;
	readonly placeholder?: string;
	readonly hint?: string;
	readonly required?: boolean;
	/** Where the value goes; `body` by default, `none` for values that a row's own function reads. */
	readonly in?: Target['in'] | 'none';
	/** Keap's name for it; the parameter's name in snake case by default. */
	readonly key?: string;
	readonly operator?: Target['operator'];
	readonly default?: INodeProperties['default'];
	/** `false` for what Keap keeps a value of, whatever is sent: it is not offered under Fields to Clear. */
	readonly clearable?: false;
	/** What the editor calls to fill the field's list; the node registers it (`methodsOf`). */
	readonly methods?: Field['methods'];
}

/** What every field says of itself. */
export interface FieldOptions extends FieldTexts {
	/** The stored parameter name, camelCase; never changed once released. */
	readonly name: string;
	/** Title Case, as Keap's own screens call it. */
	readonly displayName: string;
}

type Encoder = (raw: unknown) => unknown;

/** The largest whole number that Keap's 32 bits hold. */
export const MOST_WHOLE = 2_147_483_647;

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The one place where a field is put together; every kind below only says its type and its encoder. */
export function field(options: FieldOptions, property: Omit<INodeProperties, 'name' | 'displayName'>, encoder: Encoder): Field {
	const { name, displayName, description, placeholder, hint, required, operator } = options;
	const place = options.in ?? 'body';
	return {
		property: {
			displayName,
			name,
			...property,
			...(options.default !== undefined && { default: options.default }),
			...(required === true && { required }),
			...(description !== undefined && { description }),
			...(placeholder !== undefined && { placeholder }),
			...(hint !== undefined && { hint }),
		},
		...(place !== 'none' && { to: { in: place, key: options.key ?? snake(name), ...(operator !== undefined && { operator }) } }),
		encode: required === true ? encode.required(encoder) : encoder,
		...(required === true && { whenGiven: encoder }),
		...(options.clearable === false && { clearable: false }),
		...(options.methods !== undefined && { methods: options.methods }),
	};
}

/** One line of text, or several with `rows`. `max`: Keap's limit in characters. */
export const text = (
	name: string,
	displayName: string,
	{ max, rows, ...texts }: FieldTexts & { max?: number; rows?: number } = {},
): Field =>
	field(
		{ name, displayName, ...texts },
		{ type: 'string', default: '', ...(rows !== undefined && { typeOptions: { rows } }) },
		encode.text(max),
	);

export const email = (name: string, displayName: string, texts: FieldTexts = {}): Field =>
	field({ name, displayName, placeholder: 'name@email.com', ...texts }, { type: 'string', default: '' }, encode.email);

export const number = (
	name: string,
	displayName: string,
	{ min, max, whole, ...texts }: FieldTexts & { min?: number; max?: number; whole?: boolean } = {},
): Field =>
	field(
		{ name, displayName, ...texts },
		{
			type: 'number',
			default: 0,
			...((min !== undefined || max !== undefined) && {
				typeOptions: { ...(min !== undefined && { minValue: min }), ...(max !== undefined && { maxValue: max }) },
			}),
		},
		encode.number({
			...(min !== undefined && { min }),
			...(whole === true && { whole, max: MOST_WHOLE }),
			...(max !== undefined && { max }),
		}),
	);

/** The description of a switch begins with "Whether", as n8n asks for. */
export const boolean = (name: string, displayName: string, texts: FieldTexts = {}): Field =>
	field({ name, displayName, ...texts }, { type: 'boolean', default: false }, encode.boolean);

/** A day without a time. */
export const day = (name: string, displayName: string, texts: FieldTexts = {}): Field =>
	field({ name, displayName, ...texts }, { type: 'dateTime', default: '', typeOptions: { dateOnly: true } }, encode.day);

/** A moment; n8n shows it in the workflow's time zone, Keap gets UTC. */
export const moment = (name: string, displayName: string, texts: FieldTexts = {}): Field =>
	field({ name, displayName, ...texts }, { type: 'dateTime', default: '' }, encode.moment);

/** One of a fixed list. */
export type Choice = readonly [value: string, name: string, description?: string];

/** n8n shows options in alphabetical order of their names. */
const choicesToOptions = (choices: readonly Choice[]): INodePropertyOptions[] =>
	choices
		.map(([value, name, description]) => ({ name, value, ...(description !== undefined && { description }) }))
		.sort((a, b) => a.name.localeCompare(b.name, 'en'));

export const options = (name: string, displayName: string, { choices, ...texts }: FieldTexts & { choices: readonly Choice[] }): Field =>
	field(
		{ name, displayName, ...texts },
		{ type: 'options', options: choicesToOptions(choices), default: choices[0]?.[0] ?? '' },
		encode.oneOf(choices.map(([value]) => value).filter((value) => value !== '')),
	);

/** Several of a fixed list. */
export const multiOptions = (
	name: string,
	displayName: string,
	{ choices, ...texts }: FieldTexts & { choices: readonly Choice[] },
): Field =>
	field(
		{ name, displayName, ...texts },
		{ type: 'multiOptions', options: choicesToOptions(choices), default: [] },
		encode.someOf(choices.map(([value]) => value)),
	);

/** A list that the editor loads from Keap for a dropdown that takes several. */
export interface LoadedList {
	/** The name under which the node registers it, such as `getTags`. */
	readonly method: string;
	readonly load: (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;
}

/** A kind of record that the editor lists, and how one is named besides by ID. */
export interface Listed {
	readonly list: LoadedList;
	readonly namedBy?: { readonly encode: (raw: unknown) => string | undefined; readonly resolver: ReferenceResolver };
}

/** Several records picked from a list that is loaded from Keap, or by ID or name by expression. */
export function recordList(name: string, displayName: string, { of: { list, namedBy }, ...texts }: FieldTexts & { of: Listed }): Field {
	const made = field(
		{
			name,
			displayName,
			...texts,
			methods: { loadOptions: { [list.method]: list.load } },
			description:
				`${texts.description ?? ''} Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`.trim(),
		},
		{
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: list.method },
			default: [],
			// A name is in none of the options: n8n would mark it as a value that is not supported.
			...(namedBy !== undefined && { allowArbitraryValues: true }),
		},
		(raw) => (Array.isArray(raw) && raw.length === 0 ? undefined : encode.records(namedBy?.encode)(raw)),
	);
	return namedBy === undefined ? made : { ...made, resolver: namedBy.resolver };
}

/** The id of one record that no list can be searched for. */
export const id = (name: string, displayName: string, texts: FieldTexts = {}): Field =>
	field({ name, displayName, placeholder: 'e.g. 1234', ...texts }, { type: 'string', default: '' }, encode.recordId);

/** Ids as text with commas, or a list from an expression. */
export const ids = (name: string, displayName: string, texts: FieldTexts = {}): Field =>
	field({ name, displayName, placeholder: 'e.g. 101,102,103', ...texts }, { type: 'string', default: '' }, encode.recordIds);

/** The same field written as a number: ids in Keap's v1, and choices such as minutes. */
export const asNumber = (textField: Field): Field => ({
	...textField,
	encode: (raw) => {
		const value = textField.encode?.(raw);
		if (isReference(value)) return asNumberLater(value);
		return value === undefined ? undefined : Number(value);
	},
});

/** JSON: `object` refuses lists. */
export const json = (name: string, displayName: string, { object, ...texts }: FieldTexts & { object?: boolean } = {}): Field =>
	field({ name, displayName, ...texts }, { type: 'json', default: '{}' }, object === true ? encode.jsonObject : encode.json);

/** The same field, which may be left empty: what a new record needs, an update only takes. */
export function optional(needed: Field): Field {
	if (needed.whenGiven === undefined) return needed;
	const { whenGiven, ...rest } = needed;
	return { ...rest, property: { ...needed.property, required: undefined }, encode: whenGiven };
}

/**
 * The properties of fields inside a collection or an entry. Their locators leave the form of an ID to the encoder, which says more:
 * n8n sends every description to every editor, and the same check in each of some fifty locators would be a thirtieth of it.
 */
export const propertiesInside = (members: readonly Field[]): INodeProperties[] =>
	members.map(({ property }) =>
		property.modes === undefined ? property : { ...property, modes: property.modes.map((mode) => ({ ...mode, validation: undefined })) },
	);

/**
 * A small record that is added to a collection stands open at once, and stays although nothing is in it yet: n8n drops a value that is
 * the default, and with all fields left out, as n8n stores them, this one is not.
 */
function opened(property: INodeProperties): INodeProperties {
	const [group] = property.options ?? [];
	if (property.type !== 'fixedCollection' || property.typeOptions?.multipleValues === true || group === undefined || !('values' in group))
		return property;
	const [first] = group.values;
	return first === undefined ? property : { ...property, default: { [group.name]: { [first.name]: first.default } } };
}

/** Optional fields behind one button; their values go where each of them says. */
export function collection(name: string, displayName: string, members: readonly Field[], placeholder = 'Add Field'): Field {
	const sorted = [...members].sort((a, b) => a.property.displayName.localeCompare(b.property.displayName, 'en'));
	return {
		property: { displayName, name, type: 'collection', placeholder, default: {}, options: propertiesInside(sorted).map(opened) },
		members: sorted,
	};
}

/**
 * Fields that belong together inside a collection, such as the parts of an address: a fixed collection with a single entry.
 * Each of its fields goes where it says, as if it stood by itself.
 */
export function group(name: string, displayName: string, members: readonly Field[]): Field {
	const values = propertiesInside(members);
	return {
		property: { displayName, name, type: 'fixedCollection', default: {}, options: [{ name: 'entries', displayName, values }] },
		members,
	};
}

/** The four buttons that forms have: what narrows a list, how an operation works, what a new record may have, what an update sets. */
export const filters = (members: readonly Field[]): Field => collection('filters', 'Filters', members, 'Add Filter');
export const moreOptions = (members: readonly Field[]): Field => collection('options', 'Options', members, 'Add Option');
export const additionalFields = (members: readonly Field[]): Field => collection('additionalFields', 'Additional Fields', members);
export const updateFields = (members: readonly Field[]): Field => collection('updateFields', 'Update Fields', members);

/** Keap's `order_by`: each field in both directions. */
export const orderBy = (columns: ReadonlyArray<readonly [key: string, name: string]>): Field =>
	options('orderBy', 'Order By', {
		in: 'query',
		choices: columns.flatMap(([key, name]): Choice[] => [
			[`${key} asc`, `${name}, Ascending`],
			[`${key} desc`, `${name}, Descending`],
		]),
	});
