import type { Admitted } from './carryOut';
import { ApiError, badRequest, NoSuchPath } from './errors';
import { setStatus } from './handlers/consent';
import type { Answer, Exchange, Query } from './types';
import { without } from './without';

/** How the sandbox differs from what is believed of Keap, in one point. */
export interface Twist {
	/** The operations that it is about, by key; all where none are named. */
	on?: readonly string[];
	/** Changes a request before it is looked at. */
	request?: (request: Admitted) => Admitted;
	/** Changes what is carried out, or answers in its place. */
	before?: (exchange: Exchange) => Exchange | Answer;
	/** Changes the answer. */
	after?: (answer: Answer, exchange: Exchange) => Answer;
	/** Changes the quota headers. */
	headers?: (headers: Record<string, string>, at: number) => Record<string, string>;
	/** Changes the gateway's answer to a wrong key. */
	wrongKey?: (answer: Answer) => Answer;
	/** Answers a path that Keap does not have. */
	unknownPath?: () => Answer;
}

type Fields = Record<string, unknown>;

const LIST = ['v2/listContacts'];
const UPDATE = ['v2/updateContact'];
const bodyOf = ({ body }: { body?: unknown }): Fields => (typeof body === 'object' && body !== null ? (body as Fields) : {});
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);
const emailsOf = (exchange: Exchange): Fields[] => listOf(bodyOf(exchange).email_addresses);

const withHeaders = (change: Record<string, string | undefined>): Twist => ({
	headers: (headers) =>
		Object.fromEntries(Object.entries({ ...headers, ...change }).filter((entry): entry is [string, string] => entry[1] !== undefined)),
});

/** Refuses what meets a condition. */
const refusing = (on: readonly string[], wrong: (exchange: Exchange) => boolean): Twist => ({
	on,
	before: (exchange) => {
		if (wrong(exchange)) throw badRequest('Keap was set to refuse this');
		return exchange;
	},
});

/** Changes the body of every good answer. */
const answering = (on: readonly string[], change: (body: Fields, exchange: Exchange) => unknown): Twist => ({
	on,
	after: (answer, exchange) => (answer.status < 300 ? { ...answer, body: change(answer.body as Fields, exchange) } : answer),
});

/** Changes each record of a list. */
const eachRow = (on: string, name: string, change: (row: Fields) => Partial<Fields>): Twist =>
	answering([on], (body) => ({ ...body, [name]: listOf(body[name]).map(change) }));

/** Turns a list around in an order. */
const turned = (order: string): Twist =>
	answering(LIST, (body, { query }) => (query.order_by === order ? { ...body, contacts: listOf(body.contacts).reverse() } : body));

/** Changes the body of a request. */
const sending = (on: readonly string[], change: (body: Fields, exchange: Exchange) => Fields): Twist => ({
	on,
	before: (exchange) => ({ ...exchange, body: change(bodyOf(exchange), exchange) }),
});

/** Sets the state of the addresses in a request once it is carried out. */
const consent = (on: string, status: string, concerns: (email: Fields) => boolean): Twist => ({
	on: [on],
	after: (answer, exchange) => {
		for (const email of emailsOf(exchange).filter(concerns)) setStatus(exchange.state, String(email.email), status);
		return answer;
	},
});

const hundredth = (money: unknown): Fields => ({ ...(money as Fields), amount: Number((money as Fields).amount) / 100 });
const pageOver =
	(most: number) =>
	({ query }: Exchange) =>
		Number(query.page_size ?? 0) > most;
const addressesWith = (part: string) => (exchange: Exchange) => listOf(bodyOf(exchange).addresses).some((address) => part in address);

