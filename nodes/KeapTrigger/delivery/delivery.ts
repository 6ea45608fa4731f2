import { isRecord } from '../../shared/runtime/isRecord';
import type { IDataObject } from 'n8n-workflow';

import { parseJson } from './body';
import { KEY } from './handshake';

/** What Keap reports in one call: one event, and the objects it happened to. */
export interface Delivery {
	readonly eventKey: string;
	readonly objectType: string;
	readonly objects: readonly IDataObject[];
	/** What else the delivery says, of all of its objects. */
	readonly more: IDataObject;
	/** The delivery as it came, for those who want it so. */
	readonly whole: IDataObject;
}

/**
 * Reads a delivery in every form that was seen or can be understood: `object_keys` as Keap documents it, with an empty entry
 * in it, as one object, as an ID or as JSON text, and the older `object_key`. Entries that say nothing are left out, because
 * a delivery that is refused is lost: Keap gives up a hook after four refusals.
 *
 * @param body the fields of the call, or a bare list of objects
 * @param event the event in the hook's address, for a body that names none
 * @returns `undefined` when nothing in it says what happened to which object
 */
export function readDelivery(body: IDataObject | unknown[], event: string): Delivery | undefined {
	const fields: IDataObject = Array.isArray(body) ? { object_keys: body.flatMap(objectsOfDelivery) } : inSnakeCase(body);
	const { event_key: key, object_type: type, object_keys: several, object_key: single, ...more } = fields;
	delete more[KEY];
	const eventKey = eventOf(key, event);
	const listed = objectsIn(several ?? single);
	const objects = listed.length > 0 ? listed : objectBeside(eventKey, more);
	if (eventKey === '' || objects.length === 0) return undefined;
	const objectType = typeof type === 'string' && type !== '' ? type : (eventKey.split('.')[0] ?? '');
	const whole = Array.isArray(body) ? { event_key: eventKey, object_type: objectType, object_keys: body as IDataObject[] } : body;
	return { eventKey, objectType, objects, more, whole };
}

/** The event as its hook has it, however the delivery writes it: a hook is of one event. */
function eventOf(key: unknown, event: string): string {
	const named = typeof key === 'string' ? key.trim() : '';
	return named === '' || named.toLowerCase() === event.toLowerCase() ? event : named;
}

/** The names of a delivery in camel case, as the resource of hooks has them. */
const OTHER_NAMES = { eventKey: 'event_key', objectType: 'object_type', objectKeys: 'object_keys', objectKey: 'object_key' };

function inSnakeCase(body: IDataObject): IDataObject {
	const fields = { ...body };
	for (const [other, name] of Object.entries(OTHER_NAMES)) {
		if (fields[other] === undefined || fields[name] !== undefined) continue;
		fields[name] = fields[other];
		delete fields[other];
	}
	return fields;
}

/** An entry of a bare list is an object, or a whole delivery with objects of its own. */
function objectsOfDelivery(entry: unknown): IDataObject[] {
	const { object_keys: several, object_key: single } = isRecord(entry) ? inSnakeCase(entry) : {};
	const objects = objectsIn(several ?? single);
	return objects.length > 0 ? objects : objectsIn(entry);
}

/** What every delivery has, whatever it is about. */
const ABOUT_ALL: ReadonlySet<string> = new Set(['event_key', 'object_type', KEY]);

/** Whether a body that holds no delivery says something all the same. */
export function saysSomething(body: unknown): boolean {
	if (Array.isArray(body)) return body.some(saysSomething);
	if (!isRecord(body)) return body !== undefined && body !== null && body !== '';
	return Object.entries(inSnakeCase(body)).some(([name, value]) => !ABOUT_ALL.has(name) && saysSomething(value));
}

/** A delivery without a list may be about one object, whose fields stand in the delivery itself: old tag events are so. */
function objectBeside(eventKey: string, more: IDataObject): IDataObject[] {
	const isAbout = eventKey.startsWith('contactGroup.') ? Object.keys(more).length > 0 : isId(more.id);
	return isAbout ? [{}] : [];
}

function objectsIn(value: unknown): IDataObject[] {
	if (Array.isArray(value)) return value.flatMap((entry) => objectsIn(entry));
	if (isRecord(value)) return [value];
	if (isId(value)) return [{ id: value }];
	if (typeof value !== 'string') return [];
	const inner = parseJson(value);
	if (typeof inner === 'object') return objectsIn(inner);
	return value
		.split(',')
		.map((part) => part.trim())
		.flatMap((id) => (isId(id) ? [{ id }] : []));
}

const isId = (value: unknown): value is string | number =>
	(typeof value === 'number' && Number.isInteger(value)) || (typeof value === 'string' && /^[\w-]{1,64}$/.test(value));

/** The field names under which tag events were seen to carry the tag and its contacts. Keap has not published them. */
const TAG = ['tagId', 'tag_id', 'groupId', 'group_id'];
const CONTACTS = ['applied', 'removed', 'contacts', 'contactIds', 'contact_ids', 'contact_details'];
const CONTACT = ['contactId', 'contact_id'];

const idOf = (value: unknown): string | undefined => {
	const id = isRecord(value)
		? (value.id ?? value.contactId ?? value.contact_id ?? (isRecord(value.contact) ? value.contact.id : undefined))
		: value;
	return isId(id) ? String(id) : undefined;
};

/** Whether an event is about a contact that got or lost a tag, and not about the tag itself. */
export const isTagging = (eventKey: string): boolean => eventKey === 'contactGroup.applied' || eventKey === 'contactGroup.removed';

/**
 * One item for each object that changed, with every field that Keap sent. A tag given to ten contacts is ten items. The
 * object's `id` is text, as it is in the records of Keap's API.
 */
export function itemsOf({ eventKey, objectType, objects, more }: Delivery): IDataObject[] {
	const event = { event_key: eventKey, object_type: objectType };
	const whole = objects.map((entry) => ({ ...more, ...entry }));
	const items = whole.flatMap((entry) => (isTagging(eventKey) ? taggings(entry) : [entry]).map((fields) => ({ ...event, ...fields })));
	return items.map((item: IDataObject) => (typeof item.id === 'number' ? { ...item, id: String(item.id) } : item));
}

/** The contacts of a tag event: a list, a single one, or either as JSON text. */
function contactsIn(value: unknown): unknown[] {
	const read = typeof value === 'string' ? parseJson(value) : value;
	if (Array.isArray(read)) return read.filter((contact) => contact !== null && contact !== undefined);
	return isRecord(read) ? [read] : [];
}

function taggings(entry: IDataObject): IDataObject[] {
	const list = CONTACTS.find((name) => contactsIn(entry[name]).length > 0);
	// Where tag and contacts stand apart, `id` is the tag's; where they don't, nobody knows whose it is.
	const contacts = list === undefined ? CONTACT.flatMap((name) => entry[name] ?? []) : contactsIn(entry[list]);
	const tag = TAG.map((name) => idOf(entry[name])).find((id) => id !== undefined) ?? (contacts.length > 0 ? idOf(entry.id) : undefined);
	const identified = (name: string, id: string | undefined): IDataObject =>
		id === undefined || isRecord(entry[name]) ? {} : { [name]: id };
	if (contacts.length === 0) return [{ ...entry, ...identified('tag_id', tag) }];
	return contacts.map((contact) => ({
		...entry,
		...identified('tag_id', tag),
		...identified('contact_id', idOf(contact)),
		...(list !== undefined && { [list]: [contact as IDataObject] }),
	}));
}
