import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Row, SimulatedList } from './simulatedList';

/** What its answers depend on. */
export interface SimulatedState {
	list: SimulatedList;
	/** The list as a replica shows it that stands still at this moment; undefined: as it is. */
	standsAt: number | undefined;
	/** Records on a page at most, whatever is asked for. */
	page: number;
	/** Where rows that were never changed stand in the order of changes. */
	neverChanged: 'first' | 'last';
	/** Whether a filter by time lets rows through that were never changed. */
	filterHasNeverChanged: boolean;
	/** Whether the filter by time takes a time for "later than", not for "then or later". */
	filterIsLater: boolean;
	/** Page tokens of another number are refused. */
	tokens: number;
	/** Rows that Keap fails to write out: a page with one of them is a 500. */
	bad: Set<string>;
}

/** A Keap that can be asked over HTTP. */
export interface SimulatedKeap extends SimulatedState {
	readonly url: string;
	/** The clock in its answers, epoch milliseconds; no `Date` header when it is no number. */
	clock: () => number;
	/** The account that answers name; none when it is empty. */
	account: string;
	/** Milliseconds before an answer is sent. */
	delayMs: number;
	/** Called for every call; may throw, which refuses the call. */
	onCall: (query: URLSearchParams) => void;
	/** What answers instead of the list. */
	instead: string | undefined;
	calls(): number;
	close(): Promise<void>;
}

const FIELDS: Readonly<Record<string, (row: Row) => number>> = {
	id: ({ id }) => Number(id),
	update_time: ({ update }) => update,
	create_time: ({ create }) => create,
	// In an order of its own, whatever the times are.
	email: ({ id }) => (Number(id) * 7_919) % 10_007,
};

let serial = 0;

/** A simulated list as a Keap of its own: filters, orders, pages by offset, and headers. */
export async function serveList(list: SimulatedList, page = 7): Promise<SimulatedKeap> {
	let calls = 0;
	const server: Server = createServer((request, response) => {
		calls += 1;
		const query = new URL(request.url ?? '', 'http://keap').searchParams;
		let answer = { status: 400, text: JSON.stringify({ message: 'no' }) };
		try {
			keap.onCall(query);
			const { status, body } = answerTo(query, keap);
			answer = { status, text: keap.instead ?? JSON.stringify(body) };
		} catch {
			// The call is refused.
		}
		response.sendDate = false;
		response.writeHead(answer.status, {
			'content-type': 'application/json',
			...(Number.isFinite(keap.clock()) && { date: new Date(keap.clock()).toUTCString() }),
			...(keap.account !== '' && { 'x-keap-tenant-id': keap.account }),
		});
		setTimeout(() => response.end(answer.text), keap.delayMs);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const keap: SimulatedKeap = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		list,
		clock: () => keap.list.now,
		standsAt: undefined,
		page,
		neverChanged: 'last',
		filterHasNeverChanged: false,
		// One of its own: keys of one account share its minute and day for as long as the process lives.
		account: `account-${(serial += 1)}`,
		delayMs: 0,
		onCall: () => undefined,
		instead: undefined,
		filterIsLater: false,
		tokens: 0,
		bad: new Set(),
		calls: () => calls,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return keap;
}

/** The answer to a query, and nothing else of HTTP. */
export function answerTo(
	query: URLSearchParams,
	state: SimulatedState,
): { status: number; body: { rows?: Array<Record<string, string>>; next_page_token?: string; message?: string } } {
	const { page, tokens } = state;
	const [version, offset] = (query.get('page_token') ?? `${tokens}-0`).split('-').map(Number);
	if (version !== tokens) return { status: 400, body: { message: 'no' } };
	const found = foundIn(query, state);
	const from = offset ?? 0;
	const shown = found.slice(from, from + Math.min(page, Number(query.get('page_size'))));
	if (shown.some(({ id }) => state.bad.has(id))) return { status: 500, body: { message: 'An internal error occurred' } };
	const rows = shown.map(({ id, create, update }) => ({
		id,
		create_time: new Date(create).toISOString(),
		...(Number.isFinite(update) && { update_time: new Date(update).toISOString() }),
	}));
	const next = from + rows.length;
	return { status: 200, body: { rows, next_page_token: next < found.length ? `${tokens}-${next}` : '' } };
}

function foundIn(query: URLSearchParams, keap: SimulatedState): Row[] {
	const filter = query.get('filter') ?? '';
	const [order = '', direction] = (query.get('order_by') ?? 'none asc').split(' ');
	const key = FIELDS[order] ?? (() => 0);
	const sign = direction === 'desc' ? -1 : 1;
	const never = keap.neverChanged === 'first' ? -1 : 1;
	const conditions = filter === '' ? [] : filter.split(';');
	const fields = conditions.map((condition) => /^\w+/.exec(condition)?.[0]);
	if (new Set(fields).size < fields.length) throw new Error('The simulated list takes one condition for a field');
	return keap.list
		.rows(keap.standsAt)
		.filter((row) => conditions.every((condition) => holds(row, condition, keap)))
		.sort((left, right) => {
			const [one, other] = [key(left), key(right)];
			if (Number.isFinite(one) && Number.isFinite(other)) return sign * (one - other);
			return never * (Number(!Number.isFinite(one)) - Number(!Number.isFinite(other)));
		});
}

function holds(row: Row, condition: string, { filterHasNeverChanged, filterIsLater }: SimulatedState): boolean {
	const [, field = '', operator, value = ''] = /^(\w+)(==|>|<)(.+)$/.exec(condition) ?? [];
	if (field === 'since_time' && operator === '==') {
		const since = Date.parse(value);
		if (!Number.isFinite(row.update)) return filterHasNeverChanged;
		return filterIsLater ? row.update > since : row.update >= since;
	}
	if (field === 'until_time' && operator === '==') return row.update <= Date.parse(value);
	if (field === 'id' && operator === '>') return Number(row.id) > Number(value);
	if (field === 'id' && operator === '==') return row.id === value;
	if (field === 'id' && operator === '<') return Number(row.id) < Number(value);
	throw new Error(`The simulated list knows no "${condition}"`);
}
