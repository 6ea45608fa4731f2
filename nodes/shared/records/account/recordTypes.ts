import { type ListSearch } from '../../locators/locator';
import { searchCachedList, type CachedList } from '../../locators/cachedList';

/** A kind of record that can have custom fields. */
export interface RecordType {
	/** What the parameter holds. */
	readonly value: string;
	readonly name: string;
	/** Its part of Keap's paths: `/crm/rest/v2/contacts/model`. */
	readonly folder: string;
}

/** Stands in the paths of what all kinds of record have in one form. */
export const FOLDER = '{kind}';

const type = (value: string, name: string, folder: string): RecordType => ({ value, name, folder });

/** Kinds whose custom fields, with their groups and tabs, Keap's v2 administers. */
export const RECORD_TYPES: readonly RecordType[] = [
	type('contact', 'Contact', 'contacts'),
	type('affiliate', 'Affiliate', 'affiliates'),
	type('company', 'Company', 'companies'),
	type('note', 'Note', 'notes'),
	type('opportunity', 'Opportunity', 'opportunities'),
	type('order', 'Order', 'orders'),
	type('subscription', 'Subscription', 'subscriptions'),
	type('task', 'Task', 'tasks'),
];

/** Appointments have the custom fields of tasks and notes, and a door of their own to some of it in v1. */
export const APPOINTMENT = type('appointment', 'Appointment', 'tasks');

/**
 * Searches a list that each kind of record has of its own: that of the kind which the form holds; none before one is chosen.
 * @param list its path has `{kind}` in it
 */
export const searchOfRecordType = (list: CachedList): ListSearch =>
	async function (filter = '') {
		const chosen = this.getCurrentNodeParameter('recordType');
		const folder = [...RECORD_TYPES, APPOINTMENT].find(({ value }) => value === chosen)?.folder;
		if (folder === undefined) return { results: [] };
		return await searchCachedList({ ...list, path: list.path.replace(FOLDER, folder) }).call(this, filter);
	};
