import type { IDataObject } from 'n8n-workflow';

import { readByIds } from '../../../../shared/catalogue/batching/bundledReads';
import { limitOf, toRequest } from '../../../../shared/catalogue/calls/request';
import { BadAnswer } from '../../../../shared/catalogue/operation/badAnswer';
import { BadInput } from '../../../../shared/catalogue/operation/badInput';
import type { Call, Perform, Work } from '../../../../shared/catalogue/operation/types';
import { CONTACT_LOOKUP } from '../../../../shared/records/people/contactLists';
import { checkIdFilters } from '../../../../shared/rows/idFilters';
import { chunksOf } from '../../../../shared/runtime/chunksOf';
import { keapGetAll, keapPages, type KeapQuery, keapRequest } from '../../../../shared/transport';

/** Reads of 100 contacts that are under way together; the throttle decides when each goes. */
const AT_ONCE = 10;

export const hasTag = ({ values }: Call): boolean => values.tagId !== undefined;

const filterOf = ({ query }: Call): string => (typeof query.filter === 'string' ? query.filter : '');

/** The contacts of a tag are read by their IDs: Keap has no filter by tag. */
export function checkTagFilter(call: Call): void {
	checkIdFilters(call);
	const { values, query } = call;
	if (!hasTag(call)) return;
	if ([values.ids, values.idAtLeast, values.idAtMost].some((value) => value !== undefined))
		throw new BadInput('is set together with a filter by ID', 'Remove Tag, or IDs and the bounds of the ID.', 'Tag');
	if (query.order_by !== undefined)
		throw new BadInput(
			'is set together with Tag',
			'Keap lists the contacts of a tag in an order of its own. Remove Order By, and sort the items afterwards.',
			'Order By',
		);
}

/** @param limit so many at most */
async function idsWithTag({ context, signal }: Work, { values, item }: Call, limit: number | undefined): Promise<string[]> {
	const found = await keapGetAll(
		context,
		{ method: 'GET', path: '/crm/rest/v2/tags/{tag_id}/contacts', pathParams: { tag_id: String(values.tagId) }, item, signal },
		{ records: 'contacts', ...(limit !== undefined && { limit }) },
	);
	return [...new Set(found.map(({ id }) => String(id)))];
}

/** Contacts that the tag has, so that each of them is there: one that is not listed yet is read by itself. @throws why one could not be read */
async function allOf(work: Work, ids: readonly string[], query: KeapQuery | undefined): Promise<IDataObject[]> {
	const read = [...(await readByIds(work, CONTACT_LOOKUP, ids, query)).values()];
	const failed = read.find((contact) => contact instanceof Error);
	if (failed !== undefined) throw failed;
	return read as IDataObject[];
}

/** The contacts of a tag for which the other filters hold as well, whole: a call for 1,000 IDs, and one for every 100 contacts. */
export const listWithTag: Perform = async (work, call) => {
	const { limit = Infinity } = limitOf(call);
	const filter = filterOf(call);
	const ids = await idsWithTag(work, call, filter === '' && limit !== Infinity ? limit : undefined);
	const request = toRequest(call, work);
	const read = async (chunk: readonly string[]): Promise<IDataObject[]> => {
		if (filter === '') return await allOf(work, chunk, request.query);
		const conditions = `${filter};${CONTACT_LOOKUP.filter}==${chunk.join(',')}`;
		return await keapGetAll(
			work.context,
			{ ...request, query: { ...request.query, filter: conditions } },
			{ records: CONTACT_LOOKUP.records, isAsked: ({ id }) => chunk.includes(String(id)) },
		);
	};
	const found: IDataObject[] = [];
	for (const wave of chunksOf(chunksOf(ids, CONTACT_LOOKUP.max), limit === Infinity ? AT_ONCE : 1)) {
		if (found.length >= limit) break;
		for (const contacts of await Promise.all(wave.map(read))) found.push(...contacts);
	}
	return found.slice(0, limit);
};

/** Version 1 says how many there are: one call, however many. */
async function counted({ context, signal }: Work, { item }: Call, path: string, pathParams: Record<string, string> = {}): Promise<number> {
	const { body } = await keapRequest<IDataObject | null>(context, {
		method: 'GET',
		path,
		pathParams,
		query: { limit: 1 },
		item,
		signal,
		expects: { list: 'contacts' },
	});
	if (typeof body?.count === 'number') return body.count;
	throw new BadAnswer('Keap did not say how many contacts there are', 'Try again, or use Get Many and count the items.');
}

/** How many contacts there are in all, with a tag, or for which filters hold: one call, or one for every 1,000 that are found by a filter. */
export const count: Perform = async (work, call) => {
	const filter = filterOf(call);
	if (filter !== '' && hasTag(call)) return { count: ((await listWithTag(work, call)) as IDataObject[]).length };
	if (hasTag(call)) return { count: await counted(work, call, '/crm/rest/v1/tags/{tagId}/contacts', { tagId: String(call.values.tagId) }) };
	if (filter === '') return { count: await counted(work, call, '/crm/rest/v1/contacts') };
	let found = 0;
	for await (const page of keapPages(work.context, toRequest(call, work), { records: CONTACT_LOOKUP.records })) found += page.length;
	return { count: found };
};
