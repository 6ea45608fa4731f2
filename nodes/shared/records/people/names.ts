import type { IDataObject } from 'n8n-workflow';

import { fullName } from '../../catalogue/simplify';
import { type CachedList, readCachedList } from '../../locators/cachedList';
import { nameLabel } from '../../locators/labels';
import { isCancelled, type KeapContext } from '../../transport';
import { tags } from './tags';
import { users } from './users';

type Names = ReadonlyMap<string, string>;

const TAGS: CachedList = { path: tags.path, records: tags.records, label: nameLabel('name') };

const USERS: CachedList = {
	path: users.path,
	records: users.records,
	name: `${users.path} by name`,
	pageSize: users.pageSize ?? 100,
	// Records stay with users who have left.
	query: () => ({ filter: 'include_inactive==true;include_partners==true' }),
	label: ({ id, given_name: given, family_name: family }: IDataObject) => fullName(given, family) ?? `#${String(id)}`,
};

/** By run of a node: a look-up decrypts the credential, which a hundred thousand records must not pay for each. */
const namesOfRuns = new WeakMap<KeapContext, Map<CachedList, Promise<Names>>>();

/**
 * The names of all records of a kind by ID: a call for a thousand of them, once in a run and kept for a minute for others.
 * A list that can't be read names nobody, and fails nothing: the record itself is there.
 */
export async function namesFrom(context: KeapContext, list: CachedList): Promise<Names> {
	const ofRun = namesOfRuns.get(context) ?? new Map<CachedList, Promise<Names>>();
	namesOfRuns.set(context, ofRun);
	const known = ofRun.get(list);
	if (known !== undefined) return await known;
	const reading = readCachedList(context, list).then(
		(all): Names => new Map(all.map(({ name, value }) => [String(value), name])),
		(error: unknown): Names => {
			if (isCancelled(error)) throw error;
			return new Map();
		},
	);
	ofRun.set(list, reading);
	return await reading;
}

/** The names of tags, in the order of their IDs; null for one that Keap does not list. No call where there is no tag. */
export async function tagNames(context: KeapContext, ids: readonly string[]): Promise<Array<string | null>> {
	if (ids.length === 0) return [];
	const names = await namesFrom(context, TAGS);
	return ids.map((id) => names.get(id) ?? null);
}

/** The name of a user; null where there is none. No call where there is no user. */
export async function userName(context: KeapContext, id: unknown): Promise<string | null> {
	// Keap writes 0 for nobody.
	if ((typeof id !== 'string' && typeof id !== 'number') || ['', '0'].includes(String(id))) return null;
	return (await namesFrom(context, USERS)).get(String(id)) ?? null;
}
