import { allOperations, type Operation as Fact, type Schema } from '../../sandbox/contract/operations';
import { checkSchema, fieldSchema } from '../../sandbox/contract/schema';
import type {
	BundledRead,
	Completion,
	CustomFieldModel,
	Field,
	Operation,
	Variants,
} from '../../../nodes/shared/catalogue/operation/types';
import { variantsOf } from '../../../nodes/shared/catalogue/operation/variants';
import { choicesOf } from '../parameters';
import { allFields, isNeeded } from './samples';
import { bodySchema, complaints, queryProblems, requiredIn, targetProblems } from './targets';

export const factOf = (method: string, path: string): Fact | undefined =>
	allOperations().find((fact) => fact.method === method && fact.path === path);

/** Keap documents this many ids in one filter. */
const MOST_IDS = 100;

/** What one entry of a list is. */
const entryOf = (schema: Schema | undefined): Schema | undefined => (Array.isArray(schema) ? (schema[0] as Schema) : undefined);
const isList = (schema: Schema | undefined): boolean => Array.isArray(schema);
const listIn = (fact: Fact, name: string | undefined): string[] =>
	isList(fieldSchema(fact.response?.schema, name ?? '')) ? [] : [`"${name ?? ''}" is not a list in the answer of ${fact.id}`];

/** A list must be readable to its end. */
const pagingProblems = (fact: Fact): string[] => {
	const has = (...names: string[]): boolean => names.every((name) => fact.query.some((parameter) => parameter.name === name));
	return has('page_size', 'page_token') || has('limit', 'offset') ? [] : [`${fact.id} has no pages`];
};

/** What Keap sends on success, against what the row makes of it. */
function answerProblems(fact: Fact, { answer = 'record', records, method, bundledWrite, perform, expects }: Operation): string[] {
	if (answer === 'records') return [...listIn(fact, records), ...pagingProblems(fact)];
	if (answer === 'nested') return listIn(fact, records);
	// A row with a function of its own makes its own answer, and a bulk write returns a result for each record.
	if (bundledWrite !== undefined || (perform !== undefined && answer === 'record')) return [];
	const isEmpty = fact.response === undefined || (fact.status ?? []).some((status) => status === 204);
	if (!isEmpty) {
		if (answer !== 'record') return [`${fact.id} answers with a record, the row throws it away`];
		// v1's example of a record leaves its ID out here and there: a row that says nothing of its own waits for one.
		const unknown = (expects ?? []).filter((name) => fieldSchema(fact.response?.schema, name) === undefined);
		return unknown.map((name) => `${fact.id} answers without "${name}", which the row expects`);
	}
	const wanted = method === 'DELETE' ? 'deleted' : 'success';
	return answer === wanted ? [] : [`${fact.id} answers without a body: the row's answer must be ${wanted}, not ${answer}`];
}

/** Everything Keap must be given, that the user can't leave out. */
function requiredProblems(fact: Fact, fields: readonly Field[], { query, body, completion, filledIn = [], mask }: Operation): string[] {
	// What stands in an object brings the object along.
	const sure = new Set(
		fields.filter(isNeeded).flatMap(({ to }) => (to === undefined ? [] : [`${to.in} ${to.key}`, `${to.in} ${to.key.split('.')[0] ?? ''}`])),
	);
	const inPath = fact.pathParams.filter(({ name }) => !sure.has(`path ${name}`)).map(({ name }) => `${name} in the path can be left empty`);
	const written = new Set([...Object.keys(query ?? {}), ...(mask === true ? ['update_mask'] : [])]);
	const inQuery = fact.query
		.filter(({ name, required }) => required === true && !sure.has(`query ${name}`) && !written.has(name))
		.map(({ name }) => `${name} in the query can be left empty`);
	const inBody = requiredIn(fact.body?.schema)
		.filter((name) => !sure.has(`body ${name}`) && !(name in { ...body, ...completion?.fields }) && !filledIn.includes(name))
		.map((name) => `${name} in the body can be left empty`);
	const given = fields.flatMap(({ to }) => (to?.in === 'body' ? [to.key] : []));
	const inObjects = [...new Set(given.filter((key) => key.includes('.')).map((key) => key.slice(0, key.lastIndexOf('.'))))].flatMap(
		(parent) =>
			requiredIn(bodySchema(fact, parent))
				.filter((name) => !given.includes(`${parent}.${name}`))
				.map((name) => `${parent}.${name} can't be given`),
	);
	return [...inPath, ...inQuery, ...inBody, ...inObjects];
}

