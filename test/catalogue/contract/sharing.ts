import type { Operation } from '../../../nodes/shared/catalogue/operation/types';
import { allOperations, type Operation as Fact, type Schema } from '../../sandbox/contract/operations';
import { factOf } from './rows';

/** Rows that could share calls by the facts and do not, and why. Short, and to stay so. */
export const ALONE_ON_PURPOSE: Readonly<Record<string, string>> = {
	'automation: unpublish': "Unpublish Many is a row of its own, and stopping a thousand automations is nobody's daily work",
	'automation: unpublishMany': 'one item names them all',
	'contact: getOverview': 'a look at one person before a conversation, not an operation for a thousand',
	'deal: move': 'the answer names the deals that were moved, not whose they are: no item could be given its own',
	'dealNote: create': 'Create Many is a row of its own',
	'email: create': 'Create Many is a row of its own',
	'email: delete': 'Delete Many is a row of its own',
	'product: getStock': 'the lists of products leave out the count in stock',
	'productCategory: replaceProducts': 'one item names all products of a category',
};

const namesOf = (schema: Schema | undefined): string[] =>
	typeof schema === 'object' && !Array.isArray(schema) ? Object.keys(schema).map((name) => name.replace('*', '')) : [];

/** The lists in an object, by name. */
const listsIn = (schema: Schema | undefined): Array<[name: string, entry: Schema]> =>
	typeof schema === 'object' && !Array.isArray(schema)
		? Object.entries(schema).flatMap(([name, value]): Array<[string, Schema]> => (Array.isArray(value) ? [[name, value[0] as Schema]] : []))
		: [];

/** `products`, the last part of a path that is no parameter. */
const collectionOf = (path: string): string => path.split('/').findLast((part) => !part.startsWith('{')) ?? '';

/** `product` of `products`, `category` of `categories`. */
const singular = (collection: string): string =>
	collection
		.replace(/ies$/, 'y')
		.replace(/ses$/, 's')
		.replace(/s$/, '')
		.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The filter of a list that takes many of its own records: `ids`, or `product_ids` of products. Others narrow by records beside them. */
const ownIds = ({ path, query }: Fact): string | undefined =>
	query.find(({ name }) => name === 'filter')?.fields?.find((field) => field === 'ids' || field === `${singular(collectionOf(path))}_ids`);

/** Whether the records of a list are what one call gives one by one: they have nothing that this has not. */
function givesTheSame(list: Fact, one: Fact): boolean {
	const known = new Set(namesOf(one.response?.schema));
	return listsIn(list.response?.schema).some(([, entry]) => {
		const names = namesOf(entry);
		return names.length > 0 && names.every((name) => known.has(name));
	});
}

/** A read of one record, where a list takes many IDs of it. */
function readsAlone({ path, bundledRead, answer = 'record' }: Operation, fact: Fact): string[] {
	if (fact.method !== 'GET' || answer !== 'record' || !path.endsWith('}') || bundledRead !== undefined) return [];
	const list = allOperations().find(
		(other) =>
			other.method === 'GET' &&
			other.api === fact.api &&
			collectionOf(other.path) === collectionOf(path) &&
			!other.path.endsWith('}') &&
			ownIds(other) !== undefined &&
			givesTheSame(other, fact),
	);
	return list === undefined ? [] : [`GET ${list.path} takes many in ${ownIds(list) ?? ''}: the row needs a bundledRead`];
}

/** A list of which a row gives one record for each item. */
function picksAlone({ answer = 'record', bundledRead, performInGroups, fields }: Operation, fact: Fact): string[] {
	if (fact.method !== 'GET' || answer !== 'record' || bundledRead !== undefined || performInGroups !== undefined) return [];
	const ids = fact.query.find(({ name }) => name === 'filter')?.fields?.filter((field) => /(^|_)ids$/.test(field)) ?? [];
	const one = fields.find(({ to, property }) => to?.in === 'filter' && ids.includes(to.key) && property.required === true);
	return one === undefined ? [] : [`${fact.path} takes many in ${one.to?.key ?? ''}: the row needs performInGroups`];
}

const sharesWrites = ({ bundledWrite, bundledCreate, performInGroups }: Operation): boolean =>
	bundledWrite !== undefined || bundledCreate !== undefined || performInGroups !== undefined;

/** A write of a list that is nothing but IDs of records, or records: several items fit into one call. */
function writesAlone(operation: Operation, fact: Fact): string[] {
	if (fact.method === 'GET' || sharesWrites(operation)) return [];
	const schema = fact.body?.schema;
	const needed = typeof schema === 'object' && !Array.isArray(schema) ? Object.keys(schema).filter((name) => name.endsWith('*')) : [];
	const [list, ...others] = listsIn(schema).filter(([name]) => name.endsWith('*'));
	const takesMany = list !== undefined && others.length === 0 && (needed.length === 1 || /_ids\*$/.test(list[0]));
	return takesMany && /:[a-z]|batch|moveBy|\/-\//.test(fact.path)
		? [`${fact.method} ${fact.path} takes many in ${list[0].replace('*', '')}`]
		: [];
}

/** What Keap calls the operation for many, by the method of that for one. */
const IN_BULK: Readonly<Record<string, RegExp>> = { POST: /:batchAdd$/, DELETE: /:batchRemove$/ };

/** A write of one record beside which Keap has one of many: `POST emails` and `POST emails:batchAdd`. */
function hasSibling(operation: Operation, fact: Fact): string[] {
	if (sharesWrites(operation)) return [];
	const { method, path } = fact;
	const base = path.replace(/\/\{[^}]+\}$/, '');
	const verb = /\}[/:]([a-z]+)$/.exec(path)?.[1];
	const siblings = allOperations().filter((other) => {
		if (other.method === 'GET' || other === fact) return false;
		const named = IN_BULK[method]?.test(other.path) === true && other.path.startsWith(`${base}:`);
		const verbose = verb !== undefined && other.path === path.replace(/\{[^}]+\}[/:][a-z]+$/, `batch-${verb}`);
		const ofAll = method === 'POST' && other.method === 'POST' && other.path === path.replace(/\{[^}]+\}/, '-');
		return named || verbose || (ofAll && other.path !== path);
	});
	return siblings.map((other) => `${other.method} ${other.path} does the same for many`);
}

/** What a row could share with others of its kind by the facts, and does not. */
export function couldShare(operation: Operation, fact: Fact | undefined = factOf(operation.method, operation.path)): string[] {
	if (fact === undefined) return [];
	return [readsAlone, picksAlone, writesAlone, hasSibling].flatMap((check) => check(operation, fact));
}
