import type { IDataObject } from 'n8n-workflow';

import { BadInput, ofParameter, shown } from '../operation/badInput';
import { isEmpty } from './encode';
import { field, type Choice, type FieldTexts, propertiesInside } from './fields';
import * as fields from './fields';
import type { Field } from '../operation/types';

/** Checks one entry as a whole, and gives it in another form where Keap wants one. @throws BadInput */
export type CheckEntry = (entry: Record<string, unknown>) => Record<string, unknown> | undefined;

/**
 * A list of small records, such as the email addresses of a contact: an n8n fixed collection, an array for Keap.
 * Where Keap keeps a fixed number of slots (`EMAIL1..3`), each entry has one; "by position" gives the first entry the first slot.
 */
export function entries(
	name: string,
	displayName: string,
	options: FieldTexts & {
		/** One entry in the singular: "Email Address". */
		readonly singular: string;
		readonly members: readonly Field[];
		readonly slots?: readonly Choice[];
		readonly checkEntry?: CheckEntry;
	},
): Field {
	const { singular, slots, checkEntry, ...texts } = options;
	const members = slots === undefined ? options.members : [...options.members, slotField(singular, slots)];
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
			const rows = rowsOf(raw);
			if (rows.length === 0) return undefined;
			const labelOf = (index: number): string => `${singular} ${index + 1}`;
			const written = rows.map((row, index) => encodeEntry(row, members, labelOf(index)));
			if (slots !== undefined) fillSlots(written, slots, singular);
			// An entry with nothing in it would empty its slot in Keap. It keeps its place, so that those behind it keep theirs.
			const filled = written.flatMap((entry, index) =>
				Object.keys(entry).some((key) => key !== SLOT) ? [checked(entry, checkEntry, labelOf(index))] : [],
			);
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
			const [row] = rowsOf(raw);
			const written = row === undefined ? {} : encodeEntry(row, members, displayName);
			if (Object.keys(written).length === 0) return undefined;
			const whole = slot === undefined ? written : { ...written, field: slot };
			return checked(whole, checkEntry, displayName);
		},
	);
	const to = list === undefined ? made.to : ({ in: 'body', key: list, isEntry: true } as const);
	return withResolversOf(members, { ...made, ...(to !== undefined && { to }) });
}

/** Entries that got their slot by position: they move when another field of the node needs it. */
const placed = new WeakSet<object>();

/** The entry in its checked form; a complaint about one of its parts names the entry too. */
function checked(entry: Record<string, unknown>, check: CheckEntry | undefined, label: string): Record<string, unknown> {
	try {
		const form = check?.(entry) ?? entry;
		// The checked entry keeps how its slot was found: by position or by choice.
		if (placed.has(entry)) placed.add(form);
		return form;
	} catch (error) {
		throw error instanceof BadInput && error.parameter !== undefined
			? new BadInput(error.message, error.advice, `${label} > ${error.parameter}`)
			: error;
	}
}

/**
 * The entry that a field of its own holds, with the entries of the list behind it: those placed by position move to free slots.
 * @throws BadInput when the slots do not suffice, or an entry names the slot of `first`
 */
export function behind(first: IDataObject, list: readonly IDataObject[], slots: readonly Choice[], singular: string): IDataObject[] {
	if (list.some((entry) => entry.field === first.field && !placed.has(entry))) {
		throw new BadInput(
			`names the slot ${String(first.field)}, which a field of its own fills already`,
			'Choose By Position or another slot.',
		);
	}
	const all = [first, ...list.map((entry) => (placed.has(entry) ? { ...entry, field: undefined } : entry))];
	fillSlots(all, slots, singular);
	return all;
}

const BY_POSITION = '';

/** Keap's name for the slot of an entry. */
const SLOT = 'field';

const slotField = (singular: string, slots: readonly Choice[]): Field =>
	fields.options(SLOT, 'Slot', {
		description: `Which ${singular.toLowerCase()} slot in Keap this fills`,
		choices: [[BY_POSITION, 'By Position', 'The first entry fills the first slot that no other entry names, and so on'], ...slots],
		default: BY_POSITION,
	});

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
	const blank = members.every(({ property }) => property.name === SLOT || isEmpty(row[property.name]));
	for (const { property, encode, to } of members) {
		if (blank && property.name !== SLOT) continue;
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

/** Gives entries without a slot the first free one. @throws BadInput when a slot is named twice or there are more entries than slots */
function fillSlots(written: Array<Record<string, unknown>>, slots: readonly Choice[], singular: string): void {
	const taken = new Set<unknown>();
	for (const { field: slot } of written) {
		if (slot === undefined) continue;
		if (taken.has(slot))
			throw new BadInput(`names the slot ${String(slot)} twice`, 'Give each entry a slot of its own, or choose By Position.');
		taken.add(slot);
	}
	for (const entry of written) {
		if (entry.field !== undefined) continue;
		const free = slots.find(([slot]) => !taken.has(slot))?.[0];
		if (free === undefined)
			throw new BadInput(
				`has more entries than Keap has slots: ${slots.length}`,
				`Keap keeps at most ${slots.length} of a kind (${singular.toLowerCase()}); remove one.`,
			);
		entry.field = free;
		placed.add(entry);
		taken.add(free);
	}
}
