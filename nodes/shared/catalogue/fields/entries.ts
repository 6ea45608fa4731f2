import { BadInput, ofParameter, shown } from '../operation/badInput';
import { isEmpty } from './encode';
import { field, type FieldTexts, propertiesInside } from './fields';
import type { Field } from '../operation/types';

/** Checks one entry as a whole, and gives it in another form where Keap wants one. @throws BadInput */
export type CheckEntry = (entry: Record<string, unknown>) => Record<string, unknown> | undefined;

/** A list of small records, such as the items of an order: an n8n fixed collection, an array for Keap. */
export function entries(
	name: string,
	displayName: string,
	options: FieldTexts & {
		/** One entry in the singular: "Order Item". */
		readonly singular: string;
		readonly members: readonly Field[];
		readonly checkEntry?: CheckEntry;
	},
): Field {
	const { singular, members, checkEntry, ...texts } = options;
	const made = field(
		{ name, displayName, ...texts },
		{
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: `Add ${singular}`,
			default: {},
			options: [{ name: 'entries', displayName: singular, values: propertiesInside(members) }],
		},
		(raw) => {
			const filled = rowsOf(raw).flatMap((row, index) => {
				const label = `${singular} ${index + 1}`;
				const written = encodeEntry(row, members, label);
				return Object.keys(written).length === 0 ? [] : [checked(written, checkEntry, label)];
			});
			return filled.length === 0 ? undefined : filled;
		},
	);
	return withResolversOf(members, made);
}

/** What the parts of an entry name otherwise than by ID is looked up for the entry. */
function withResolversOf(members: readonly Field[], made: Field): Field {
	const resolvers = members.flatMap(({ resolver }) => (resolver === undefined ? [] : [resolver]));
	return resolvers.length === 0 ? made : { ...made, resolvers };
}

/**
 * One small record inside another, such as the address of a company: a fixed collection with a single entry, an object for Keap.
 * @param slot the slot that Keap keeps it in, such as `BILLING`
 */
export function entry(
	name: string,
	displayName: string,
	options: FieldTexts & {
		readonly members: readonly Field[];
		readonly slot?: string;
		/** Keap's list in which it is the entry of its slot, where other fields hold the others. */
		readonly list?: string;
		readonly checkEntry?: CheckEntry;
	},
): Field {
	const { members, slot, list, checkEntry, ...texts } = options;
	const made = field(
		{ name, displayName, ...texts },
		{
			type: 'fixedCollection',
			placeholder: `Add ${displayName}`,
			default: {},
			options: [{ name: 'entries', displayName, values: propertiesInside(members) }],
		},
		(raw) => {
			const [row, ...others] = rowsOf(raw);
			if (others.length > 0) throw new BadInput(`is one entry, not ${others.length + 1}`, 'Give a single object.');
			const written = row === undefined ? {} : encodeEntry(row, members, displayName);
			if (Object.keys(written).length === 0) return undefined;
			const whole = slot === undefined ? written : { ...written, field: slot };
			return checked(whole, checkEntry, displayName);
		},
	);
	const to = list === undefined ? made.to : ({ in: 'body', key: list, isEntry: true } as const);
	return withResolversOf(members, { ...made, ...(to !== undefined && { to }) });
}

/** The entry in its checked form; a complaint about one of its parts names the entry too. */
function checked(entry: Record<string, unknown>, check: CheckEntry | undefined, label: string): Record<string, unknown> {
	try {
		return check?.(entry) ?? entry;
	} catch (error) {
		throw error instanceof BadInput && error.parameter !== undefined
			? new BadInput(error.message, error.advice, `${label} > ${error.parameter}`)
			: error;
	}
}

/** n8n gives `{entries: [...]}`, for a single entry `{entries: {...}}`; an expression may give the list itself. */
function rowsOf(raw: unknown): Array<Record<string, unknown>> {
	if (isEmpty(raw)) return [];
	// An own property only, because every array has a method `entries`.
	const list: unknown =
		typeof raw === 'object' && raw !== null && Object.hasOwn(raw, 'entries') ? (raw as { entries: unknown }).entries : raw;
	if (Array.isArray(list)) return list.map(rowOf);
	if (typeof list === 'object' && list !== null) return Object.keys(list).length === 0 ? [] : [list as Record<string, unknown>];
	throw new BadInput('must be a list', 'Add entries with the button, or give a list by expression.');
}

function rowOf(row: unknown): Record<string, unknown> {
	if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as Record<string, unknown>;
	throw new BadInput(
		`has an entry that is not an object: ${shown(row)}`,
		'By expression, give a list of objects, each with the names that the entry has in the node.',
	);
}

function encodeEntry(row: Record<string, unknown>, members: readonly Field[], label: string): Record<string, unknown> {
	const entry: Record<string, unknown> = {};
	// Mapped from an item that has none of it, such as a row without a phone number: that is no error.
	if (members.every(({ property }) => isEmpty(row[property.name]))) return entry;
	for (const { property, encode, to } of members) {
		let value: unknown;
		try {
			value = encode?.(row[property.name]);
		} catch (error) {
			throw ofParameter(error, `${label} > ${property.displayName}`);
		}
		if (value !== undefined && to !== undefined) entry[to.key] = value;
	}
	return entry;
}
