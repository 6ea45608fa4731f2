import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { keapGetAll } from '../../transport';
import { chosenRecord } from '../chosenRecord';
import { personLabel } from '../labels';
import type { ListSearch } from '../locator';

/** Nobody scrolls further, and their contacts are read in one call. */
const MOST_SHOWN = 100;

/** Keap finds subscriptions by numbers only: their own, or that of their contact. */
const filtersFor = (typed: string): string[] => (/^\d+$/.test(typed) ? [`id==${typed}`, `contact_id==${typed}`] : []);

async function labelsOf(context: ILoadOptionsFunctions, ids: readonly string[]): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const query = { filter: `ids==${ids.join(',')}`, fields: ['id', 'given_name', 'family_name', 'email_addresses'] };
	const contacts = await keapGetAll(context, { method: 'GET', path: '/crm/rest/v2/contacts', query }, { records: 'contacts' });
	return new Map(contacts.map((contact) => [String(contact.id), personLabel(contact)]));
}

/** The newest subscriptions, by the names of their contacts: `Ada Adams (ada@…): next bill 2026-02-01 (#12)`. */
export const searchSubscriptions: ListSearch = async function (filter = '') {
	const typed = filter.trim();
	const contact = chosenRecord(this, 'contactId');
	const asked = contact === undefined ? filtersFor(typed) : [`contact_id==${contact}`];
	const read = async (condition?: string): Promise<IDataObject[]> =>
		await keapGetAll(
			this,
			{
				method: 'GET',
				path: '/crm/rest/v2/subscriptions',
				query: { order_by: 'id desc', ...(condition !== undefined && { filter: condition }) },
			},
			{ records: 'subscriptions', limit: MOST_SHOWN },
		);
	const lists = asked.length === 0 ? [await read()] : await Promise.all(asked.map(read));
	const found = [...new Map(lists.flat().map((one) => [String(one.id), one])).values()].slice(0, MOST_SHOWN);
	const names = await labelsOf(this, [...new Set(found.map(({ contact_id: id }) => String(id)))]);
	const results = found.map(({ id, contact_id: of, active, next_bill_date: next }) => {
		const state = active === false ? 'stopped' : `next bill ${typeof next === 'string' ? next : 'unknown'}`;
		return { name: `${names.get(String(of)) ?? `contact ${String(of)}`}: ${state} (#${String(id)})`, value: String(id) };
	});
	const isWanted = ({ name }: { name: string }): boolean => name.toLowerCase().includes(typed.toLowerCase());
	return { results: asked.length > 0 && contact === undefined ? results : results.filter(isWanted) };
};