/** A PATCH without a mask, or with a name that Keap does not know, would write other fields than the user meant. */
function maskProblems(fact: Fact, fields: readonly Field[], { mask, customFields }: Operation): string[] {
	const takesMask = fact.query.some(({ name }) => name === 'update_mask');
	if (takesMask !== (mask === true)) return [takesMask ? `${fact.id} takes an update_mask` : `${fact.id} takes no update_mask`];
	if (mask !== true) return [];
	const written = fields.flatMap(({ to }) => (to?.in === 'body' ? [to.key.split('.')[0] ?? ''] : []));
	const cleared = fields
		.filter(({ property }) => property.name === 'fieldsToClear')
		.flatMap(({ property }) => choicesOf(property).map(({ value }) => String(value)));
	const names = new Set([...written, ...cleared, ...(customFields === undefined ? [] : ['custom_fields'])]);
	return queryProblems(fact, 'update_mask', [...names].join());
}

/** What never changes in the body. */
const fixedBodyProblems = (fact: Fact, { body = {} }: Operation): string[] =>
	Object.entries(body).flatMap(([name, value]) => {
		const schema = bodySchema(fact, name);
		return schema === undefined ? [`${name} is not a field of the body of ${fact.id}`] : complaints(() => checkSchema(schema, value, name));
	});

/** What never changes in the query, and what Simplify asks for. */
const fixedQueryProblems = (fact: Fact, { query = {}, simplify }: Operation): string[] =>
	[...Object.entries(query), ...(simplify?.fields === undefined ? [] : [['fields', simplify.fields] as const])].flatMap(([name, value]) =>
		queryProblems(fact, name, String(value)),
	);

function lookupProblems({ path, filter, records, max, key = 'id' }: Omit<BundledRead, 'id'>): string[] {
	const fact = factOf('GET', path);
	if (fact === undefined) return [`Keap has no GET ${path}`];
	const keyless =
		fieldSchema(entryOf(fieldSchema(fact.response?.schema, records)), key) === undefined
			? [`the records of ${fact.id} have no ${key}`]
			: [];
	return [
		...queryProblems(fact, 'filter', `${filter}==1,2`),
		...listIn(fact, records),
		...keyless,
		...pagingProblems(fact),
		...(max > MOST_IDS ? [`more than ${MOST_IDS} ids in one read`] : []),
	];
}

function bundledReadProblems(operation: Operation): string[] {
	const { bundledRead: read, path } = operation;
	if (read === undefined) return [];
	const list = factOf('GET', read.path);
	const ofList = list === undefined ? [] : fixedQueryProblems(list, operation);
	const records = entryOf(fieldSchema(list?.response?.schema, read.records));
	const below =
		read.parent === undefined || (path.includes(`{${read.parent}}`) && fieldSchema(records, read.parent) !== undefined)
			? []
			: [`${read.parent} is not both in the path and in the records`];
	return [
		...lookupProblems(read),
		...ofList,
		...below,
		...(path.lastIndexOf('{') === path.indexOf(`{${read.id}}`) ? [] : [`${read.id} is not the last parameter of ${path}`]),
	];
}

function bundledWriteProblems(fact: Fact, { bundledWrite: write, path }: Operation): string[] {
	if (write === undefined) return [];
	const parent = write.parent === undefined ? undefined : factOf('GET', write.parent);
	const unknown = write.parent !== undefined && parent === undefined ? [`Keap has no GET ${write.parent}`] : [];
	const alien =
		parent?.pathParams
			.filter(({ name }) => !path.includes(`{${name}}`))
			.map(({ name }) => `${name} of the parent is not in the row's path`) ?? [];
	const results =
		write.results === undefined || fieldSchema(fact.response?.schema, write.results) !== undefined
			? []
			: [`${write.results} is not in the answer of ${fact.id}`];
	return [
		...(write.lookup === undefined ? [] : lookupProblems(write.lookup)),
		...unknown,
		...alien,
		...results,
		...(isList(bodySchema(fact, write.ids)) ? [] : [`${write.ids} is not a list in the body of ${fact.id}`]),
	];
}

/** What is sent along as Keap has it. */
function completionProblems(fact: Fact, { path, records, fields }: Completion): string[] {
	const source = factOf('GET', path);
	if (source === undefined) return [`Keap has no GET ${path}`];
	const unknown = Object.keys(fields).filter((name) => bodySchema(fact, name) === undefined);
	return [
		...(records === undefined ? [] : listIn(source, records)),
		...unknown.map((name) => `${name} is not a field of the body of ${fact.id}`),
	];
}

