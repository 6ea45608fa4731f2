import type { IDataObject } from 'n8n-workflow';

/** What Keap tells of changes: one event, the objects it happened to. */
export interface Delivery {
	readonly eventKey: string;
	readonly objectType: string;
	readonly objects: readonly IDataObject[];
	/** What else the delivery says, of all of its objects. */
	readonly more: IDataObject;
}

/** Keap sends 1,000 at most; ten times as many are no delivery of Keap's. */
export const MOST_OBJECTS = 10_000;

const isRecord = (value: unknown): value is IDataObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns the delivery, or the HTTP status that says what is wrong with the body */
export function readDelivery(body: unknown): Delivery | 400 | 413 {
	if (!isRecord(body)) return 400;
	const { event_key: eventKey, object_type: objectType, object_keys: objects, ...more } = body;
	if (typeof eventKey !== 'string' || eventKey === '') return 400;
	const entries = entriesOf(eventKey, objects, more);
	if (entries.length === 0) return 400;
	if (entries.length > MOST_OBJECTS) return 413;
	const read = entries.map((entry) => (isRecord(entry) ? entry : isId(entry) ? { id: entry } : undefined));
	const known = read.filter((entry) => entry !== undefined);
	if (known.length < read.length) return 400;
	return { eventKey, objectType: typeof objectType === 'string' ? objectType : (eventKey.split('.')[0] ?? ''), objects: known, more };
}

/** How tag events look is not published: one without a list is an object by itself, if it says anything. */
function entriesOf(eventKey: string, objects: unknown, more: IDataObject): unknown[] {
	if (Array.isArray(objects) && objects.length > 0) return objects;
	return eventKey.startsWith('contactGroup.') && Object.keys(more).length > 0 ? [{}] : [];
}

const isId = (value: unknown): value is string | number =>
	(typeof value === 'number' && Number.isInteger(value)) || (typeof value === 'string' && value !== '');

/** The field names under which tag events were seen to carry the tag and its contacts. Keap has not published them. */
const TAG = ['tagId', 'tag_id', 'groupId', 'group_id'];
const CONTACTS = ['applied', 'removed', 'contacts', 'contactIds', 'contact_ids', 'contact_details'];
const CONTACT = ['contactId', 'contact_id'];

const idOf = (value: unknown): string | undefined => {
	const id = isRecord(value) ? (value.id ?? value.contactId ?? value.contact_id) : value;
	return isId(id) ? String(id) : undefined;
};

/** Whether an event tells of a contact that got or lost a tag, and not of the tag itself. */
export const isTagging = (eventKey: string): boolean => eventKey === 'contactGroup.applied' || eventKey === 'contactGroup.removed';

/** One item for each object that changed, with every field that Keap sent. A tag given to ten contacts is ten items. */
export function itemsOf({ eventKey, objectType, objects, more }: Delivery): IDataObject[] {
	const event = { event_key: eventKey, object_type: objectType };
	const whole = objects.map((entry) => ({ ...more, ...entry }));
	return whole.flatMap((entry) => (isTagging(eventKey) ? taggings(entry) : [entry]).map((fields) => ({ ...event, ...fields })));
}

function taggings(entry: IDataObject): IDataObject[] {
	const list = CONTACTS.find((name) => Array.isArray(entry[name]));
	// Where tag and contacts stand apart, `id` is the tag's; where they don't, nobody knows whose it is.
	const contacts: unknown[] = list === undefined ? CONTACT.flatMap((name) => entry[name] ?? []) : (entry[list] as unknown[]);
	const tag = TAG.map((name) => idOf(entry[name])).find((id) => id !== undefined) ?? (contacts.length > 0 ? idOf(entry.id) : undefined);
	const told = tag === undefined ? {} : { tag_id: tag };
	// What Keap itself calls so stays as it is.
	if (contacts.length === 0) return [{ ...told, ...entry }];
	return contacts.map((contact) => {
		const id = idOf(contact);
		return {
			...told,
			...(id !== undefined && { contact_id: id }),
			...entry,
			...(list !== undefined && { [list]: [contact as IDataObject] }),
		};
	});
}
