import { parseFilter, parseOrder, type Condition } from '../contract/filter';
import { filterRule, maxPage } from '../contract/filterRules';
import { operationKey, type Operation, type Schema } from '../contract/operations';
import { fieldSchema } from '../contract/schema';
import type { SandboxState } from '../store/state';
import type { Answer, Exchange, KeapRecord } from '../types';
import { customFieldNamed, customFieldTest } from './customFieldFilter';
import { matcher, ordered } from './matching';
import { pageToken, tokenOffset } from './pageToken';
import type { FieldReaders } from './recordFields';
import { snapshot } from './snapshots';

const DEFAULT_PAGE = 100;

/** A v2 list: where its records are, and how each is shown. */
export interface ListSource {
	rows: readonly KeapRecord[];
	/** Changes whenever the rows may have changed. */
	version: string;
	/** The path of the list with its ids filled in. */
	path: string;
	readers?: FieldReaders;
	/** Fewer rows that hold all matches of these conditions, from an index; undefined where none helps. */
	candidates?: (conditions: readonly Condition[]) => KeapRecord[] | undefined;
	show: (record: KeapRecord, state: SandboxState) => unknown;
}

const listNames = new Map<Operation, string | undefined>();

/** The name under which a v2 list answers its records; undefined if the operation is no list. */
export function listName(operation: Operation): string | undefined {
	if (!listNames.has(operation)) {
		const schema = operation.response?.schema;
		const fields = typeof schema === 'object' && !Array.isArray(schema) ? Object.entries(schema as Record<string, Schema>) : [];
		const lists = fields.filter(([, type]) => Array.isArray(type) && typeof type[0] === 'object');
		listNames.set(operation, lists.length === 1 ? lists[0]?.[0].replace(/\*$/, '') : undefined);
	}
	return listNames.get(operation);
}

function wantedRows({ operation, query, state }: Exchange, source: ListSource, key: string): readonly KeapRecord[] {
	const { filter, order_by: orderBy } = query;
	if (filter === undefined && orderBy === undefined) return source.rows;
	const fieldsOf = (name: string) => operation.query.find((parameter) => parameter.name === name)?.fields ?? [];
	const readers = source.readers ?? {};
	const named = customFieldNamed(operation, state);
	const conditions =
		filter === undefined
			? []
			: parseFilter(
					filter,
					filterRule(operation, (name) => named(name) !== undefined),
				);
	const matches = matcher(conditions, readers, (condition) => customFieldTest(condition, named(condition.field)));
	const select = () => {
		const candidates = source.candidates?.(conditions) ?? source.rows;
		state.rowsLookedAt += candidates.length;
		const found = conditions.length > 0 ? candidates.filter((record) => matches(record, state)) : candidates;
		return orderBy === undefined ? found : ordered(found, parseOrder(orderBy, fieldsOf('order_by')), readers, state);
	};
	return snapshot(state, key, source.version, select);
}

/** Lists whose `next_page_token` is the whole address of the next page, as it was recorded for them. */
const ADDRESS_AS_TOKEN: ReadonlySet<string> = new Set(['v2/listTags', 'v2/listContactsWithTagId']);

function shownToken({ operation, query, params, origin }: Exchange, token: string): string {
	if (!ADDRESS_AS_TOKEN.has(operationKey(operation))) return token;
	const path = operation.path.replace(/\{([^}]+)\}/g, (_all, name: string) => params[name] ?? '');
	return `${origin}${path}/?${new URLSearchParams({ ...query, page_token: token })}`;
}

/** Answers one page of a v2 list: filtered, ordered, cut, with the token of the next page. */
export function answerList(exchange: Exchange, source: ListSource): Answer {
	const { operation, query, state, pageCap } = exchange;
	const key = `${source.path}?${query.filter ?? ''}&${query.order_by ?? ''}`;
	const rows = wantedRows(exchange, source, key);
	const from = query.page_token ? tokenOffset(query.page_token, key) : 0;
	const to = from + Math.min(Number(query.page_size ?? Math.min(DEFAULT_PAGE, maxPage(operation))), pageCap);
	const shown = rows.slice(from, to);
	state.rowsLookedAt += shown.length;
	const page = shown.map((record) => source.show(record, state));
	const body: Record<string, unknown> = { [listName(operation) ?? 'items']: page };
	// The last page has an empty token, the only page too.
	if (fieldSchema(operation.response?.schema, 'next_page_token'))
		body.next_page_token = to < rows.length ? shownToken(exchange, pageToken(to, key)) : '';
	return { status: 200, body };
}

/**
 * Answers one page of a v1 list. `next` and `previous` are always there, beyond both ends too, and the `limit` in them is the
 * number of records on this page.
 */
export function answerV1List({ query, origin, pageCap }: Exchange, path: string, name: string, rows: readonly unknown[]): Answer {
	const limit = Math.min(Number(query.limit ?? 1_000), pageCap);
	const offset = Number(query.offset ?? 0);
	const page = rows.slice(offset, offset + limit);
	const shownLimit = String(page.length || limit);
	const link = (at: number) => `${origin}${path}?${new URLSearchParams({ ...query, limit: shownLimit, offset: String(at) })}`;
	const body = {
		[name]: page,
		count: rows.length,
		next: link(offset + limit),
		previous: link(Math.max(0, offset - limit)),
	};
	return { status: 200, body };
}
