import type { Condition, Order } from '../contract/filter';
import type { FilterOperator } from '../contract/filterRules';
import { isIsoDate } from '../contract/schema';
import { badRequest } from '../errors';
import type { SandboxState } from '../store/state';
import type { KeapRecord } from '../types';
import { readerOf, type FieldReader, type FieldReaders } from './recordFields';

export type Test = (record: KeapRecord, state: SandboxState) => boolean;

const TIME_BOUND =
	/^(?:(since|until)_(?:(created?|update|applied)_)?time|(start|end)_(create|update|applied)d?_time|(created|modified)_(since|until)_time)$/;
export const COMPARISONS: Record<FilterOperator, (order: number) => boolean> = {
	'==': (order) => order === 0,
	'!=': (order) => order !== 0,
	'<': (order) => order < 0,
	'>': (order) => order > 0,
	'<=': (order) => order <= 0,
	'>=': (order) => order >= 0,
};
/** Fields that steer a list or another condition instead of matching a field of the record. */
const STEERING = new Set(['phone_fields', 'include_inactive', 'include_partners']);
/** Fields that take several values with commas, any of which may match. */
const SETS = new Set(['categories', 'emails', 'statuses']);

/** Documented for opportunities; nobody should count on more elsewhere. */
const MOST_IDS = 100;

/** Orders two values: numbers (and ids, which are digits) by size, texts without regard to case. Missing ones come first. */
export function compareValues(left: unknown, right: unknown): number {
	const [a, b] = [left ?? '', right ?? ''].map(String) as [string, string];
	if (/^-?\d+(\.\d+)?$/.test(a) && /^-?\d+(\.\d+)?$/.test(b)) return Number(a) - Number(b);
	const [x, y] = [a.toLowerCase(), b.toLowerCase()];
	return x < y ? -1 : Number(x > y);
}

function timeTest(condition: Condition, bound: RegExpExecArray, reader?: FieldReader): Test {
	if (!isIsoDate(condition.value, 'always'))
		throw badRequest(`filter: ${condition.field} must be an ISO 8601 date and time, not "${condition.value}"`, condition.field);
	const limit = Date.parse(condition.value);
	const field = bound[5] === 'created' ? 'create_time' : `${bound[2] ?? bound[4] ?? 'update'}_time`;
	const from = bound[1] === 'since' || bound[3] === 'start' || bound[6] === 'since';
	return (record, state) => {
		const time = Date.parse(String(reader ? reader(record, state)[0] : record[field]));
		return from ? time >= limit : time <= limit;
	};
}

function idsTest({ field, value }: Condition, reader: FieldReader = ({ id }) => [id]): Test {
	const ids = value.split(',');
	const bad = ids.find((id) => !/^\d+$/.test(id));
	if (bad !== undefined) throw badRequest(`filter: ${field} has "${bad}", which is no id`, field);
	if (ids.length > MOST_IDS) throw badRequest(`filter: ${field} takes at most ${MOST_IDS} ids, it has ${ids.length}`, field);
	const wanted = new Set(ids);
	return (record, state) => reader(record, state).some((id) => wanted.has(String(id)));
}

function conditionTest(condition: Condition, readers: FieldReaders): Test {
	const { field, operator, value, prefix } = condition;
	const bound = TIME_BOUND.exec(field);
	if (bound) return timeTest(condition, bound, readers[field]);
	if (field === 'ids' || field.endsWith('_ids')) return idsTest(condition, readers[field]);
	if (STEERING.has(field)) return () => true;
	const read = readerOf(readers, field);
	if (value === 'NONE') return (record, state) => read(record, state).every((found) => found === undefined || found === '');
	const begin = value.toLowerCase();
	if (SETS.has(field))
		return (record, state) => read(record, state).some((found) => begin.split(',').includes(String(found).toLowerCase()));
	if (prefix)
		return (record, state) =>
			read(record, state).some((found) =>
				String(found ?? '')
					.toLowerCase()
					.startsWith(begin),
			);
	const holds = COMPARISONS[operator];
	return (record, state) => read(record, state).some((found) => found !== undefined && holds(compareValues(found, value)));
}

/**
 * One test for all conditions together.
 * @param customTest the test of a condition on a custom field
 * @throws ApiError 400 for a value that the field can't have.
 */
export function matcher(conditions: readonly Condition[], readers: FieldReaders, customTest: (condition: Condition) => Test): Test {
	const tests = conditions.map((condition) => (condition.custom ? customTest(condition) : conditionTest(condition, readers)));
	return (record, state) => tests.every((test) => test(record, state));
}

/** The records in the asked order; a new list. Equal ones stay in the order of creation. */
export function ordered(
	records: readonly KeapRecord[],
	{ field, descending }: Order,
	readers: FieldReaders,
	state: SandboxState,
): KeapRecord[] {
	const read = readerOf(readers, field);
	const keyed = records.map((record) => ({ record, key: read(record, state)[0] }));
	keyed.sort((left, right) => (descending ? compareValues(right.key, left.key) : compareValues(left.key, right.key)));
	return keyed.map(({ record }) => record);
}
