import { notFound } from '../../errors';
import type { RecordStore } from '../../store/recordStore';
import type { Answer, Exchange, Handler, KeapRecord } from '../../types';
import { elementOf, shown } from '../generic';
import { answerList, listName } from '../lists';
import type { FieldReaders } from '../recordFields';

export type Fields = Readonly<Record<string, unknown>>;

/** A kind of record whose five operations differ from plain ones only in what is checked, stored and shown. */
export interface Kind {
	/** What one is called in an error. */
	readonly what: string;
	/** The path parameter with its id. */
	readonly param: string;
	readonly store: (exchange: Exchange) => RecordStore;
	/** Only those that belong to the path; all by default. */
	readonly belongs?: (record: KeapRecord, exchange: Exchange) => boolean;
	readonly readers?: FieldReaders;
	/** Other records that the readers look at: when one of them changes, the list does. */
	readonly readsToo?: ReadonlyArray<(state: Exchange['state']) => RecordStore>;
	/**
	 * Holds what is written to what Keap asks beyond types, and gives it as it is stored. `before` is the record that is changed.
	 * @throws ApiError 400
	 */
	readonly check?: (fields: Fields, exchange: Exchange, before?: KeapRecord) => Fields;
	/** The record as answers give it. */
	readonly view?: (record: KeapRecord, exchange: Exchange) => Fields;
	/** The record as lists give it, where that is less. */
	readonly listView?: (record: KeapRecord, exchange: Exchange) => Fields;
	/** What goes with a record that is deleted. @throws ApiError when it may not be deleted */
	readonly removed?: (record: KeapRecord, exchange: Exchange) => void;
}

export const bodyOf = ({ body }: Exchange): Fields => (body ?? {}) as Fields;

/** The record of the path. @throws ApiError 404 */
export function recordOf(kind: Kind, exchange: Exchange): KeapRecord {
	const id = exchange.params[kind.param] ?? '';
	const record = kind.store(exchange).get(id);
	if (!record || !(kind.belongs?.(record, exchange) ?? true)) throw notFound(kind.what, id);
	return record;
}

/** Answers with one record, with those fields that the operation's answer has. */
export const answerOne = (kind: Kind, record: KeapRecord, exchange: Exchange): Answer => ({
	status: exchange.operation.status?.[0] ?? 200,
	body: shown(kind.view?.(record, exchange) ?? record, exchange.operation.response?.schema),
});

export const list =
	(kind: Kind): Handler =>
	(exchange) => {
		const { operation, params, query } = exchange;
		const store = kind.store(exchange);
		const rows = kind.belongs ? store.rows.filter((record) => kind.belongs?.(record, exchange)) : store.rows;
		const element = elementOf(operation.response?.schema, listName(operation) ?? '');
		const asked = query.fields?.split(',');
		const view = kind.listView ?? kind.view;
		return answerList(exchange, {
			rows,
			version: [store, ...(kind.readsToo ?? []).map((of) => of(exchange.state))].map(({ version }) => version).join(),
			path: `${operation.path}?${JSON.stringify(params)}`,
			readers: kind.readers,
			show: (record) => shown(view?.(record, exchange) ?? record, element, (name) => asked?.includes(name) ?? true),
		});
	};

export const create =
	(kind: Kind): Handler =>
	(exchange) => {
		const { now } = exchange;
		const fields = bodyOf(exchange);
		const checked = kind.check?.(fields, exchange) ?? fields;
		return answerOne(kind, kind.store(exchange).add({ ...checked, create_time: now, update_time: now }), exchange);
	};

export const get =
	(kind: Kind): Handler =>
	(exchange) =>
		answerOne(kind, recordOf(kind, exchange), exchange);

/** Writes what the mask names, and clears what it names without a value; without a mask, what the body has. */
export const update =
	(kind: Kind): Handler =>
	(exchange) => {
		const before = recordOf(kind, exchange);
		const mask = exchange.query.update_mask?.split(',');
		const given = Object.fromEntries(Object.entries(bodyOf(exchange)).filter(([name]) => mask?.includes(name) ?? true));
		const record: KeapRecord = { ...before, ...(kind.check?.(given, exchange, before) ?? given), update_time: exchange.now };
		for (const name of mask ?? []) if (given[name] === undefined) delete record[name];
		kind.store(exchange).set(record.id, record);
		return answerOne(kind, record, exchange);
	};

export const remove =
	(kind: Kind): Handler =>
	(exchange) => {
		const record = recordOf(kind, exchange);
		kind.removed?.(record, exchange);
		kind.store(exchange).delete(record.id);
		return { status: 204 };
	};

const MAKERS = { list, create, get, update, remove };

/** The handlers of a kind of record by the ids of its operations in version 2. */
export const crud = (kind: Kind, ids: Partial<Record<keyof typeof MAKERS, string>>): Record<string, Handler> =>
	Object.fromEntries((Object.entries(ids) as Array<[keyof typeof MAKERS, string]>).map(([verb, id]) => [`v2/${id}`, MAKERS[verb](kind)]));
