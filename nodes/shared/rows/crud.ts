import { mergeSafeUpdate } from '../catalogue/batching/mergeLists';
import { customFieldsToClear } from '../catalogue/customFields/customFields';
import { fieldsToClear, paging } from '../catalogue/fields/commonFields';
import * as fields from '../catalogue/fields/fields';
import { CUSTOM_FIELDS } from '../catalogue/operation/listRules';
import type { Field, Operation } from '../catalogue/operation/types';
import { output } from '../catalogue/output/parameters';
import { filtersByCustomFields, isFilteredByCustomFields } from '../records/customFieldFilters';
import { type RecordKind, titleCase } from '../records/kind/record';
import { checkIdFilters } from './idFilters';
import { textsOf } from './texts';

/** What a resource says of its five usual operations; everything else follows from the kind of record. */
export interface Crud {
	/** What stands on the form of Create; Update offers it among Update Fields. */
	readonly fields?: readonly Field[];
	/** What Create offers under Additional Fields, and Update among Update Fields. */
	readonly more?: readonly Field[];
	/** What Get Many can be narrowed by. */
	readonly filters?: readonly Field[];
	/** Parameters of the path above the record's own: the contact of a note. */
	readonly within?: readonly Field[];
	/** The parameter that names the record; the record's own unless given. */
	readonly one?: Field;
	/** What one operation has else, or `false` where Keap has no such operation. */
	readonly create?: Special | false;
	readonly delete?: Special | false;
	readonly get?: Special | false;
	readonly getAll?: SpecialList | false;
	readonly update?: SpecialUpdate | false;
}

/** Overrides what the maker says of a row. */
export type Special = Partial<Operation>;

export type SpecialList = Special & {
	/** Fields under Options besides Order By. */
	readonly options?: readonly Field[];
};

export type SpecialUpdate = Special & {
	/** Fields that stand by themselves on the form instead of among Update Fields. */
	readonly top?: readonly Field[];
	/** Fields among Update Fields that Create has not. */
	readonly plus?: readonly Field[];
	/** Of the fields that stand by themselves, those that can be emptied. */
	readonly cleared?: readonly Field[];
	/** Names of Create's fields that Update has not. */
	readonly without?: readonly string[];
};

/**
 * The rows for create, get, get many, update and delete of a kind of record, as Keap's v2 has them nearly everywhere.
 * An update writes `update_mask`, keeps the entries of lists that it does not mention, and can empty what it can set.
 */
export function crud(record: RecordKind, parts: Crud): Operation[] {
	const makers = { create, delete: deleteOne, get, getAll, update };
	return (Object.keys(makers) as Array<keyof typeof makers>).flatMap((name) => {
		const special = parts[name];
		return special === false ? [] : [makers[name](record, parts, special as never)];
	});
}

const additional = (more: readonly Field[] = []): Field[] => (more.length === 0 ? [] : [fields.additionalFields(more)]);

/** Makes Keap answer with the whole record where it would leave some of it out. */
const whole = (names: readonly string[] | undefined): Pick<Operation, 'query'> => (names === undefined ? {} : { query: { fields: names } });

const afterWrite = ({ fields: names, writesTakeFields }: RecordKind): Pick<Operation, 'query'> =>
	writesTakeFields === true ? whole(names) : {};

const customFieldsOf = ({ model }: RecordKind): Pick<Operation, 'customFields'> => (model === undefined ? {} : { customFields: model });

const path = ({ onePath }: RecordKind): string => onePath;

const expected = ({ expects }: RecordKind): Pick<Operation, 'expects'> => (expects === undefined ? {} : { expects });

/** The parameters that name the record, with those above it. */
const naming = (record: RecordKind, { within = [], one = record.inPath() }: Crud): Field[] => [...within, one];

const outputOf = ({ simplify }: RecordKind): readonly Field[] => (simplify === undefined ? [] : output);
const simplifierOf = ({ simplify }: RecordKind): Pick<Operation, 'simplify'> => (simplify === undefined ? {} : { simplify });

function create(record: RecordKind, { within = [], fields: own = [], more }: Crud, special: Special = {}): Operation {
	return {
		...textsOf(record).create,
		method: 'POST',
		path: within.length === 0 ? record.path : parentOf(path(record)),
		fields: [...within, ...own, ...record.customFieldParameters, ...outputOf(record), ...additional(more)],
		...afterWrite(record),
		...simplifierOf(record),
		...customFieldsOf(record),
		...expected(record),
		...special,
	};
}

/** The path of the list that a record's own path lies in. */
const parentOf = (one: string): string => one.slice(0, one.lastIndexOf('/'));

function deleteOne(record: RecordKind, parts: Crud, special: Special = {}): Operation {
	return {
		...textsOf(record).delete,
		method: 'DELETE',
		path: path(record),
		fields: naming(record, parts),
		answer: 'deleted',
		...special,
	};
}

