import type { IDataObject } from 'n8n-workflow';

import { failAll, type Results } from '../../../shared/catalogue/batching/bundle';
import { readByIds } from '../../../shared/catalogue/batching/bundledReads';
import { keyOf, sharedWrites, type WriteForAll } from '../../../shared/catalogue/batching/sharedWrites';
import { toRequest } from '../../../shared/catalogue/calls/request';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Answer, Call, Work } from '../../../shared/catalogue/operation/types';
import { products } from '../../../shared/records/commerce/products';
import { chunksOf } from '../../../shared/runtime/chunksOf';
import { httpCodeOf, keapGetAll, keapRequest } from '../../../shared/transport';

export const ASSIGNED = '/crm/rest/v2/productCategories/assignedProducts';
export const ASSIGNED_RECORDS = 'assigned_product_categories';

const MOST_IDS = 100;

/** Refused for what it asked: nothing was carried out. */
const REFUSED: ReadonlySet<number> = new Set([400, 404, 409, 422]);

const categoryOf = ({ pathParams }: Call): string => pathParams.category_id ?? '';
/** What an item names: products that come, or that go. */
const productsOf = ({ values }: Call): string[] => (Array.isArray(values.productIds) ? values.productIds.map(String) : []);

/** The products that are in some categories now, by category; 100 categories in a call. */
async function readAssigned({ context, signal }: Work, categories: readonly string[]): Promise<Map<string, string[]>> {
	const read = async (ids: readonly string[]): Promise<IDataObject[]> =>
		await keapGetAll(
			context,
			{ method: 'GET', path: ASSIGNED, query: { filter: `product_category_ids==${ids.join()}` }, signal },
			{ records: ASSIGNED_RECORDS, isAsked: ({ product_category_id: id }) => ids.includes(String(id)) },
		);
	const all = await Promise.all(chunksOf(categories, MOST_IDS).map(read));
	return new Map(all.flat().map(({ product_category_id: id, product_ids: ids }) => [String(id), [ids ?? []].flat().map(String)]));
}

/** What is left of a category's products, or comes to them. */
type Change = (now: readonly string[], given: readonly string[]) => string[];

const added: Change = (now, given) => [...new Set([...now, ...given])];
const removed: Change = (now, given) => now.filter((id) => !given.includes(id));

const done = (call: Call): Answer => ({ category_id: categoryOf(call), product_ids: productsOf(call), success: true });

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
	one.length === other.length && one.every((id) => other.includes(id));

/**
 * Changes the products of a category for all items that name it, in one call: Keap takes the whole list, and removes what is not on it.
 * Where nothing changes, nothing is sent. A product that Keap does not have fails the items that name it, and no others.
 */
const writeFor =
	(change: Change, assigned: ReadonlyMap<string, readonly string[]>): WriteForAll =>
	async (work, calls) => {
		const [first] = calls;
		if (first === undefined) return new Map();
		const now = assigned.get(categoryOf(first)) ?? [];
		const send = async (wanted: readonly Call[], kept: readonly string[]): Promise<void> => {
			const ids = change(kept, wanted.flatMap(productsOf));
			if (isSame(ids, now)) return;
			const request = toRequest(first, work);
			await keapRequest(work.context, { ...request, body: { product_ids: ids }, ...(wanted.length > 1 && { item: undefined }) });
		};
		try {
			await send(calls, now);
			return new Map(calls.map((call) => [keyOf(call), done(call)]));
		} catch (error) {
			if (!REFUSED.has(Number(httpCodeOf(error)))) return failAll(calls.map(keyOf), error as Error);
			return await withoutMissing(work, calls, now, send, error as Error);
		}
	};

type SendFor = (wanted: readonly Call[], kept: readonly string[]) => Promise<void>;

/** Looks up the products of a refused call, and sends it again without those that Keap does not have, if there are such. */
async function withoutMissing(
	work: Work,
	calls: readonly Call[],
	now: readonly string[],
	send: SendFor,
	refusal: Error,
): Promise<Results<Answer>> {
	const known = await readByIds(work, products.lookup, [...new Set([...now, ...calls.flatMap(productsOf)])]);
	// Of one that could not be read nobody knows whether it is there: left out of the list, it would leave its category.
	if ([...known.values()].some((product) => product instanceof Error)) return failAll(calls.map(keyOf), refusal);
	const isThere = (id: string): boolean => known.has(id);
	const [good, bad] = [calls.filter((call) => productsOf(call).every(isThere)), calls.filter((call) => !productsOf(call).every(isThere))];
	const kept = now.filter(isThere);
	if (bad.length === 0 && kept.length === now.length) return failAll(calls.map(keyOf), refusal);
	const missing = bad.map((call): [string, Error] => {
		const ids = productsOf(call).filter((id) => !isThere(id));
		return [
			keyOf(call),
			new BadInput(
				`name what Keap does not have: ${ids.join(', ')}`,
				'The product may have been deleted. Choose others, or check the IDs.',
				'Product Names or IDs',
			),
		];
	});
	try {
		if (good.length > 0) await send(good, kept);
		return new Map<string, Answer | Error>([...missing, ...good.map((call): [string, Answer] => [keyOf(call), done(call)])]);
	} catch (error) {
		return new Map([...missing, ...failAll<Answer>(good.map(keyOf), error as Error)]);
	}
}

const changing = (change: Change) =>
	sharedWrites(async (work, calls) => writeFor(change, await readAssigned(work, [...new Set(calls.map(categoryOf))])));

/** Adds products to those that a category has. */
export const assign = changing(added);
/** Takes products out of a category. */
export const unassign = changing(removed);
