import type { INodeProperties } from 'n8n-workflow';
import { BadInput } from '../../../nodes/shared/catalogue/operation/badInput';
import { withAmountsWritten } from '../../../nodes/shared/catalogue/money/resolveAmounts';
import type { Field } from '../../../nodes/shared/catalogue/operation/types';
import { choicesOf, sectionsOf } from '../parameters';

/** Between them, these satisfy the common kinds of text: free, an id, an address, a country. */
const TEXTS = ['Text', '101', 'ada@example.com', 'USA'];

/** Texts for a parameter: the common ones, and what its own placeholder gives as an example. */
const textsFor = ({ placeholder = '' }: INodeProperties): string[] => [
	...TEXTS,
	...(placeholder === '' ? [] : [placeholder.replace(/^e\.g\. /, '')]),
];

type Entry = Readonly<Record<string, unknown>>;

/** The fields of a row, those inside collections instead of the collections. */
export const allFields = (fields: readonly Field[]): Field[] =>
	fields.flatMap((field) => (field.members === undefined ? [field] : allFields(field.members)));

/** What a field writes for a raw value; the complaint when it refuses it. */
function written({ encode }: Field, raw: unknown): unknown {
	try {
		return encode === undefined ? raw : encode(raw);
	} catch (error) {
		return error instanceof BadInput ? error : new Error('An encoder failed instead of complaining', { cause: error });
	}
}

const isTaken = (field: Field, raw: unknown): boolean => {
	const value = written(field, raw);
	return value !== undefined && !(value instanceof Error);
};

/** An id that the locator takes: the common number, or its own example where ids are no numbers. */
function idFor({ modes = [] }: INodeProperties): string {
	const { placeholder = '', validation = [] } = modes.find(({ name }) => name === 'id') ?? {};
	const takesNumbers = validation.every(
		(rule) => typeof rule === 'function' || rule.type !== 'regex' || new RegExp(String(Reflect.get(rule.properties, 'regex'))).test('101'),
	);
	return takesNumbers ? '101' : placeholder.replace(/^e\.g\. /, '');
}

/** Raw values that n8n may hand over for a parameter; for a choice, each that can be chosen. */
function rawValues(property: INodeProperties): unknown[] {
	switch (property.type) {
		case 'options':
			return choicesOf(property)
				.map(({ value }) => value)
				.filter((value) => value !== '');
		case 'multiOptions':
			return property.typeOptions?.loadOptionsMethod === undefined ? [choicesOf(property).map(({ value }) => value)] : [['101', '102']];
		case 'boolean':
			return [true, false];
		case 'number':
			return [property.typeOptions?.minValue ?? 1];
		case 'dateTime':
			// One of each: some parameters take only what is still to come.
			return ['2024-01-31T09:30:00Z', '2094-01-31T09:30:00Z'];
		case 'json':
			return ['{}', '[]', '[{"title":"Text","properties":[]}]', ...textsFor(property)];
		case 'resourceLocator':
			return [{ __rl: true, mode: 'id', value: idFor(property) }];
		default:
			return textsFor(property);
	}
}

/** Entries of a fixed collection that the field takes; between them they hold every choice of every member. */
function entriesOf(field: Field): Entry[] {
	const members = membersOfEntries(field);
	const most = Math.max(...members.map((member) => (member.type === 'string' ? 1 : rawValues(member).length)));
	return Array.from({ length: most }, (_, index) => index).flatMap((index) => {
		const start = Object.fromEntries(
			members.map((member) => [member.name, rawValues(member)[member.type === 'string' ? 0 : index % rawValues(member).length]]),
		);
		const shown = asShown(members, start);
		return hasRefusedChoice(field, members, shown) ? [] : [settled(field, members, shown)];
	});
}

/** Whether the field refuses a choice in the entry that n8n offers only for some values of other parameters. */
function hasRefusedChoice(field: Field, members: readonly INodeProperties[], entry: Entry): boolean {
	const verdict = written(field, inSection(field, entry));
	const refused = members.find(({ displayName }) => verdict instanceof BadInput && verdict.parameter?.endsWith(` > ${displayName}`));
	return (
		refused !== undefined &&
		choicesOf(refused).some(({ value, displayOptions }) => displayOptions !== undefined && value === entry[refused.name])
	);
}