function get(record: RecordKind, parts: Crud, special: Special = {}): Operation {
	const { bundledRead } = record;
	return {
		...textsOf(record).get,
		method: 'GET',
		path: path(record),
		fields: [...naming(record, parts), ...outputOf(record)],
		...whole(record.fields),
		...simplifierOf(record),
		...(bundledRead !== undefined && { bundledRead }),
		...expected(record),
		...special,
	};
}

function getAll(record: RecordKind, { filters = [], within = [] }: Crud, { options = [], ...special }: SpecialList = {}): Operation {
	// A list below a record: the plans of a product. Keap has others over all records, such as its list of notes.
	const isBelow = record.path.includes('{');
	return { ...listOf(record, { filters, options, ...(isBelow && { within }) }), ...textsOf(record).getAll, ...special };
}

/** The part that all lists of a kind of record share: paging, output, filters, order. The texts are the row's own. */
export function listOf(
	record: RecordKind,
	{
		within = [],
		filters = [],
		options = [],
		at = record.path,
	}: Pick<Crud, 'within' | 'filters'> & { options?: readonly Field[]; at?: string },
): Omit<Operation, 'value' | 'name' | 'action' | 'description'> {
	const { model, order, pageSize, unpaged } = record;
	const choices = [...(order === undefined ? [] : [fields.orderBy(order)]), ...options];
	return {
		method: 'GET',
		path: at,
		fields: [
			...within,
			...paging,
			...outputOf(record),
			...(filters.length === 0 ? [] : [fields.filters(filters)]),
			...(isFilteredByCustomFields(model) ? [filtersByCustomFields] : []),
			...(choices.length === 0 ? [] : [fields.moreOptions(choices)]),
		],
		...whole(record.fieldsOfList ?? record.fields),
		...simplifierOf(record),
		...(isFilteredByCustomFields(model) && { customFieldFilters: model }),
		...(filters.some(({ property }) => property.name === 'ids') && { check: checkIdFilters }),
		answer: unpaged === true ? 'nested' : 'records',
		records: record.records,
		...(pageSize !== undefined && { pageSize }),
	};
}

function update(
	record: RecordKind,
	parts: Crud,
	{ top = [], plus = [], cleared = [], without = [], ...special }: SpecialUpdate = {},
): Operation {
	const { fields: own = [], more = [] } = parts;
	const taken = new Set([...without, ...top.map(({ property }) => property.name)]);
	const settable = [...own, ...more].map(fields.optional).filter(({ property }) => !taken.has(property.name));
	const all = [...settable, ...plus];
	// Keap's older API writes whatever is in the body, and has no mask to clear by.
	const masked = !record.path.startsWith('/crm/rest/v1/');
	return {
		...textsOf(record).update,
		method: 'PATCH',
		path: path(record),
		fields: [
			...naming(record, parts),
			...top,
			...record.customFieldParameters,
			...outputOf(record),
			fields.updateFields(masked ? [...all, ...clearing(record, parts, [...all, ...cleared])] : all),
		],
		...afterWrite(record),
		...simplifierOf(record),
		...(masked && { mask: true }),
		...customFieldsOf(record),
		...merging(record),
		...expected(record),
		...special,
	};
}

/** Fields to Clear: what may be left empty in a new record may be emptied in a known one. A switch is either on or off. */
function clearing({ model }: RecordKind, { fields: own = [] }: Crud, settable: readonly Field[]): Field[] {
	const needed = new Set(own.filter(({ whenGiven }) => whenGiven !== undefined).map(({ property }) => property.name));
	const choices = settable
		.flatMap((field) => field.members ?? [field])
		.filter(
			({ property, clearable, to }) =>
				!needed.has(property.name) && property.type !== 'boolean' && clearable !== false && to?.in === 'body',
		)
		.map(({ property, to }): fields.Choice => [
			to?.key.split('.')[0] ?? '',
			to?.isEntry === true ? titleCase(to.key) : property.displayName,
		]);
	// The entries of a list are emptied together.
	const all: fields.Choice[] = [
		...new Map(choices.map((choice) => [choice[0], choice])).values(),
		...(model === undefined ? [] : [['custom_fields', 'Custom Fields'] as const]),
	];
	return [...(model === undefined ? [] : [customFieldsToClear]), ...(all.length === 0 ? [] : [fieldsToClear(all)])];
}

/** Keap replaces lists as a whole: an update that sets one reads the record first and sends the other entries along. */
function merging({ model, lists = {}, objects, id, lookup, fields: names }: RecordKind): Pick<Operation, 'performInGroups'> {
	const all = { ...(model === undefined ? {} : CUSTOM_FIELDS), ...lists };
	if (Object.keys(all).length === 0 && objects === undefined) return {};
	const query = names === undefined ? {} : { query: { fields: names.filter((name) => name in all) } };
	return {
		performInGroups: mergeSafeUpdate({
			lists: all,
			...(objects !== undefined && { objects }),
			id,
			...(lookup !== undefined && { lookup }),
			...query,
		}),
	};
}
