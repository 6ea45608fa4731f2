import type { IDataObject } from 'n8n-workflow';

import { BadInput, shown } from '../../../shared/catalogue/operation/badInput';
import * as encode from '../../../shared/catalogue/fields/encode';
import * as fields from '../../../shared/catalogue/fields/fields';
import { limitOf } from '../../../shared/catalogue/calls/request';
import { paging } from '../../../shared/catalogue/fields/commonFields';
import type { Answer, Field, Perform, Resource } from '../../../shared/catalogue/operation/types';
import {
	JsonText,
	keapGetAll,
	type KeapMethod,
	type KeapQuery,
	type KeapRequest,
	keapRequest,
	mayLoseDigits,
	Repeated,
} from '../../../shared/transport';

const ROOT = '/crm/rest/';
const METHODS: readonly KeapMethod[] = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

const NOTHING_BETWEEN =
	'Take out the slash too many, or check the expression that stands there: it may point to a field that this item does not have.';

/** A path under Keap's REST API and the query that may stand behind it. */
interface Address {
	readonly path: string;
	readonly query: KeapQuery;
}

/**
 * Takes a path apart and puts it together again from checked segments, so that nothing in it can lead elsewhere.
 * @throws BadInput for other hosts, paths outside the API, and tricks such as `..`, `//`, `\` or an encoded slash
 */
function encodePath(raw: unknown): Address | undefined {
	const text = encode.text()(raw);
	if (text === undefined) return undefined;
	if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(text)) {
		throw new BadInput(
			`must be a path, not an address with a host: ${shown(text)}`,
			`Begin with ${ROOT}, such as ${ROOT}v2/contacts. The host is set on the credential.`,
		);
	}
	if (!text.startsWith(ROOT))
		throw new BadInput(`must begin with ${ROOT}: ${shown(text)}`, `Write it in full, such as ${ROOT}v2/contacts.`);
	const [, before = '', search = ''] = /^([^?#]*)(?:\?([^#]*))?$/.exec(text) ?? [];
	if (before === '') throw new BadInput(`must not contain #: ${shown(text)}`);
	const segments = before.slice(1).split('/');
	const path = `/${segments.map((segment) => encodeSegment(segment, text)).join('/')}`;
	return {
		path,
		query: queryOf(new URLSearchParams(search)),
	};
}

/** A name that stands there twice is sent twice. */
function queryOf(search: URLSearchParams): KeapQuery {
	// Not by assignment, which passes over a name such as `__proto__`.
	return Object.fromEntries(
		[...new Set(search.keys())].map((name) => {
			const values = search.getAll(name);
			return [name, values.length === 1 ? values[0] : new Repeated(values)];
		}),
	);
}

function encodeSegment(segment: string, path: string): string {
	const plain = decoded(segment);
	if (plain === undefined) throw new BadInput(`has a % that does not begin an encoded character: ${shown(path)}`, 'Check the path.');
	// `…/contacts/{{ $json.id }}` without the ID would read, or change, what belongs to all contacts.
	if (plain === '') throw new BadInput(`has nothing between two slashes or behind the last one: ${shown(path)}`, NOTHING_BETWEEN);
	const isControl = [...plain].some((character) => (character.codePointAt(0) ?? 0) < 32);
	if (plain === '.' || plain === '..' || /[\\/{}%]/.test(plain) || isControl) {
		throw new BadInput(
			`has a part that is not allowed: ${shown(segment)} in ${shown(path)}`,
			'Parts are separated by slashes; ".", "..", "\\", braces and encoded slashes are refused.',
		);
	}
	if (/\p{Cs}/u.test(plain))
		throw new BadInput(`contains half a character (a broken emoji, for example): ${shown(path)}`, 'Check the path.');
	// Keap writes verbs and lists with these.
	return encodeURIComponent(plain).replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%40/g, '@');
}

function decoded(segment: string): string | undefined {
	try {
		return decodeURIComponent(segment);
	} catch {
		return undefined;
	}
}

/** Query values as text; lists are joined with commas. @throws BadInput for nested objects */
function encodeQuery(raw: unknown): unknown {
	const query = encode.jsonObject(raw);
	if (query === undefined) return undefined;
	for (const [name, value] of Object.entries(query as IDataObject)) {
		if (typeof value === 'object' && value !== null && !(Array.isArray(value) && value.every((one) => typeof one !== 'object'))) {
			throw new BadInput(
				`has an object as the value of ${shown(name)}`,
				'A query value is text, a number, true or false, or a list of these.',
			);
		}
	}
	return Object.fromEntries(Object.entries(query as IDataObject).filter(([, value]) => value !== null && value !== ''));
}