/** What is read of a model of custom fields, and where their values go. */
function customFieldProblems(fact: Fact, { path }: CustomFieldModel): string[] {
	const list = fieldSchema(factOf('GET', path)?.response?.schema, 'custom_fields');
	const one = entryOf(list);
	const unread = ['id', 'label', 'field_type', 'options']
		.filter((name) => fieldSchema(one, name) === undefined)
		.map((name) => `GET ${path} returns no ${name}`);
	const inBody = bodySchema(fact, 'custom_fields');
	const content = Array.isArray(inBody)
		? ['id', 'content'].filter((name) => fieldSchema(inBody[0] as Schema, name) === undefined)
		: ['custom_fields'];
	return [...unread, ...content.map((name) => `${name} can't be written to ${fact.id}`)];
}

/** Where the custom fields are read that a list is filtered by. */
function customFieldFilterProblems(fact: Fact, { path }: CustomFieldModel): string[] {
	const one = entryOf(fieldSchema(factOf('GET', path)?.response?.schema, 'custom_fields'));
	return [
		...(fact.query.some(({ customFields }) => customFields === true) ? [] : [`${fact.id} can't be filtered by custom fields`]),
		...(fieldSchema(one, 'field_name') === undefined ? [`GET ${path} returns no field_name`] : []),
	];
}

/** The fact as one item fills it: where Keap takes many records in one call, the body is one of them. */
function perItem(fact: Fact, { bundledCreate }: Operation): Fact {
	const entry = bundledCreate && entryOf(bodySchema(fact, bundledCreate.list));
	return fact.body === undefined || entry === undefined ? fact : { ...fact, body: { ...fact.body, schema: entry } };
}

/** A row over several operations: what chooses among them, and what is asked for each. */
function variantProblems(row: Operation, { by, of, without = {} }: Variants): string[] {
	const choice = row.fields.find(({ property }) => property.name === by)?.property;
	if (choice === undefined) return [`there is no parameter ${by} to choose the variant by`];
	const offered = choicesOf(choice).map(({ value }) => String(value));
	const shown = new Set(allFields(row.fields).map(({ property }) => property.name));
	const hidden = variantsOf(row).flatMap(({ path, fields }) =>
		allFields(fields)
			.filter(({ property }) => !shown.has(property.name))
			.map(({ property }) => `${path}: the row shows no ${property.name}`),
	);
	return [
		...offered.filter((value) => !(value in of)).map((value) => `${by} offers ${value}, for which there is no variant`),
		...Object.keys(of)
			.filter((value) => !offered.includes(value))
			.map((value) => `${by} does not offer the variant ${value}`),
		...Object.keys(without)
			.filter((value) => value in of)
			.map((value) => `${value} is said to have no variant, and has one`),
		...hidden,
		...variantsOf(row).flatMap((variant) => rowProblems(variant).map((problem) => `${variant.path}: ${problem}`)),
	];
}

/** Everything in a row, and in each of its variants, that the facts do not bear out. A row without a path of its own is asked nothing. */
/** A row knows whether Keap carries it out later. */
function acceptedProblems({ id, status }: Fact, { accepted = false }: Operation): string[] {
	return accepted === (status?.includes(202) ?? false) ? [] : [`${id} is ${accepted ? 'not ' : ''}answered with 202`];
}

export function rowProblems(operation: Operation): string[] {
	if (operation.variants !== undefined) return variantProblems(operation, operation.variants);
	const { method, path, bundledCreate, completion, customFields, customFieldFilters } = operation;
	if (path === '') return [];
	const whole = factOf(method, path);
	if (whole === undefined) return [`Keap has no ${method} ${path}`];
	const fact = perItem(whole, operation);
	const fields = allFields(operation.fields);
	const unsent =
		fact.body === undefined
			? fields
					.filter(({ to }) => to?.in === 'body')
					.map(({ property }) => `${property.name} would go into the body of a ${method} that has none`)
			: [];
	return [
		...unsent,
		...(unsent.length > 0 ? [] : fields.flatMap((field) => targetProblems(fact, field))),
		...answerProblems(fact, operation),
		...acceptedProblems(whole, operation),
		...requiredProblems(fact, fields, operation),
		...maskProblems(fact, fields, operation),
		...fixedBodyProblems(fact, operation),
		...fixedQueryProblems(fact, operation),
		...bundledReadProblems(operation),
		...bundledWriteProblems(fact, operation),
		...(bundledCreate === undefined || isList(bodySchema(whole, bundledCreate.list))
			? []
			: [`${bundledCreate.list} is not a list in the body of ${whole.id}`]),
		...(completion === undefined ? [] : completionProblems(fact, completion)),
		...(customFields === undefined ? [] : customFieldProblems(fact, customFields)),
		...(customFieldFilters === undefined ? [] : customFieldFilterProblems(fact, customFieldFilters)),
	];
}