/** One switch for each thing that is believed of Keap and that an account can be asked, under the name that check-keap gives it. */
export const OTHERWISE: Readonly<Record<string, Twist>> = {
	'quota-headers': withHeaders({ 'x-keap-product-throttle-limit': undefined, 'x-keap-product-throttle-available': undefined }),
	'quota-units': withHeaders({ 'x-keap-product-throttle-time-unit': 'hour' }),
	'tenant-id': withHeaders({ 'x-keap-tenant-id': '' }),
	'tenant-windows': withHeaders({ 'x-keap-tenant-throttle-limit': '10000' }),
	'date-header': { headers: (headers, at) => ({ ...headers, date: new Date(at - 3_600_000).toUTCString() }) },
	'wrong-key': { wrongKey: (answer) => ({ ...answer, status: 403 }) },
	'unknown-path': { unknownPath: () => ({ status: 404, body: { message: 'Keap has no such address' } }) },
	'missing-record': {
		on: ['v2/getContact'],
		before: (exchange) => {
			if (!exchange.state.contacts.has(exchange.params.contact_id ?? '')) throw badRequest('There is no such contact');
			return exchange;
		},
	},
	'v1-links': answering(['v1/getContacts'], (body) => without(body, 'next', 'previous')),
	'v1-behind-the-end': refusing(['v1/getContacts'], ({ query, state }) => Number(query.offset ?? 0) > state.contacts.size),
	'v1-times': eachRow('v1/getContacts', 'contacts', (row) => ({ ...row, date_created: '20/11/2024' })),
	'v2-ids': eachRow('v2/listContacts', 'contacts', (row) => ({ ...row, id: Number(row.id) })),
	'pipelines-path': {
		before: (exchange) => {
			if (exchange.operation.api === 'v2-pipelines') throw new NoSuchPath();
			return exchange;
		},
	},
	'page-size': refusing(LIST, pageOver(200)),
	'page-size-users': refusing(['v2/listPaginatedUsers'], pageOver(50)),
	'page-token': answering(LIST, (body) => ({ ...body, next_page_token: 7 })),
	'page-token-tags': answering(['v2/listTags'], (body, { origin, operation }) => ({
		...body,
		next_page_token: `${origin}${operation.path}`,
	})),
	'page-token-other-size': answering(LIST, (body, { query }) =>
		query.page_token && query.page_size === '3' ? { ...body, contacts: listOf(body.contacts).slice(1) } : body,
	),
	'empty-list': answering(LIST, (body) => (listOf(body.contacts).length === 0 ? { ...body, contacts: null } : body)),
	'filter-and': {
		on: LIST,
		before: (exchange) => ({
			...exchange,
			query: { ...exchange.query, ...(exchange.query.filter && { filter: exchange.query.filter.split(';')[0] ?? '' }) },
		}),
	},
	'filter-bounds': refusing(LIST, ({ query }) => /contact_id>=.*contact_id<=/.test(query.filter ?? '')),
	'ids-in-a-filter': refusing(LIST, ({ query }) => (query.filter ?? '').split(',').length > 50),
	'unknown-filter': {
		request: (request) => ({ ...request, rawQuery: request.rawQuery.replace(/(^|&)filter=n8n_nodes_keap_check[^&]*/, '') }),
	},
	'order-by-id': turned('id asc'),
	'order-by-update-time': turned('update_time asc'),
	'update-time-bounds': answering(LIST, (body, { query }) =>
		query.filter?.includes('start_update_time') ? { ...body, contacts: [] } : body,
	),
	'never-updated': eachRow('v2/listContacts', 'contacts', (row) => without(row, 'update_time')),
	'contact-fields': refusing(LIST, ({ query }) => (query.fields ?? '').split(',').includes('account_id')),
	'newest-first': refusing(['v2/listTasks'], ({ query }) => query.order_by !== undefined),
	'paid-orders': refusing(['v2/listOrders'], ({ query }) => /ids==.*paid==/.test(query.filter ?? '')),
	'applied-time': refusing(['v2/listContactsWithTagId'], ({ query }) => query.order_by !== undefined),
	'email-statuses': refusing(['v2/listEmailAddressStatuses'], ({ query }) => query.filter !== undefined),
	'event-keys': answering(['v1/getHooksEvent_keys'], (body) =>
		(body as unknown as string[]).filter((key) => key !== 'contactGroup.applied'),
	),
	'hooks-list': answering(['v1/getHooks'], (body) => ({ hooks: body })),
	'custom-field-model': eachRow('v2/retrieveContactModel', 'custom_fields', (field) => ({ ...field, field_type: 'Text' })),
	'custom-field-names': eachRow('v2/retrieveContactModel', 'custom_fields', (field) => ({ ...field, field_name: null })),
	'custom-field-filter': refusing(LIST, ({ query }) => /^nickname==/.test(query.filter ?? '')),
	'order-money': eachRow('v2/listOrders', 'orders', (order) => ({ ...order, total: hundredth(order.total) })),
	'account-currency': answering(['v2/getBusinessProfile'], (body) => ({ ...body, currency_code: 'XTS' })),
	'product-money': eachRow('v2/listProducts', 'products', (product) => ({ ...product, price: hundredth(product.price) })),
	countries: eachRow('v2/listProvincesForCountry', 'provinces', (province) => ({ ...province, code: String(province.code).slice(3) })),
	'contact-types': answering(['v2/getContactOptionTypes'], (body) => ({ option_types: [(body.option_types as string[]).join(',')] })),
	'consent-without-reason': consent('v2/createContact', 'SINGLE_OPT_IN', ({ opt_in_reason: reason }) => reason === undefined),
	'consent-with-reason': consent('v2/updateContact', 'NON_MARKETABLE', ({ opt_in_reason: reason }) => reason !== undefined),
	'consent-kept': consent('v2/updateContact', 'MANUAL', ({ opt_in_reason: reason }) => reason === undefined),
	'mask-clears': {
		on: UPDATE,
		before: (exchange) => {
			const mask = (exchange.query.update_mask ?? '').split(',').filter((name) => name in bodyOf(exchange));
			return mask.length > 0 ? { ...exchange, query: { ...exchange.query, update_mask: mask.join(',') } } : { status: 200, body: {} };
		},
	},
	'mask-leaves': {
		on: UPDATE,
		before: (exchange) => ({ ...exchange, query: without(exchange.query, 'update_mask') as Query }),
	},
	'lists-replaced': sending(UPDATE, (body, { state, params }) => {
		const given = listOf(body.phone_numbers);
		const kept = listOf(state.contacts.get(params.contact_id ?? '')?.phone_numbers).filter((old) =>
			given.every(({ field }) => field !== old.field),
		);
		return given.length > 0 ? { ...body, phone_numbers: [...given, ...kept] } : body;
	}),
	'region-needs-country': sending(UPDATE, (body) => ({
		...body,
		...(body.addresses !== undefined && { addresses: listOf(body.addresses).map((address) => ({ country_code: 'USA', ...address })) }),
	})),
	'region-code': refusing(UPDATE, addressesWith('region_code')),
	'region-name': refusing(UPDATE, addressesWith('region')),
	'time-zones': sending(UPDATE, (body) => without(body, 'time_zone')),
	upsert: {
		on: ['v2/createContact'],
		before: (exchange) => ({ ...exchange, query: without(exchange.query, 'duplicate_option') as Query }),
	},
	'apply-tags': answering(['v2/applyTags'], (body) => ({
		results: Object.fromEntries(Object.keys((body.results ?? {}) as Fields).map((id) => [id, 'OK'])),
	})),
	'ids-in-a-write': refusing(['v2/applyTags'], (exchange) => listOf(bodyOf(exchange).contact_ids).length > 500),
	'tags-of-contact': answering(['v1/postContactsContactIdTags'], (body) => Object.fromEntries(Object.keys(body).map((id) => [id, 'OK']))),
	'tags-off-contact': refusing(['v1/deleteContactsContactIdTags'], () => true),
	'remove-tags': { on: ['v2/removeTags'], before: () => ({ status: 204 }) },
	'tag-names': refusing(['v2/createTag'], (exchange) => String(bodyOf(exchange).name).includes(',')),
	'note-user': {
		request: (request) =>
			/\/notes$/.test(request.path) && request.method === 'POST'
				? { ...request, body: JSON.stringify({ user_id: '9001', ...(JSON.parse(request.body) as Fields) }) }
				: request,
	},
	'file-form': refusing(['v2/createFile'], () => true),
	'hook-query': sending(['v1/postHooks'], (body) => ({ ...body, hookUrl: String(body.hookUrl).split('?')[0] })),
	'deleted-record': {
		on: ['v2/getContact'],
		before: (exchange) => {
			const id = exchange.params.contact_id ?? '';
			return exchange.state.contacts.has(id) ? exchange : { status: 200, body: { id } };
		},
	},
};

/** The twists that an account is set to, for an operation or for none. */
export function twistsOf(names: ReadonlySet<string>, operation?: string): Twist[] {
	return [...names].flatMap((name) => {
		const twist = OTHERWISE[name];
		if (!twist) throw new ApiError(500, `The sandbox knows no switch "${name}"`);
		return operation === undefined || twist.on === undefined || twist.on.includes(operation) ? [twist] : [];
	});
}
