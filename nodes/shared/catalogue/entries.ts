import type { IDataObject } from 'n8n-workflow';

import { BadInput, ofParameter } from './badInput';
import { isEmpty } from './encode';
import { field, type Choice, type FieldOptions } from './fields';
import * as fields from './fields';
import type { Field } from './types';

/**
 * A list of small records, such as the email addresses of a contact: an n8n fixed collection, an array for Keap.
 * Where Keap keeps a fixed number of slots (`EMAIL1..3`), each entry has one; "by position" gives the first entry the first slot.
 */
export function entries(
	options: FieldOptions & {
		/** One entry in the singular: "Email Address". */
		readonly singular: string;
		readonly members: readonly Field[];
		readonly slots?: readonly Choice[];
		/** Checks one entry as a whole. @throws BadInput */
		readonly checkEntry?: (entry: Record<string, unknown>) => void;
	},
): Field {
	const { singular, slots, checkEntry, ...own } = options;
	const members = slots === undefined ? options.members : [...options.members, slotField(singular, slots)];
	return field(
		own,
		{
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: `Add ${singular}`,
			default: {},
			options: [{ name: 'entries', displayName: singular, values: members.map(({ property }) => property) }],
		},
		(raw) => {
			const rows = rowsOf(raw);
			if (rows.length === 0) return undefined;
			const written = rows.map((row, index) => encodeEntry(row, members, `${singular} ${index + 1}`));
			if (slots !== undefined) fillSlots(written, slots, singular);
			written.forEach((entry) => checkEntry?.(entry));
			return written;
		},
	);
}

/** Entries that got their slot by position: they move when another field of the node needs it. */
const placed = new WeakSet<object>();

/**
 * The entry that a field of its own holds, with the entries of the list behind it: those placed by position move to free slots.
 * @throws BadInput when the slots do not suffice, or an entry names the slot of `first`
 */
export function behind(first: IDataObject, list: readonly IDataObject[], slots: readonly Choice[], singular: string): IDataObject[] {
	if (list.some((entry) => entry.field === first.field && !placed.has(entry))) {
		throw new BadInput(`names the slot ${String(first.field)}, which a field of its own fills already`, 'Choose By Position or another slot.');
	}
	const all = [first, ...list.map((entry) => (placed.has(entry) ? { ...entry, field: undefined } : entry))];
	fillSlots(all, slots, singular);
	return all;
}

const BY_POSITION = '';

const slotField = (singular: string, slots: readonly Choice[]): Field =>
	fields.options({
		name: 'field',
		displayName: 'Slot',
		description: `Which of the contact's ${singular.toLowerCase()} slots in Keap this fills`,
		choices: [[BY_POSITION, 'By Position', 'The first entry fills the first slot that no other entry names, and so on'], ...slots],
		default: BY_POSITION,
	});

/** n8n gives `{entries: [...]}`; an expression may give the list itself. */
function rowsOf(raw: unknown): Array<Record<string, unknown>> {
	if (isEmpty(raw)) return [];
	const list: unknown = typeof raw === 'object' && raw !== null && 'entries' in raw ? raw.entries : raw;
	if (Array.isArray(list)) return list.filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null);
	if (typeof list === 'object' && list !== null && Object.keys(list).length === 0) return [];
	throw new BadInput('must be a list', 'Add entries with the button, or give a list by expression.');
}

function encodeEntry(row: Record<string, unknown>, members: readonly Field[], label: string): Record<string, unknown> {
	const entry: Record<string, unknown> = {};
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

/** Gives entries without a slot the first free one. @throws BadInput when a slot is named twice or there are more entries than slots */
function fillSlots(written: Array<Record<string, unknown>>, slots: readonly Choice[], singular: string): void {
	const taken = new Set<unknown>();
	for (const { field: slot } of written) {
		if (slot === undefined) continue;
		if (taken.has(slot)) throw new BadInput(`names the slot ${String(slot)} twice`, 'Give each entry a slot of its own, or choose By Position.');
		taken.add(slot);
	}
	for (const entry of written) {
		if (entry.field !== undefined) continue;
		const free = slots.find(([slot]) => !taken.has(slot))?.[0];
		if (free === undefined) throw new BadInput(`has more entries than Keap has slots: ${slots.length}`, `Keap keeps at most ${slots.length} of a kind (${singular.toLowerCase()}); remove one.`);
		entry.field = free;
		placed.add(entry);
		taken.add(free);
	}
}
