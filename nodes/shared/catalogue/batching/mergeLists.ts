import type { IDataObject } from 'n8n-workflow';

import { keapRequest, type KeapQuery } from '../../transport';
import { BadInput } from '../operation/badInput';
import { explained, type Kept } from './keptEntries';
import { readByIds } from './bundledReads';
import { listIn } from '../operation/badAnswer';
import { inner } from '../../runtime/isRecord';
import { listOf } from '../../runtime/listOf';
import { notFound } from '../calls/notFound';
import { askKeap, toRequest } from '../calls/request';
import type { ListRule, ListRules, ObjectRules } from '../operation/listRules';
import type { BundledRead, Call, Operation, Perform, Work } from '../operation/types';

/** How the records of an update are read before their lists are written. */
export interface MergeRules {
	readonly lists: ListRules;
	readonly objects?: ObjectRules;
	/** The path parameter that holds the record's id. */
	readonly id: string;
	/** Where many records are read in one call; without it each is read at the row's own path. */
	readonly lookup?: Omit<BundledRead, 'id'>;
	/** The query that makes Keap return the lists, such as `fields`. */
	readonly query?: KeapQuery;
	/** The body as the row writes it, where that is not simply the call's. @throws BadInput */
	readonly bodyOf?: (call: Call) => IDataObject;
}

type Known = ReadonlyMap<string, IDataObject | Error>;

/** What is to be kept besides what is given, and must therefore be read first. A list that is cleared and set is replaced. */
function namesToMerge({ values }: Call, body: IDataObject, rules: Readonly<Record<string, unknown>>): string[] {
	if (values.listHandling === 'replace') return [];
	const cleared = Array.isArray(values.fieldsToClear) ? (values.fieldsToClear as string[]) : [];
	return Object.keys(body).filter((name) => Object.hasOwn(rules, name) && !cleared.includes(name));
}

/**
 * Updates records without losing what they hold: the other entries of a list are read and sent along.
 * One read for up to 100 records, made shortly before they are written; no read at all where no list is set.
 */
export function mergeSafeUpdate(rules: MergeRules): NonNullable<Operation['performInGroups']> {
	const { lists, objects = {}, id, bodyOf = ({ body }: Call): IDataObject => body } = rules;
	const isMerging = (call: Call): boolean => namesToMerge(call, bodyOf(call), { ...lists, ...objects }).length > 0;
	const idOf = ({ pathParams }: Call): string => pathParams[id] ?? '';
	/** The body to write, with what `known` holds besides in each list and object that is to be merged. @throws Error when it could not be read */
	const withKeptEntries = ({ context }: Work, call: Call, known: IDataObject | Error | undefined): Merged => {
		const body = bodyOf(call);
		if (!isMerging(call)) return { body: withoutEmptied(body), kept: [] };
		if (known instanceof Error) throw known;
		if (known === undefined) throw notFound(context, call, idOf(call));
		const { body: merged, kept } = mergedBody(lists, namesToMerge(call, body, lists), known, body);
		const whole = namesToMerge(call, body, objects).map((name) => [name, objects[name]?.(known, inner(body[name]))]);
		return { body: { ...merged, ...(Object.fromEntries(whole) as IDataObject) }, kept };
	};
	return {
		size: 100,
		begin: async (work, calls): Promise<Perform> => {
			const current = new Map(await readRecords(work, rules, calls.filter(isMerging), idOf));
			const inDoubt = new Set<string>();
			return async (each, call) => {
				const record = idOf(call);
				if (isMerging(call) && inDoubt.delete(record))
					for (const [id, now] of await readRecords(each, rules, [call], idOf)) current.set(id, now);
				const { body, kept } = withKeptEntries(each, call, current.get(record));
				if (Object.keys(body).length === 0) return await asItIs(each, call);
				const answer = await askKeap(each, { ...call, body }).catch(async (error: unknown) => {
					// It may have been carried out all the same: the next item about the record then reads it again.
					if (!(error instanceof BadInput)) inDoubt.add(record);
					throw await explained(error, each, call, kept);
				});
				// The next item may be about the same record: it builds on what this one wrote, also where that replaced or cleared a list.
				const known = current.get(record);
				if (known !== undefined && !(known instanceof Error)) current.set(record, { ...known, ...body });
				return answer;
			};
		},
	};
}

