import { badRequest } from '../errors';
import type { FilterRule } from './filterRules';

export type FilterOperator = '==' | '!=' | '<' | '>' | '<=' | '>=';

/** One condition of a filter. All conditions of a filter hold together. */
export interface Condition {
	field: string;
	operator: FilterOperator;
	value: string;
	/** `value*`: match what begins with `value` (which is then without the star). */
	prefix: boolean;
}

export interface Order {
	field: string;
	descending: boolean;
}

const CONDITION = /^([A-Za-z_][A-Za-z0-9_]*)(==|!=|<=|>=|<|>)(.*)$/s;

function parseCondition(text: string, fields: readonly string[], rule: FilterRule): Condition {
	const parts = CONDITION.exec(text);
	if (!parts) throw badRequest(`filter: "${text}" is not of the form field==value`, 'filter');
	const [, field = '', operator = '', value = ''] = parts;
	if (!fields.includes(field)) throw badRequest(`filter: ${field} can't be filtered by; known are ${fields.join(', ')}`, field);
	if (operator !== '==' && !rule.compare?.includes(field)) throw badRequest(`filter: ${field} takes only ==, not ${operator}`, field);
	if (value.trim() === '') throw badRequest(`filter: ${field} has no value`, field);
	if (value === 'NONE' && !rule.none?.includes(field)) throw badRequest(`filter: ${field} can't be asked for NONE`, field);
	const star = value.indexOf('*');
	if (star >= 0 && !rule.prefix?.includes(field)) throw badRequest(`filter: ${field} takes no wildcard`, field);
	if (star >= 0 && (star < value.length - 1 || star === 0))
		throw badRequest(`filter: the wildcard of ${field} must stand at the end of its value`, field);
	return { field, operator: operator as FilterOperator, value: star >= 0 ? value.slice(0, -1) : value, prefix: star >= 0 };
}

/**
 * Reads a `filter` value that was percent-decoded once.
 * @throws ApiError 400 that names the field or what is wrong with the syntax.
 */
export function parseFilter(text: string, fields: readonly string[], rule: FilterRule): Condition[] {
	if (/%[0-9A-Fa-f]{2}/.test(text)) throw badRequest('filter: the value was percent-encoded twice', 'filter');
	// A semicolon at the very end is allowed.
	const conditions = text
		.replace(/;$/, '')
		.split(';')
		.map((part) => parseCondition(part, fields, rule));
	const given = conditions.map(({ field }) => field);
	const twice = given.find((field, index) => given.indexOf(field) !== index);
	if (twice) throw badRequest(`filter: ${twice} is given twice`, twice);
	for (const [field, needed] of Object.entries(rule.needs ?? {})) {
		if (given.includes(field) && !given.includes(needed)) throw badRequest(`filter: ${field} needs ${needed} beside it`, needed);
	}
	return conditions;
}

/** Refuses signs that must be percent-encoded in the raw text of a `filter`. */
export function checkFilterEncoding(raw: string): void {
	const sign = /[=;<>]/.exec(raw)?.[0];
	if (sign) throw badRequest(`filter: "${sign}" must be percent-encoded`, 'filter');
}

/** Reads `field asc` or `field desc`. @throws ApiError 400 that names what is wrong. */
export function parseOrder(text: string, fields: readonly string[]): Order {
	const [field = '', direction, ...more] = text.split(' ');
	if (!fields.includes(field)) throw badRequest(`order_by: can't order by ${field}; known are ${fields.join(', ')}`, 'order_by');
	if ((direction !== 'asc' && direction !== 'desc') || more.length > 0)
		throw badRequest(`order_by: "${text}" must end in asc or desc`, 'order_by');
	return { field, descending: direction === 'desc' };
}
