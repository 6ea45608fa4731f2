import { ApiError, badRequest } from '../errors';
import type { Query } from '../types';
import { checkFilterEncoding, parseFilter, parseOrder } from './filter';
import { filterRule, maxPage } from './filterRules';
import type { Operation, QueryParameter, Schema } from './operations';
import { enumMembers, fieldSchema } from './schema';

function decode(text: string, what: string): string {
	try {
		// A plus is a space in a query, as every servlet reads it: a literal one must come as %2B.
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		throw badRequest(`${what}: "${text}" is not valid percent-encoding`, what);
	}
}

/** The raw pairs of a query string, in their order: name (decoded) and still encoded value. */
export const rawPairs = (rawQuery: string): Array<[string, string]> =>
	rawQuery
		.split('&')
		.filter((pair) => pair !== '')
		.map((pair) => {
			const cut = pair.indexOf('=');
			return cut < 0 ? [decode(pair, 'query'), ''] : [decode(pair.slice(0, cut), 'query'), pair.slice(cut + 1)];
		});

function checkScalar(type: Schema, text: string, name: string): void {
	const members = enumMembers(type);
	if (members && !members.includes(text)) throw badRequest(`${name} must be one of ${members.join(', ')}, not "${text}"`, name);
	if (typeof type !== 'string') return;
	if (type.startsWith('integer') && !/^-?\d{1,15}$/.test(text)) throw badRequest(`${name} must be an integer, not "${text}"`, name);
	if (type === 'boolean' && text !== 'true' && text !== 'false') throw badRequest(`${name} must be true or false, not "${text}"`, name);
}

/** The names that `fields` may hold: the contract's own list, or else what the answer has. */
function selectable(operation: Operation, parameter: QueryParameter): readonly string[] {
	if (parameter.fields) return parameter.fields;
	const schema = operation.response?.schema;
	if (typeof schema !== 'object' || Array.isArray(schema)) return [];
	const lists = Object.values(schema as Record<string, Schema>).filter((value) => Array.isArray(value) && typeof value[0] === 'object');
	const record = lists.length === 1 && fieldSchema(schema, 'next_page_token') ? (lists[0] as readonly [Schema])[0] : schema;
	return Object.keys(record as Record<string, Schema>).map((name) => name.replace(/\*$/, ''));
}

function checkPage(name: string, text: string, maximum: number): void {
	const size = Number(text);
	if (size < 1) throw badRequest(`${name} must be a positive integer, not "${text}"`, name);
	if (size > maximum) throw badRequest(`${name} must be at most ${maximum}, not ${text}`, name);
}

function checkValue(operation: Operation, parameter: QueryParameter, text: string, isCustom?: (name: string) => boolean): void {
	const { name, type } = parameter;
	const values = Array.isArray(type) ? text.split(',') : [text];
	for (const value of values) checkScalar(Array.isArray(type) ? (type[0] as Schema) : type, value, name);
	if (Array.isArray(type) && new Set(values).size < values.length) throw badRequest(`${name} names a value twice: "${text}"`, name);
	if (name === 'filter') parseFilter(text, filterRule(operation, isCustom));
	else if (name === 'order_by' && parameter.fields) parseOrder(text, parameter.fields);
	else if (name === 'page_size') checkPage(name, text, maxPage(operation));
	else if (name === 'limit') checkPage(name, text, 1_000);
	else if (name === 'offset' && Number(text) < 0) throw badRequest(`offset must not be negative, it is ${text}`, name);
	// The columns of a report are its own, and settings have names of their own, which their type lists.
	else if (name === 'fields' && Array.isArray(type) && enumMembers(type[0] as Schema) === undefined) {
		const allowed = selectable(operation, parameter);
		const unknown = values.find((value) => !allowed.includes(value));
		if (unknown !== undefined)
			throw badRequest(`fields: ${unknown || '(empty)'} is not a known field; known are ${allowed.join(', ')}`, 'fields');
	}
}

/**
 * Holds a raw query string to the operation and gives the decoded values; repeated list parameters are comma-joined.
 * @param isCustom whether the account has a custom field of this name for the records of the list
 * @throws ApiError 400 that names the parameter at fault.
 */
export function checkQuery(operation: Operation, rawQuery: string, isCustom?: (name: string) => boolean): Query {
	const known = new Map(operation.query.map((parameter) => [parameter.name, parameter]));
	const values: Record<string, string> = {};
	for (const [name, raw] of rawPairs(rawQuery)) {
		const parameter = known.get(name);
		if (!parameter) throw badRequest(`${name} is not a known query parameter of ${operation.id}`, name);
		if (name === 'filter') checkFilterEncoding(raw);
		const earlier = values[name];
		if (earlier !== undefined && !Array.isArray(parameter.type)) throw badRequest(`${name} is given twice`, name);
		// A blank after a comma is taken in `fields`.
		const text = name === 'fields' ? decode(raw, name).replaceAll(', ', ',') : decode(raw, name);
		values[name] = earlier === undefined ? text : `${earlier},${text}`;
	}
	for (const [name, parameter] of known) {
		const value = values[name];
		if (value !== undefined) checkValue(operation, parameter, value, isCustom);
		else if (parameter.required) throw new ApiError(400, `${name} is required`, [{ domain: 'query', resource: name }]);
	}
	return values;
}
