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
}

/** One operation of Keap as the contract file states it. */
export interface Operation {
	api: 'v1' | 'v2' | 'v2-pipelines';
	/** Unique within its `api` only. */
	id: string;
	method: string;
	/** Template: `/crm/rest/v2/contacts/{contact_id}`. */
	path: string;
	pathParams: ReadonlyArray<{ name: string; type: Schema }>;
	query: readonly QueryParameter[];
	body?: { contentType: string; required?: boolean; schema: Schema };
	status?: readonly number[];
	response?: { contentType: string; schema: Schema };
}

/** Unique name of an operation: `v2/createContact`. */
export const operationKey = ({ api, id }: Operation): string => `${api}/${id}`;

const CONTRACT_FILE = join(__dirname, '../../contract/keap-operations.json');

/** Evens out two oddities: field names in backticks (as in the prose they were read from), and an object whose members are the parameters. */
function plainParameters(parameter: QueryParameter): QueryParameter[] {
	const { type, fields } = parameter;
	if (typeof type === 'object' && !Array.isArray(type))
		return Object.entries(type as Record<string, Schema>).map(([name, of]) => ({ name, type: of }));
	return [fields ? { ...parameter, fields: fields.map((field) => field.replaceAll('`', '')) } : parameter];
}

let loaded: readonly Operation[] | undefined;

/** Every operation of Keap, read once. */
export function allOperations(): readonly Operation[] {
	loaded ??= (JSON.parse(readFileSync(CONTRACT_FILE, 'utf8')) as Operation[]).map((operation) => ({
		...operation,
		query: operation.query.flatMap(plainParameters),
	}));
	return loaded;
}

/** The operation of this key (`v2/createContact`). Throws if there is none. */
export function operationOf(key: string): Operation {
	const found = allOperations().find((operation) => operationKey(operation) === key);
	if (!found) throw new Error(`The contract has no operation ${key}`);
	return found;
}
