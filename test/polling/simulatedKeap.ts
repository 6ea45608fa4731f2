import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Row, SimulatedList } from './simulatedList';

type Handler = (query: URLSearchParams) => void;

/** Pages hold no more, whatever is asked for: shifts, ties over several pages and long backlogs come up all the time. */
const PAGE = 7;

const FIELDS: Readonly<Record<string, (row: Row) => number>> = {
	id: ({ id }) => Number(id),
	update_time: ({ update }) => update,
	create_time: ({ create }) => create,
};

function holds(row: Row, condition: string): boolean {
	const [, field = '', operator, value = ''] = /^(\w+)(==|>)(.+)$/.exec(condition) ?? [];
	if (field === 'since_time' && operator === '==') return row.update >= Date.parse(value);
	if (field === 'id' && operator === '>') return Number(row.id) > Number(value);
	throw new Error(`The simulated list knows no "${condition}"`);
}

/** A simulated list as a Keap of its own: filters, orders, pages by offset, and a clock in its answers. */
export async function serveList(
	list: () => SimulatedList,
	clock: () => number,
	onCall: Handler,
): Promise<{ url: string; calls: () => number; close(): Promise<void> }> {
	let calls = 0;
	const server: Server = createServer((request, response) => {
		calls += 1;
		const query = new URL(request.url ?? '', 'http://keap').searchParams;
		let status = 200;
		try {
			onCall(query);
		} catch {
			status = 400;
		}
		const filter = query.get('filter') ?? '';
		const [order = '', direction] = (query.get('order_by') ?? 'id asc').split(' ');
		const key = FIELDS[order] ?? (() => 0);
		const sign = direction === 'desc' ? -1 : 1;
		const found = list()
			.rows()
			.filter((row) => filter === '' || filter.split(';').every((condition) => holds(row, condition)))
			.sort((left, right) => sign * (key(left) - key(right)));
		const from = Number(query.get('page_token') ?? 0);
		const page = found
			.slice(from, from + Math.min(PAGE, Number(query.get('page_size'))))
			.map(({ id, create, update }) => ({ id, create_time: new Date(create).toISOString(), update_time: new Date(update).toISOString() }));
		const next = from + page.length;
		response.sendDate = false;
		response.writeHead(status, {
			'content-type': 'application/json',
			...(Number.isFinite(clock()) && { date: new Date(clock()).toUTCString() }),
		});
		response.end(
			JSON.stringify(status === 200 ? { rows: page, next_page_token: next < found.length ? String(next) : '' } : { message: 'no' }),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		calls: () => calls,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