/** An empty object is the form's default, because n8n marks an empty text as wrong. It means no body: no call of Keap wants an empty one. */
function someBody(raw: unknown): unknown {
	const body = encode.json(raw);
	if (body === undefined || (Object.keys(body as object).length === 0 && !Array.isArray(body))) return undefined;
	// As it was typed: read and written again, its long integers would be other ones.
	return typeof raw === 'string' && mayLoseDigits(raw) ? new JsonText(raw) : body;
}

const isRead = { show: { method: ['GET'] } };
const shownFor = (field: Field, show: Record<string, unknown[]>): Field => ({
	...field,
	property: { ...field.property, displayOptions: { show: show as { [key: string]: string[] } } },
});

const paginate = fields.options('pagination', 'Pagination', {
	in: 'none',
	default: 'off',
	choices: [
		['off', 'Off', 'One call, its answer as it comes'],
		['v1', 'V1 (Limit and Offset)', 'Read page after page of a list of API v1, one item per record'],
		['v2', 'V2 (Page Token)', 'Read page after page of a list of API v2, one item per record'],
	],
	description: 'Whether to read all pages of a list',
});

const [returnAll, limit] = paging;

const call: Perform = async ({ context, signal }, { item, values, ...rest }): Promise<Answer> => {
	const { path, query } = values.path as Address;
	const method = values.method as KeapMethod;
	const request: KeapRequest = {
		method,
		path,
		query: { ...query, ...(values.query as KeapQuery | undefined) },
		...(method !== 'GET' && values.body !== undefined && { body: values.body }),
		// What 202 says is passed on: whoever calls a path by hand sees it, and knows what it means there.
		accepted: true,
		item,
		signal,
	};
	const { pagination } = values;
	if (method === 'GET' && (pagination === 'v1' || pagination === 'v2')) {
		return await keapGetAll(context, request, { version: pagination, ...limitOf({ item, values, ...rest }) });
	}
	const { status, body } = await keapRequest(context, request);
	if (body === null || body === undefined) return { success: true, status };
	if (Array.isArray(body))
		return body.map((one: unknown) =>
			typeof one === 'object' && one !== null ? (one as IDataObject) : { value: one as IDataObject[string] },
		);
	return typeof body === 'object' ? (body as IDataObject) : { value: body as IDataObject[string] };
};

export const customApiCall: Resource = {
	value: 'customApiCall',
	name: 'Custom API Call',
	// n8n ends every list of resources and operations with an entry of this name that leads to the HTTP Request node,
	// unless the last entry has the name already: only there does ours stand alone.
	last: true,
	operations: [
		{
			value: 'call',
			name: 'Custom API Call',
			action: 'Make a custom API call',
			description: "Call any path of Keap's REST API, within the same quota as everything else",
			method: 'GET',
			path: '',
			fields: [
				fields.options('method', 'Method', {
					in: 'none',
					default: 'GET',
					choices: METHODS.map((method): fields.Choice => [method, method]),
					description: 'The HTTP method',
				}),
				fields.field(
					{
						name: 'path',
						displayName: 'Path',
						in: 'none',
						required: true,
						placeholder: 'e.g. /crm/rest/v2/contacts',
						description: 'A path under /crm/rest/, without the host',
					},
					{ type: 'string', default: '' },
					encodePath,
				),
				fields.field(
					{ name: 'query', displayName: 'Query', in: 'none', description: 'Query parameters as a JSON object' },
					{ type: 'json', default: '{}' },
					encodeQuery,
				),
				shownFor(
					fields.field(
						{ name: 'body', displayName: 'Body', in: 'none', description: 'The body, as JSON. Left empty, none is sent.' },
						{ type: 'json', default: '{}' },
						someBody,
					),
					{ method: METHODS.filter((method) => method !== 'GET') },
				),
				shownFor(paginate, isRead.show),
				...[returnAll, limit]
					.filter((field): field is Field => field !== undefined)
					.map((field) => shownFor(field, { ...isRead.show, pagination: ['v1', 'v2'], ...field.property.displayOptions?.show })),
			],
			effect: ({ method }) => (method === 'GET' ? 'reads' : 'anything'),
			perform: call,
			// It is unknown whether two calls depend on each other, so those that change something go one after the other.
			serialKey: ({ values }) => (values.method === 'GET' ? undefined : 'write'),
		},
	],
};
