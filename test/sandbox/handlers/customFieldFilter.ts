import type { Condition } from '../contract/filter';
import type { FilterOperator } from '../contract/filterRules';
import { operationKey, type Operation } from '../contract/operations';
import { isIsoDate } from '../contract/schema';
import { badRequest } from '../errors';
import type { SandboxState } from '../store/state';
import type { KeapRecord } from '../types';
import { COMPARISONS, compareValues, type Test } from './matching';
import { modelStore } from './references';

/** Whose custom fields a list can be filtered by, by its operation. */
const MODELS: Readonly<Record<string, string>> = {
	'v2/listAffiliate': 'affiliates',
	'v2/listAllNotes': 'notes',
	'v2/listCompanies': 'companies',
	'v2/listContacts': 'contacts',
	'v2/listNotes': 'notes',
	'v2/listOpportunities': 'opportunities',
	'v2/listOrders': 'orders',
	'v2/listSubscriptions': 'subscriptions',
	'v2/listTasks': 'tasks',
};

interface TypeRule {
	operators: readonly FilterOperator[];
	prefix?: boolean;
	/** Whether a value is one that the type can be compared with. */
	accepts?: (value: string) => boolean;
	/** How that is called in an error. */
	called?: string;
}

const ORDERED: readonly FilterOperator[] = ['==', '<', '>', '<=', '>='];
const isNumber = (value: string): boolean => value.trim() !== '' && Number.isFinite(Number(value));

const TEXT: TypeRule = { operators: ['=='], prefix: true };
const ONLY_EQUAL: TypeRule = { operators: ['=='] };
const NUMBER: TypeRule = { operators: ORDERED, accepts: isNumber, called: 'a number' };
const DATE: TypeRule = {
	operators: ORDERED,
	accepts: (value) => /T.*\.\d{3}/.test(value) && isIsoDate(value, 'always'),
	called: 'a date and time like 2026-01-01T00:00:00.000Z',
};

/** What Keap describes for each type of field; text-like fields and single choices are not listed. */
const TYPES: Readonly<Record<string, TypeRule>> = {
	CURRENCY: NUMBER,
	DATE,
	DATE_TIME: DATE,
	DAY_OF_WEEK: NUMBER,
	DECIMAL_NUMBER: NUMBER,
	DRILLDOWN: ONLY_EQUAL,
	LIST_BOX: ONLY_EQUAL,
	MONTH: NUMBER,
	PERCENT: NUMBER,
	USER: NUMBER,
	USER_LIST_BOX: ONLY_EQUAL,
	WHOLE_NUMBER: NUMBER,
	YEAR: NUMBER,
	YES_NO: { operators: ['=='], accepts: (value) => value === '0' || value === '1', called: '0 or 1' },
};

/** Finds a custom field by its `field_name`, in any case, among those that a list can be filtered by. */
export function customFieldNamed(operation: Operation, state: SandboxState): (name: string) => KeapRecord | undefined {
	const kind = MODELS[operationKey(operation)];
	if (kind === undefined) return () => undefined;
	const { rows } = modelStore(state, kind);
	return (name) => rows.find(({ field_name: own }) => typeof own === 'string' && own.toLowerCase() === name.toLowerCase());
}

const contentOf = (record: KeapRecord, id: string): unknown =>
	((record.custom_fields ?? []) as Array<{ id: string; content?: unknown }>).find((entry) => entry.id === id)?.content;

/** The test of a condition on a custom field. @throws ApiError 400 for an operator, a wildcard or a value that its type does not take */
export function customFieldTest({ field: name, operator, value, prefix }: Condition, field: KeapRecord | undefined): Test {
	if (!field) throw badRequest(`filter: ${name} can't be filtered by`, name);
	const type = String(field.field_type);
	const { operators, prefix: takesPrefix = false, accepts = () => true, called = '' } = TYPES[type] ?? TEXT;
	if (!operators.includes(operator)) throw badRequest(`filter: ${name} (${type}) takes only ${operators.join(' ')}, not ${operator}`, name);
	if (prefix && !takesPrefix) throw badRequest(`filter: ${name} (${type}) takes no wildcard`, name);
	if (!accepts(value)) throw badRequest(`filter: ${name} (${type}) must be ${called}, not "${value}"`, name);
	const holds = COMPARISONS[operator];
	const wanted = value.toLowerCase();
	return (record) => {
		const content = contentOf(record, field.id);
		if (content === undefined || content === null) return false;
		if (Array.isArray(content)) return content.some((entry) => String(entry).toLowerCase() === wanted);
		if (type === 'YES_NO') return Number(content) === Number(value);
		if (type === 'DATE' || type === 'DATE_TIME') return holds(Date.parse(String(content)) - Date.parse(value));
		return prefix ? String(content).toLowerCase().startsWith(wanted) : holds(compareValues(content, value));
	};
}