/** The record of an update that would change nothing: Keap is not sent what it has. */
async function asItIs(work: Work, call: Call): Promise<IDataObject> {
	const { context, signal } = work;
	const { operation, pathParams, item } = call;
	const { fields } = toRequest({ ...call, operation: { ...operation, mask: false } }, work).query ?? {};
	const request = {
		method: 'GET',
		path: operation.path,
		pathParams,
		query: { fields },
		item,
		signal,
		expects: { record: ['id'] },
	} as const;
	return (await keapRequest<IDataObject>(context, request)).body;
}

/** What Keap holds of the records that the calls are about, each read once. */
async function readRecords(
	work: Work,
	{ lookup, query }: MergeRules,
	calls: readonly Call[],
	idOf: (call: Call) => string,
): Promise<Known> {
	const byId = new Map(calls.map((call) => [idOf(call), call]));
	if (byId.size === 0) return new Map();
	const { context, signal } = work;
	const readOne = async ({ operation, pathParams, item }: Call): Promise<IDataObject> => {
		const request = { method: 'GET', path: operation.path, pathParams, query, item, signal, expects: { record: ['id'] } } as const;
		return (await keapRequest<IDataObject>(context, request)).body;
	};
	if (lookup !== undefined)
		return await readByIds(work, lookup, [...byId.keys()], query, { readOne: async (id) => await readOne(byId.get(id) as Call) });
	const read = async ([id, call]: [string, Call]): Promise<[string, IDataObject | Error]> => [
		id,
		await readOne(call).catch((error: unknown) => error as Error),
	];
	return new Map(await Promise.all([...byId].map(read)));
}

/** A custom field that is to be emptied has taken the place of what Keap holds; it goes by not being sent. */
function withoutEmptied(body: IDataObject): IDataObject {
	const { custom_fields: fields } = body;
	return Array.isArray(fields) ? { ...body, custom_fields: (fields as IDataObject[]).filter(({ content }) => content !== null) } : body;
}

const isFilled = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** What is sent for a record, and what of it goes back as Keap has it. */
export interface Merged {
	readonly body: IDataObject;
	readonly kept: readonly Kept[];
}

/**
 * The body with the entries that Keap has besides. A list in which nothing changes is left out: what Keap has in it stays as it is,
 * the consent of its addresses too, and what Keap would no longer take is not sent.
 * @param names the lists to merge
 * @throws BadAnswer when one of them is no list in what Keap holds
 */
export function mergedBody(lists: ListRules, names: readonly string[], known: IDataObject, body: IDataObject): Merged {
	const merged: IDataObject = { ...body };
	const kept: Kept[] = [];
	for (const name of names) {
		const rule = lists[name];
		if (rule === undefined) continue;
		const given = listOf(body[name]);
		const current = listIn(known, name);
		if (given.every((entry) => isAsKept(rule, current, entry))) {
			delete merged[name];
			continue;
		}
		const others = mergeList(rule, current, given).filter((entry) => !given.includes(entry));
		kept.push(...others.map((entry, index): Kept => ({ list: name, index, slot: String(entry[rule.slot]), entry })));
		merged[name] = [...others, ...given];
	}
	return { body: withoutEmptied(merged), kept };
}

/** Whether Keap has an entry in its slot just as it is given. What an entry only starts, such as consent, is never there already. */
function isAsKept({ slot, written, starts = [] }: ListRule, current: readonly IDataObject[], given: IDataObject): boolean {
	if (starts.some((key) => key in given)) return false;
	const known = current.find((entry) => String(entry[slot]) === String(given[slot]));
	if (known === undefined) return !isFilled(given.content) && given.content === null;
	return written.every((key) => same(known[key], given[key]));
}

const same = (known: unknown, given: unknown): boolean =>
	isFilled(known) || isFilled(given) ? JSON.stringify(known) === JSON.stringify(given) : true;

/**
 * The entries Keap has, with the new ones in their slots. An entry is replaced whole: half an old address would be a wrong one.
 * Keap's answers list slots with nothing in them too; those stay empty by not being sent.
 */
export function mergeList(
	{ slot, written, needs, instead = {} }: ListRule = { slot: 'id', written: [] },
	current: unknown,
	given: unknown,
): IDataObject[] {
	const fresh = given as IDataObject[];
	const taken = new Set(fresh.map((entry) => String(entry[slot])));
	const kept = listOf(current)
		.filter((entry) => !taken.has(String(entry[slot])))
		.map((entry) => {
			const keys = written.filter((key) => isFilled(entry[key]) && !isFilled(entry[instead[key] ?? '']));
			return Object.fromEntries(keys.map((key) => [key, entry[key]])) as IDataObject;
		})
		.filter((entry) => (needs === undefined ? Object.keys(entry).some((key) => key !== slot) : entry[needs] !== undefined));
	return [...kept, ...fresh];
}
