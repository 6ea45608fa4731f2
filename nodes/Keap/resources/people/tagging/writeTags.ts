import { type Wish, writeOnce } from '../../../../shared/catalogue/batching/bundledWrites';
import { fewestCalls } from '../../../../shared/catalogue/batching/fewestCalls';
import type { Call, Operation, Work } from '../../../../shared/catalogue/operation/types';
import type { Ways } from './ways';

/** A tag that an item wants a contact to get or to lose. */
export interface TagWish {
	readonly item: number;
	readonly tag: string;
	readonly contact: string;
}

/** What became of a tag and a contact: Keap's word, or an error. */
export type Verdicts = (tag: string, contact: string) => string | Error | undefined;

/**
 * Applies or removes what all items of a run want, in the fewest calls that do it. A tag or a contact that Keap refuses fails
 * only the wishes that name it.
 * @param failed called as soon as one has failed
 */
export async function writeTags(work: Work, ways: Ways, wishes: readonly TagWish[], failed?: () => void): Promise<Verdicts> {
	const { ofTag, ofContact } = ways;
	const pairs = wishes.map(({ tag, contact }) => ({ row: tag, column: contact }));
	const { byRow, byColumn } = fewestCalls(pairs, ofTag.bundledWrite.max, ofContact.bundledWrite.max);
	const itemsOf = new Map<string, number[]>();
	for (const { item, tag, contact } of wishes) {
		const items = itemsOf.get(nameOf(tag, contact));
		if (items === undefined) itemsOf.set(nameOf(tag, contact), [item]);
		else items.push(item);
	}
	const verdicts = new Map<string, string | Error>();
	const write = async (way: Ways['ofTag'], pathParams: Call['pathParams'], ids: readonly string[], pairOf: (id: string) => string) => {
		const wanted = ids.flatMap((id) => (itemsOf.get(pairOf(id)) ?? []).map((item): Wish => ({ item, id, part: pairOf(id) })));
		const results = await writeOnce(work, way.bundledWrite, callOf(way, pathParams, wanted[0]?.item ?? 0), wanted, failed);
		for (const [id, result] of results) verdicts.set(pairOf(id), result);
	};
	await Promise.all([
		...[...byRow].map(async ([tag, ids]) => await write(ofTag, { tag_id: tag }, ids, (contact) => nameOf(tag, contact))),
		...[...byColumn].map(async ([contact, ids]) => await write(ofContact, { contactId: contact }, ids, (tag) => nameOf(tag, contact))),
	]);
	return (tag, contact) => verdicts.get(nameOf(tag, contact));
}

/** Also the name of this part of an item's work in the memory of its tries. */
const nameOf = (tag: string, contact: string): string => `tag ${tag} contact ${contact}`;

const callOf = (operation: Operation, pathParams: Call['pathParams'], item: number): Call => ({
	item,
	operation,
	pathParams,
	query: {},
	body: {},
	values: {},
});
