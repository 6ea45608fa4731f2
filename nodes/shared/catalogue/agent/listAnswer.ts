import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../../runtime/isRecord';
import { toolCallerOf } from '../../runtime/tool';
import { keapCredentials } from '../../transport';
import { isWrite } from '../operation/outcome';
import type { Call, Operation } from '../operation/types';

/** Keap's page unless a row says something else: one record more than that would cost a call. */
const PAGE_SIZE = 1_000;
/** Names of filters in the word on how to narrow a list. */
const MOST_NAMED = 6;

/**
 * A list's call as a tool makes it: for no more records than fit into a conversation, unless the user of the node has typed a larger
 * Limit in. It asks for one record more than it gives out, to know whether there are more.
 */
export async function fittedToTool(context: IExecuteFunctions, call: Call): Promise<Call> {
	if (toolCallerOf(context) === undefined || isWrite(call)) return call;
	const { agents } = await keapCredentials(context, call.item);
	const { limit, returnAll } = call.values;
	const asked = returnAll === true || typeof limit !== 'number' ? Infinity : limit;
	const isTyped = asked !== Infinity && typeof context.getNode().parameters.limit === 'number' && asked !== usualLimit(call.operation);
	const answerLimit = isTyped ? asked : Math.min(asked, agents.mostInAnswer);
	// Only a list is asked for a number of records; a custom API call brings whatever its path brings.
	if (!('limit' in call.values) || call.values.pagination === 'off') return { ...call, answerLimit: agents.mostInAnswer };
	const oneMore = answerLimit < (call.operation.pageSize ?? PAGE_SIZE) ? 1 : 0;
	return { ...call, answerLimit, values: { ...call.values, returnAll: false, limit: answerLimit + oneMore } };
}

/** The Limit of a node in which nobody has typed one: n8n fills it in. */
const usualLimit = ({ fields }: Operation): unknown => fields.find(({ property }) => property.name === 'limit')?.property.default;

/** The records that an agent gets, with a word behind them where there are more. */
export function shortList({ answerLimit = Infinity, operation }: Call, records: IDataObject[]): IDataObject[] {
	if (records.length <= answerLimit) return records;
	return [...records.slice(0, answerLimit), { more: true, message: moreThan(answerLimit, operation) }];
}

/** A single answer whose lists are no longer than an agent gets: that of a custom API call holds a whole page. */
export function withShortLists({ answerLimit = Infinity, operation }: Call, record: IDataObject): IDataObject {
	const long = Object.entries(record).filter(([, value]) => Array.isArray(value) && value.length > answerLimit && value.every(isRecord));
	if (long.length === 0) return record;
	const cut = Object.fromEntries(long.map(([name, value]) => [name, (value as IDataObject[]).slice(0, answerLimit)]));
	return { ...record, ...cut, more: true, message: moreThan(answerLimit, operation) };
}

function moreThan(limit: number, { fields }: Operation): string {
	const filters = fields.find(({ property }) => property.name === 'filters')?.members ?? [];
	const names = filters.slice(0, MOST_NAMED).map(({ property }) => property.displayName);
	const how = names.length === 0 ? 'ask for something narrower' : `narrow it, such as by ${names.join(', ')}`;
	return `These are the first ${limit}; there are more. If the one you look for is not among them, ${how}.`;
}
