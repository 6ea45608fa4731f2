import { allOperations, type Operation, type Schema } from '../contract/operations';
import { fieldSchema, schemaProblem } from '../contract/schema';
import { ApiError, notFound } from '../errors';
import type { SandboxState } from '../store/state';
import type { Exchange, Handler, KeapRecord } from '../types';
import { answerList, listName } from './lists';
import { kindOf, type RecordKind } from './recordKinds';

const LAST_PARAM = /\/\{([^}/]+)\}$/;

/** A path template with its parameters filled in. */
export const fillPath = (template: string, params: Readonly<Record<string, string>>): string =>
	template.replace(/\{([^}]+)\}/g, (_all, name: string) => params[name] ?? '');

/** 404 unless every record that the path goes through exists: the order of `/orders/12/items`. */
function checkParents(collection: string, params: Readonly<Record<string, string>>, state: SandboxState): void {
	const segments = collection.split('/');
	segments.forEach((segment, index) => {
		const name = /^\{(.+)\}$/.exec(segment)?.[1];
		const id = name === undefined ? undefined : params[name];
		const parents = id === undefined ? undefined : state.existing(fillPath(segments.slice(0, index).join('/'), params));
		if (id !== undefined && !parents?.has(id)) throw notFound(segments[index - 1] ?? 'record', id);
	});
}

/** Only what the answer's schema knows, and only where the type is right: requests and answers differ here and there. */
export function shown(
	record: Readonly<Record<string, unknown>>,
	schema: Schema | undefined,
	isWanted: (name: string) => boolean = () => true,
): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(record).filter(([name, value]) => {
			const type = fieldSchema(schema, name);
			return type !== undefined && schemaProblem(type, value) === undefined && isWanted(name);
		}),
	);
}

/** What an answer holds of a record: by `fields` what is optional, or, in lists of big records, everything. */
export function selection(
	{ optional = [], hiddenInList }: RecordKind,
	fields: string | undefined,
	inList: boolean,
): (name: string) => boolean {
	const asked = new Set(fields?.split(','));
	if (inList && hiddenInList) return (name) => name === 'id' || (fields === undefined ? !hiddenInList.includes(name) : asked.has(name));
	if (optional.length > 0) return (name) => !optional.includes(name) || asked.has(name);
	return (name) => fields === undefined || name === 'id' || asked.has(name);
}

/** The type of the records in a list answer. */
export const elementOf = (schema: Schema | undefined, name: string): Schema | undefined => {
	const list = fieldSchema(schema, name);
	return Array.isArray(list) ? (list[0] as Schema) : undefined;
};

/** Writes `body` over `record`: only what the mask names, and what it names without a value is cleared. No mask: what the body has. */
export function masked<T extends Record<string, unknown>>(record: T, body: Readonly<Record<string, unknown>>, mask: string | undefined): T {
	if (mask === undefined) return { ...record, ...body };
	const next: Record<string, unknown> = { ...record };
	for (const name of mask.split(',')) {
		if (body[name] === undefined) delete next[name];
		else next[name] = body[name];
	}
	return next as T;
}

const bodyOf = ({ body }: Exchange) => (body ?? {}) as Readonly<Record<string, unknown>>;

const viewed = ({ view }: RecordKind, record: KeapRecord, exchange: Exchange) => view?.(record, exchange) ?? record;

/** A single record as the answer shows it. */
const one = (kind: RecordKind, record: KeapRecord, exchange: Exchange) =>
	shown(viewed(kind, record, exchange), exchange.operation.response?.schema, selection(kind, exchange.query.fields, false));

/** The records of a list, those of all parents where the path has the wildcard in a parent's place. @throws ApiError 404 */
function rowsOf({ operation, params, state }: Exchange, collection: string): { rows: readonly KeapRecord[]; version: string } {
	const all = operation.pathParams.find(({ name, wildcard }) => wildcard !== undefined && params[name] === wildcard);
	if (!all) checkParents(collection, params, state);
	const parents = all && state.collection(fillPath(collection.slice(0, collection.indexOf(`/{${all.name}}`)), params)).rows;
	const paths =
		all && parents ? parents.map(({ id }) => fillPath(collection, { ...params, [all.name]: id })) : [fillPath(collection, params)];
	const stores = paths.map((path) => state.collection(path));
	return {
		rows: stores.length === 1 && stores[0] ? stores[0].rows : stores.flatMap(({ rows }) => rows),
		version: stores.map(({ version }) => version).join('.'),
	};
}

