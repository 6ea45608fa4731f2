import type { IDataObject } from 'n8n-workflow';

import { readByIds } from '../../../shared/catalogue/bundledReads';
import { notFound } from '../../../shared/catalogue/notFound';
import { askKeap } from '../../../shared/catalogue/request';
import type { Call, Operation, Perform } from '../../../shared/catalogue/types';
import { withMainEmail } from './body';

interface ListRule {
	/** What tells one entry from another. */
	readonly slot: string;
	/** What Keap takes back of an entry; the rest of what it answers is its own to write. */
	readonly written: readonly string[];
}

/** The lists of a contact. Keap replaces each as a whole: what a request does not list is removed. */
const LISTS: Readonly<Record<string, ListRule>> = {
	addresses: { slot: 'field', written: ['line1', 'line2', 'locality', 'region', 'region_code', 'country', 'country_code', 'postal_code', 'zip_code', 'zip_four', 'field'] },
	custom_fields: { slot: 'id', written: ['id', 'content'] },
	email_addresses: { slot: 'field', written: ['email', 'field', 'opt_in_reason'] },
	fax_numbers: { slot: 'field', written: ['number', 'type', 'field'] },
	phone_numbers: { slot: 'field', written: ['number', 'extension', 'type', 'field'] },
	social_accounts: { slot: 'type', written: ['type', 'name'] },
};

/** The lists whose other entries are to be kept, and that must therefore be read first. A list that is cleared and set is replaced. */
function listsToMerge({ values }: Call, body: IDataObject): string[] {
	if (values.listHandling === 'replace') return [];
	const cleared = Array.isArray(values.fieldsToClear) ? (values.fieldsToClear as string[]) : [];
	return Object.keys(body).filter((name) => name in LISTS && !cleared.includes(name));
}

/**
 * Updates contacts without losing what they hold: the other entries of a list are read and sent along.
 * One read for up to 100 contacts, made shortly before they are written; no read at all where no list is set.
 */
export const mergeSafeUpdate: NonNullable<Operation['performInGroups']> = {
	size: 100,
	begin: async (work, calls): Promise<Perform> => {
		const merging = calls.filter((call) => listsToMerge(call, withMainEmail(call)).length > 0);
		const ids = [...new Set(merging.map(idOf))];
		const current =
			ids.length === 0
				? new Map<string, IDataObject | Error>()
				: await readByIds(work, { path: '/crm/rest/v2/contacts', filter: 'ids', records: 'contacts', max: 100 }, ids, { fields: ['id', ...Object.keys(LISTS)] });
		return async (each, call) => {
			const body = withMainEmail(call);
			const lists = listsToMerge(call, body);
			if (lists.length === 0) return await askKeap(each, { ...call, body });
			const id = idOf(call);
			const known = current.get(id);
			if (known instanceof Error) throw known;
			if (known === undefined) throw notFound(each.context, call, id);
			const merged = { ...body, ...Object.fromEntries(lists.map((name) => [name, mergeList(name, known[name], body[name])])) };
			const answer = await askKeap(each, { ...call, body: merged });
			// The next item may be about the same contact.
			current.set(id, { ...known, ...merged });
			return answer;
		};
	},
};

const idOf = ({ pathParams }: Call): string => pathParams.contact_id ?? '';

/** The entries Keap has, with the new ones in their slots. An entry is replaced whole: half an old address would be a wrong one. */
export function mergeList(name: string, current: unknown, given: unknown): IDataObject[] {
	const { slot, written } = LISTS[name] ?? { slot: 'id', written: [] };
	const fresh = given as IDataObject[];
	const taken = new Set(fresh.map((entry) => String(entry[slot])));
	const kept = (Array.isArray(current) ? (current as IDataObject[]) : [])
		.filter((entry) => !taken.has(String(entry[slot])))
		.map((entry) => Object.fromEntries(written.filter((key) => entry[key] !== undefined && entry[key] !== null).map((key) => [key, entry[key]])));
	return [...kept, ...fresh];
}
