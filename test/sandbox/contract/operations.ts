import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A type as the contract writes it: a name (`string<=40`, `integer:int32`, `enum:A|B`, …), a list of one element type,
 * or an object whose keys end in `*` where they are required. An empty object is any value.
 */
export type Schema = string | readonly [Schema] | { readonly [name: string]: Schema };

export interface QueryParameter {
	name: string;
	type: Schema;
	/** What `filter`, `order_by` and `fields` may name. */
	fields?: readonly string[];
	required?: boolean;
	/** The largest `page_size`. */
	maximum?: number;
	/** A filter that also takes the account's custom fields of this kind of record, by their `field_name`. */
	customFields?: boolean;
	/** Operators of a filter's fields, where Keap names them; `== (comma list)` takes several values. */
	operators?: Readonly<Record<string, readonly string[]>>;
	/** Fields of a filter that take a `*` at the end of their value. */
	wildcards?: readonly string[];
	/** The only values that a filter's field takes. */
	values?: Readonly<Record<string, readonly string[]>>;
	/** Names of an update mask that the body has no field for. */
	noBody?: readonly string[];
}

/** What Keap says of one body field in words only. */
export interface FieldNote {
	minimum?: number;
	exclusiveMinimum?: number;
	maxLength?: number;
	notBlank?: boolean;
	/** An expression that the whole text matches. */
	pattern?: string;
	notInPast?: boolean;
	/** What Keap takes when the field is not given. */
	default?: unknown;
	deprecated?: boolean;
}

/** One operation of Keap as the contract file states it. */
export interface Operation {
	api: 'v1' | 'v2' | 'v2-pipelines';
	/** Unique within its `api` only. */
	id: string;
	method: string;
	/** Template: `/crm/rest/v2/contacts/{contact_id}`. */
	path: string;
	/** `wildcard`: a value that stands for all records. */
	pathParams: ReadonlyArray<{ name: string; type: Schema; wildcard?: string }>;
	query: readonly QueryParameter[];
	/** `notes` by field: `price`, `list_items[].item_label`. */
	body?: { contentType: string; required?: boolean; schema: Schema; notes?: Readonly<Record<string, FieldNote>> };
	status?: readonly number[];
	response?: { contentType: string; schema: Schema; note?: string };
	/** What several fields must be together, in words, except `anyOf`: at least one of these is needed. */
	rules?: { readonly anyOf?: readonly string[] } & Readonly<Record<string, unknown>>;
	/** Lists of the body that replace what was there. */
	replaces?: readonly string[];
	deprecated?: boolean;
}

/** Unique name of an operation: `v2/createContact`. */
export const operationKey = ({ api, id }: Operation): string => `${api}/${id}`;

const CONTRACT_FILE = join(__dirname, '../../contract/keap-operations.json');

let loaded: readonly Operation[] | undefined;

/** Every operation of Keap, read once. */
export function allOperations(): readonly Operation[] {
	loaded ??= JSON.parse(readFileSync(CONTRACT_FILE, 'utf8')) as Operation[];
	return loaded;
}

/** The operation of this key (`v2/createContact`). Throws if there is none. */
export function operationOf(key: string): Operation {
	const found = allOperations().find((operation) => operationKey(operation) === key);
	if (!found) throw new Error(`The contract has no operation ${key}`);
	return found;
}