/** Each plain operation as a function of its collection's path template. */
const PLAIN: Record<'list' | 'create' | 'get' | 'update' | 'remove', (collection: string, param: string) => Handler> = {
	list: (collection) => (exchange) => {
		const { operation, params, query } = exchange;
		const { rows, version } = rowsOf(exchange, collection);
		const path = fillPath(collection, params);
		const kind = kindOf(collection);
		const element = elementOf(operation.response?.schema, listName(operation) ?? '');
		const isWanted = selection(kind, query.fields, true);
		const show = (record: KeapRecord) => shown(viewed(kind, record, exchange), element, isWanted);
		return answerList(exchange, { rows, version, path, readers: kind.readers, show });
	},
	create: (collection) => (exchange) => {
		const { operation, params, state, now } = exchange;
		checkParents(collection, params, state);
		const kind = kindOf(collection);
		const fields = kind.check?.(bodyOf(exchange), exchange, true) ?? bodyOf(exchange);
		const record = state.collection(fillPath(collection, params)).add({ ...fields, create_time: now, update_time: now });
		return { status: operation.status?.[0] ?? 201, body: one(kind, record, exchange) };
	},
	get: (collection, param) => (exchange) => ({
		status: 200,
		body: one(kindOf(collection), storedRecord(exchange, collection, param), exchange),
	}),
	update: (collection, param) => (exchange) => {
		const { operation, params, state, query, now } = exchange;
		const kind = kindOf(collection);
		const before = storedRecord(exchange, collection, param);
		const mask = query.update_mask?.split(',');
		const given = Object.fromEntries(Object.entries(bodyOf(exchange)).filter(([name]) => mask?.includes(name) ?? true));
		const record: KeapRecord = { ...before, ...(kind.check?.(given, exchange, false) ?? given), update_time: now };
		for (const name of mask ?? []) if (given[name] === undefined) delete record[name];
		state.collection(fillPath(collection, params)).set(record.id, record);
		kind.changed?.(before, record, exchange);
		return { status: operation.status?.[0] ?? 200, body: one(kind, record, exchange) };
	},
	remove: (collection, param) => (exchange) => {
		const { params, state } = exchange;
		state.collection(fillPath(collection, params)).delete(storedRecord(exchange, collection, param).id);
		return { status: 204 };
	},
};

function storedRecord({ params, state }: Exchange, collection: string, param: string): KeapRecord {
	checkParents(collection, params, state);
	const id = params[param] ?? '';
	const record = state.existing(fillPath(collection, params))?.get(id);
	if (!record) throw notFound(collection.split('/').at(-1) ?? 'record', id);
	return record;
}

let collections: ReadonlySet<string> | undefined;

/** The path templates under which records can be created and addressed one by one, or listed. */
function collectionPaths(): ReadonlySet<string> {
	if (!collections) {
		const paths = new Set(allOperations().map(({ path }) => path));
		const created = allOperations().filter(({ method, path, status }) => method === 'POST' && !path.includes(':') && status?.includes(201));
		const addressed = [...paths].filter((path) => LAST_PARAM.test(path)).map((path) => path.replace(LAST_PARAM, ''));
		collections = new Set([...created.map(({ path }) => path), ...addressed.filter((path) => paths.has(path))]);
	}
	return collections;
}

/**
 * Plain create, list, get, update and delete for whatever looks like a collection, so that a resource without a handler of
 * its own can be used all the same. Version 1 shares its records with version 2 in other shapes, so it is left to handlers.
 * @throws ApiError 501 for what is no plain operation on a collection.
 */
export function genericHandler(operation: Operation): Handler {
	const { api, method, path, id } = operation;
	const param = LAST_PARAM.exec(path)?.[1] ?? '';
	const collection = path.replace(LAST_PARAM, '');
	if (api !== 'v1' && collectionPaths().has(collection)) {
		if (param === '' && method === 'GET' && listName(operation)) return PLAIN.list(collection, param);
		if (param === '' && method === 'POST') return PLAIN.create(collection, param);
		if (param !== '' && method === 'GET') return PLAIN.get(collection, param);
		if (param !== '' && method === 'PATCH') return PLAIN.update(collection, param);
		if (param !== '' && method === 'DELETE') return PLAIN.remove(collection, param);
	}
	throw new ApiError(501, `The sandbox has no handler for ${id} (${method} ${path}) yet: add one under test/sandbox/handlers`, [
		{ domain: 'sandbox', resource: id },
	]);
}
