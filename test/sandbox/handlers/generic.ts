import { allOperations, operationKey, type Operation, type Schema } from '../contract/operations';
import { fieldSchema, schemaProblem } from '../contract/schema';
import { ApiError, notFound } from '../errors';
import type { SandboxState } from '../store/state';
import type { Exchange, Handler, KeapRecord } from '../types';
import { answerList, listName } from './lists';
import { COMPANY_READERS, TAG_READERS, USER_READERS, type FieldReaders } from './recordFields';

const LAST_PARAM = /\/\{([^}/]+)\}$/;

/** Own field readers of generic lists, by operation key. */
const READERS: Readonly<Record<string, FieldReaders>> = {
	'v2/listCompanies': COMPANY_READERS,
	'v2/listPaginatedUsers': USER_READERS,
	'v2/listTags': TAG_READERS,
};

/** What Keap leaves out unless `fields` asks for it, by operation key. */
const HIDDEN: Readonly<Record<string, ReadonlySet<string>>> = {
	'v2/listCompanies': new Set(['notes', 'fax_number', 'address', 'email_address', 'phone_number', 'update_time', 'create_time', 'custom_fields']),
	'v2/getCompany': new Set(['notes', 'fax_number', 'address', 'email_address', 'phone_number', 'custom_fields', 'website']),
};

/** A path template with its parameters filled in. */
export const fillPath = (template: string, params: Readonly<Record<string, string>>): string => template.replace(/\{([^}]+)\}/g, (_all, name: string) => params[name] ?? '');

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
function shown(record: Readonly<Record<string, unknown>>, schema: Schema | undefined, omit?: ReadonlySet<string>, fields?: string): Record<string, unknown> {
	const wanted = fields === undefined ? undefined : new Set(['id', ...fields.split(',')]);
	return Object.fromEntries(
		Object.entries(record).filter(([name, value]) => {
			const type = fieldSchema(schema, name);
			return type !== undefined && schemaProblem(type, value) === undefined && (wanted ? wanted.has(name) : !omit?.has(name));
		}),
	);
}

const elementOf = (schema: Schema | undefined, name: string): Schema | undefined => {
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

/** Each plain operation as a function of its collection's path template. */
const PLAIN: Record<'list' | 'create' | 'get' | 'update' | 'remove', (collection: string, param: string) => Handler> = {
	list: (collection) => (exchange) => {
		const { operation, params, state, query } = exchange;
		checkParents(collection, params, state);
		const path = fillPath(collection, params);
		const store = state.collection(path);
		const element = elementOf(operation.response?.schema, listName(operation) ?? '');
		const key = operationKey(operation);
		const show = (record: KeapRecord) => shown(record, element, HIDDEN[key], query.fields);
		return answerList(exchange, { rows: store.rows, version: String(store.version), path, readers: READERS[key], show });
	},
	create: (collection) => (exchange) => {
		const { operation, params, state, now } = exchange;
		checkParents(collection, params, state);
		const record = state.collection(fillPath(collection, params)).add({ ...bodyOf(exchange), create_time: now, update_time: now });
		return { status: operation.status?.[0] ?? 201, body: shown(record, operation.response?.schema) };
	},
	get: (collection, param) => (exchange) => {
		const { operation, query } = exchange;
		const record = storedRecord(exchange, collection, param);
		return { status: 200, body: shown(record, operation.response?.schema, HIDDEN[operationKey(operation)], query.fields) };
	},
	update: (collection, param) => (exchange) => {
		const { operation, params, state, query, now } = exchange;
		const record = { ...masked(storedRecord(exchange, collection, param), bodyOf(exchange), query.update_mask), update_time: now };
		state.collection(fillPath(collection, params)).set(record.id, record);
		return { status: operation.status?.[0] ?? 200, body: shown(record, operation.response?.schema) };
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
	throw new ApiError(501, `The sandbox has no handler for ${id} (${method} ${path}) yet: add one under test/sandbox/handlers`, [{ domain: 'sandbox', resource: id }]);
}
