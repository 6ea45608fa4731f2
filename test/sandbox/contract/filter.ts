import { badRequest } from '../errors';
import type { FilterOperator, FilterRule } from './filterRules';

/** One condition of a filter. All conditions of a filter hold together. */
export interface Condition {
	field: string;
	operator: FilterOperator;
	value: string;
	/** `value*`: match what begins with `value` (which is then without the star). */
	prefix: boolean;
	/** The field is one of the account's custom fields, named by its `field_name` in any case. */
	custom: boolean;
}

export interface Order {
	field: string;
	descending: boolean;
}

const CONDITION = /^([A-Za-z_][A-Za-z0-9_]*)(==|!=|<=|>=|<|>)(.*)$/s;

/** Reads the star at the end of a value. @throws ApiError 400 for a star in another place */
function readStar(field: string, value: string): { value: string; prefix: boolean } {
	const star = value.indexOf('*');
	if (star < 0) return { value, prefix: false };
	if (star < value.length - 1 || star === 0) throw badRequest(`filter: the wildcard of ${field} must stand at the end of its value`, field);
	return { value: value.slice(0, -1), prefix: true };
}

function parseCondition(text: string, rule: FilterRule): Condition {
	const parts = CONDITION.exec(text);
	if (!parts) throw badRequest(`filter: "${text}" is not of the form field==value`, 'filter');
	const [, field = '', sign = '', value = ''] = parts;
	const operator = sign as FilterOperator;
	// A standard field of the same name wins.
	const custom = !rule.fields.includes(field) && rule.isCustom?.(field) === true;
	if (!custom && !rule.fields.includes(field))
		throw badRequest(`filter: ${field} can't be filtered by; known are ${rule.fields.join(', ')}`, field);
	if (value.trim() === '') throw badRequest(`filter: ${field} has no value`, field);
	// What a custom field takes depends on its type, which the list looks up.
	if (custom) return { field, operator, ...readStar(field, value), custom };
	const operators = rule.operators[field] ?? ['=='];
	if (!operators.includes(operator)) throw badRequest(`filter: ${field} takes only ${operators.join(' ')}, not ${operator}`, field);
	if (value === 'NONE' && !rule.none.includes(field)) throw badRequest(`filter: ${field} can't be asked for NONE`, field);
	const values = rule.values[field];
	if (values && !values.includes(value)) throw badRequest(`filter: ${field} must be one of ${values.join(', ')}, not "${value}"`, field);
	if (value.includes('*') && !rule.prefix.includes(field)) throw badRequest(`filter: ${field} takes no wildcard`, field);
	return { field, operator, ...readStar(field, value), custom };
}

/** The direction of a comparison; none of one that asks for a value. */
const direction = ({ operator }: Condition): string | undefined => (/^[<>]/.test(operator) ? operator.charAt(0) : undefined);

/** Whether two conditions are of one field, and are not its two bounds. */
const clash = (one: Condition, other: Condition): boolean =>
	one.field === other.field && (direction(one) === undefined || direction(other) === undefined || direction(one) === direction(other));

/**
 * Reads a `filter` value that was percent-decoded once.
 * @throws ApiError 400 that names the field or what is wrong with the syntax.
 */
export function parseFilter(text: string, rule: FilterRule): Condition[] {
	if (/%[0-9A-Fa-f]{2}/.test(text)) throw badRequest('filter: the value was percent-encoded twice', 'filter');
	// A semicolon at the very end is allowed.
	const conditions = text
		.replace(/;$/, '')
		.split(';')
		.map((part) => parseCondition(part, rule));
	const given = conditions.map(({ field }) => field);
	// A range names its field twice, with two comparisons.
	const twice = conditions.find((one, index) => !one.custom && conditions.slice(0, index).some((other) => clash(one, other)));
	if (twice) throw badRequest(`filter: ${twice.field} is given twice`, twice.field);
	for (const [field, needed] of Object.entries(rule.needs)) {
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
