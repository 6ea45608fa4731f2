import type { IDataObject } from 'n8n-workflow';

/** A list that Keap replaces as a whole: what a request does not list is removed. */
export interface ListRule {
	/** The part of an entry that identifies it within its list. */
	readonly slot: string;
	/** The parts of an entry that may be sent to Keap; Keap sets the others itself. */
	readonly written: readonly string[];
	/** The part that an entry must have to be sent. Keap's answers list empty slots too, but it refuses them in a request. */
	readonly needs?: string;
	/** Parts that trigger something when sent, such as a reason that opts an address in. They are sent only when the user gives them. */
	readonly starts?: readonly string[];
	/** For a part that Keap has renamed: the part to send instead, where the entry has it. */
	readonly instead?: Readonly<Record<string, string>>;
}

export type ListRules = Readonly<Record<string, ListRule>>;

/** The list that most kinds of record have. */
export const CUSTOM_FIELDS: ListRules = { custom_fields: { slot: 'id', written: ['id', 'content'], needs: 'content' } };

/**
 * Objects in a record that Keap replaces as a whole, by their names in a request. Each says what is to be sent so that what is not
 * mentioned stays: from the record as Keap has it, and the object as it is given. It throws BadInput where the two don't go together.
 */
export type ObjectRules = Readonly<Record<string, (record: IDataObject, given: IDataObject) => IDataObject>>;