/** The entry without the members that the form hides, because of what others in it hold. */
const asShown = (members: readonly INodeProperties[], entry: Entry): Entry =>
	Object.fromEntries(
		Object.entries(entry).filter(([name]) => {
			const { show = {} } = members.find((member) => member.name === name)?.displayOptions ?? {};
			return Object.entries(show).every(([other, values]) => other.startsWith('/') || (values as unknown[]).includes(entry[other]));
		}),
	);

/** Changes the text of the member that is complained of, until nothing is. */
function settled(field: Field, members: readonly INodeProperties[], entry: Entry): Entry {
	const verdict = written(field, inSection(field, entry));
	if (verdict instanceof Error && !(verdict instanceof BadInput)) throw verdict;
	if (!(verdict instanceof BadInput)) return entry;
	const member = members.find(({ displayName }) => verdict.parameter?.endsWith(` > ${displayName}`));
	const next = member && textsFor(member)[textsFor(member).indexOf(String(entry[member.name])) + 1];
	if (member === undefined || next === undefined)
		throw new Error(`No sample suits ${field.property.displayName}: ${verdict.parameter ?? ''} ${verdict.message}`);
	return settled(field, members, { ...entry, [member.name]: next });
}

const membersOfEntries = ({ property }: Field): INodeProperties[] => sectionsOf(property).flatMap(({ values }) => values);
const inSection = ({ property }: Field, entry: Entry): Record<string, Entry[]> => ({ [sectionsOf(property)[0]?.name ?? '']: [entry] });

/** Values that n8n may hand over for a field and that it takes: one for each choice, and for each kind of text. */
export function rawSamples(field: Field): unknown[] {
	const raws =
		field.property.type === 'fixedCollection' ? entriesOf(field).map((entry) => inSection(field, entry)) : rawValues(field.property);
	return raws.filter((raw) => isTaken(field, raw));
}

/** What a field writes for Keap, for each of its samples; amounts as an account in dollars sends them. */
export const encodedSamples = (field: Field): unknown[] => rawSamples(field).map((raw) => withAmountsWritten(written(field, raw), 'USD'));

/** The one record in what was written for a single entry: a list of it, or itself. */
function recordOf(value: unknown): Entry {
	const record: unknown = Array.isArray(value) ? value[0] : value;
	return typeof record === 'object' && record !== null && !(record instanceof Error) ? (record as Entry) : {};
}

/** A free text that a field can write. */
export interface TextSlot {
	/** Keap's name for it inside an entry; '' for the field's own value. */
	readonly key: string;
	/** Whether it may have this many characters. */
	readonly takes: (length: number) => boolean;
}

/** What no text takes that must have a form: an id, a number, a code. */
const FREE = 'x!';

/** The free texts of a field. */
export function textSlots(field: Field): TextSlot[] {
	if (field.property.type === 'string')
		return isTaken(field, FREE) ? [{ key: '', takes: (length) => isTaken(field, 'x'.repeat(length)) }] : [];
	if (field.property.type !== 'fixedCollection') return [];
	const [entry = {}] = entriesOf(field);
	return membersOfEntries(field).flatMap(({ name, type }) => {
		const withText = (text: string): Record<string, Entry[]> => inSection(field, { ...entry, [name]: text });
		const value = written(field, withText('marker'));
		const [key] = Object.entries(recordOf(value)).find(([, one]) => one === 'marker') ?? [];
		if (type !== 'string' || key === undefined) return [];
		return [{ key, takes: (length: number) => isTaken(field, withText('x'.repeat(length))) }];
	});
}

/** Whether Keap always gets a value: an empty field is refused, or its default, such as the number that stands in the form, is sent. */
export const isNeeded = (field: Field): boolean =>
	field.property.required === true && written(field, undefined) instanceof BadInput && written(field, field.property.default) !== undefined;

/** The members without which an entry is refused, by Keap's names. */
export function neededInEntries(field: Field): Set<string> {
	const [entry = {}] = entriesOf(field);
	const whole = written(field, inSection(field, entry));
	const record = recordOf(whole);
	const keyOf = (name: string): string | undefined => {
		const rest = Object.fromEntries(Object.entries(entry).filter(([key]) => key !== name));
		return written(field, inSection(field, rest)) instanceof BadInput
			? Object.keys(record).find((key) => key.replaceAll('_', '') === name.toLowerCase())
			: undefined;
	};
	return new Set(
		Object.keys(entry)
			.map(keyOf)
			.filter((key) => key !== undefined),
	);
}
