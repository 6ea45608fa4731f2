import type { Operation } from '../../../nodes/shared/catalogue/operation/types';
import type { Operation as Fact } from '../../sandbox/contract/operations';
import { choicesOf } from '../parameters';
import { factOf } from './rows';
import { allFields } from './samples';

/** What is missing on purpose, by Keap's operation: Keap's name of it, and why nobody misses it. Short, and to stay so. */
export const MISSING_ON_PURPOSE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	listContacts: { 'filter contact_ids': 'the same as ids' },
	listCompanies: { 'filter company_name': 'name finds the same, and takes a beginning too' },
	listNotes: { 'filter contact_id': 'the contact is in the path' },
	listFiles: {
		'filter created_time': 'Keap compares it by == alone, and nobody knows the moment to the millisecond',
		'filter updated_time': 'Keap compares it by == alone, and nobody knows the moment to the millisecond',
	},
	// Keap's description names no values for them.
	getAffiliatesAffiliateIdClawbacks: { 'query order': 'nobody knows by what', 'query order_direction': 'goes with order' },
	...Object.fromEntries(
		['createDefault', 'updateDefault', 'assignProduct', 'updateProduct', 'assignSubscription', 'updateSubscription'].map((verb) => [
			`${verb}CommissionProgram`,
			{ 'body dollar_amount': 'deprecated: level_1 has it', 'body percentage': 'deprecated: level_1 has it' },
		]),
	),
	createContact: { 'query duplicate_option': 'Create or Update is a row of its own' },
	createOrder: { 'body invoice_number': 'Keap calls it not supported yet' },
	updateOrder: { 'body invoice_number': 'Keap calls it not supported yet' },
	createPaymentForAnOrder: {
		'body payment_method_id': 'a payment that is only recorded has no card',
		'body payment_method_type': 'a card that is charged says by itself what it is',
		'body payment_time': 'a card is charged now',
	},
	updateUser: { 'body title': 'the mask knows it as job_title alone, which the body does not have: Keap would leave it as it is' },
};

/** Read by whoever adds a row: it says what to do. */
const ADVICE =
	'Keap takes these and the row has no field for them. Add a field for each (idFilters() has those for IDs), ' +
	'or, where nobody misses it, a line with the reason to MISSING_ON_PURPOSE in test/catalogue/contract/missing.ts.';

/** What a row lacks without a reason, with what to do about it; nothing where it has all. */
export function unexplained(operation: Operation): string[] {
	const fact = factOf(operation.method, operation.path);
	const missing = missingFrom(operation, fact).filter((name) => !(name in (MISSING_ON_PURPOSE[fact?.id ?? ''] ?? {})));
	return missing.length === 0 ? [] : [ADVICE, ...missing];
}

/** Query parameters that no row asks people for: the router writes them. */
const WRITTEN_BY_US: ReadonlySet<string> = new Set([
	'filter',
	'order_by',
	'page_size',
	'page_token',
	'limit',
	'offset',
	'fields',
	'optional_properties',
	'update_mask',
]);

/** The names in front of each comparison of a filter's key: a key may bring further conditions with it. */
const filterNames = (key: string): string[] => key.split(';').map((part) => part.replace(/[=<>!].*$/, ''));

/** A row that writes what its fields say, and not a part of the record on purpose. */
const WRITES_WHOLE: ReadonlySet<string> = new Set(['create', 'update', 'upsert']);

/** What a row gives no way to say although Keap takes it: `filter city`, `order name`, `query since`, `body origin`. */
export function missingFrom(operation: Operation, fact: Fact | undefined = factOf(operation.method, operation.path)): string[] {
	if (fact === undefined) return [];
	const fields = allFields(operation.fields);
	const names = (place: string): Set<string> =>
		new Set(fields.flatMap(({ to }) => (to?.in !== place ? [] : place === 'filter' ? filterNames(to.key) : [to.key.split('.')[0] ?? ''])));
	const known = (name: string): readonly string[] => fact.query.find((parameter) => parameter.name === name)?.fields ?? [];
	const orders = new Set(
		fields
			.filter(({ to }) => to?.in === 'query' && to.key === 'order_by')
			.flatMap(({ property }) => choicesOf(property).map(({ value }) => String(value).split(' ')[0])),
	);
	// Search works the filters and the order out of one text; Get Many has them.
	const isList = operation.value !== 'search' && (operation.answer === 'records' || operation.answer === 'nested');
	const lists = isList
		? [
				...known('filter')
					.filter((name) => !names('filter').has(name))
					.map((name) => `filter ${name}`),
				...known('order_by')
					.filter((name) => !orders.has(name))
					.map((name) => `order ${name}`),
				...(fact.query.some(({ customFields }) => customFields === true) && operation.customFieldFilters === undefined
					? ['filter by custom fields']
					: []),
			]
		: [];
	const query = fact.query
		.filter(({ name }) => !WRITTEN_BY_US.has(name) && !names('query').has(name) && !(name in (operation.query ?? {})))
		.map(({ name }) => `query ${name}`);
	return [...lists, ...query, ...(WRITES_WHOLE.has(operation.value) ? missingOfBody(operation, fact, names('body')) : [])];
}

function missingOfBody({ body = {}, completion, customFields }: Operation, { body: fact }: Fact, given: ReadonlySet<string>): string[] {
	const schema = fact?.schema;
	if (typeof schema !== 'object' || Array.isArray(schema)) return [];
	return Object.keys(schema)
		.map((name) => name.replace(/\*$/, ''))
		.filter((name) => !given.has(name) && !(name in { ...body, ...completion?.fields }))
		.filter((name) => name !== 'custom_fields' || customFields === undefined)
		.map((name) => `body ${name}`);
}
