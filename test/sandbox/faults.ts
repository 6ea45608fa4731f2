import { ApiError, errorAnswer } from './errors';
import { listName } from './handlers/lists';
import type { Answer, Exchange, Fault, FaultMatch, Query } from './types';
import { maintenancePage } from './webPages';
import { without } from './without';

type Kind = Fault['kind'];
type FaultOf<K extends Kind> = Extract<Fault, { kind: K }>;

interface ArmedFault {
	match: FaultMatch;
	fault: Fault;
	pass: number;
	left: number;
}

const matches = ({ method, path }: FaultMatch, calledMethod: string, calledPath: string): boolean =>
	(method === undefined || method.toUpperCase() === calledMethod) &&
	(path === undefined ||
		(typeof path === 'string' ? path === calledPath : new RegExp(path.source, path.flags.replace('g', '')).test(calledPath)));

/** The faults that wait for their calls. */
export class Faults {
	private armed: ArmedFault[] = [];

	/** Arms a fault and gives the function that disarms it. */
	arm(match: FaultMatch, fault: Fault): () => void {
		const entry: ArmedFault = { match, fault, pass: match.after ?? 0, left: match.times ?? 1 };
		this.armed.push(entry);
		return () => {
			this.armed = this.armed.filter((other) => other !== entry);
		};
	}

	clear(): void {
		this.armed = [];
	}

	/** The oldest fault of these kinds that is due for this call, used up by one. */
	take<K extends Kind>(method: string, path: string, ...kinds: readonly K[]): FaultOf<K> | undefined {
		let due: ArmedFault | undefined;
		for (const entry of this.armed) {
			if (!(kinds as readonly Kind[]).includes(entry.fault.kind) || !matches(entry.match, method, path)) continue;
			if (entry.pass > 0) entry.pass--;
			else due ??= entry;
		}
		if (!due) return undefined;
		due.left--;
		if (due.left <= 0) this.armed = this.armed.filter((entry) => entry !== due);
		return due.fault as FaultOf<K>;
	}
}

/** Text that is sent as it is, instead of JSON. */
export interface RawAnswer {
	status: number;
	text: string | Buffer;
	contentType?: string;
	headers?: Record<string, string>;
}

/** The answer of a fault that keeps a request from being carried out. */
export function answerInstead(fault: FaultOf<'status' | 'html' | 'empty'>, path: string): RawAnswer {
	if (fault.kind === 'html')
		return { status: fault.status ?? 503, text: maintenancePage(fault.status ?? 503), contentType: 'text/html; charset=utf-8' };
	if (fault.kind === 'empty') return { status: fault.status ?? 200, text: '' };
	const version = path.startsWith('/crm/rest/v1/') ? 'v1' : 'v2';
	const envelope = JSON.stringify(errorAnswer(new ApiError(fault.status, `The sandbox was told to answer ${fault.status}`), version).body);
	return {
		status: fault.status,
		text: fault.body ?? envelope,
		contentType: fault.contentType ?? 'application/json',
		headers: fault.headers,
	};
}

const SAME_PAGE = 'c2FtZS1wYWdlLWZvci1ldmVy';

/** The request as the fault `repeatPageToken` lets it through: wherever the client thinks it is, it stands at the first page. */
export function atFirstPage(exchange: Exchange): Exchange {
	return { ...exchange, query: without(exchange.query, 'page_token', 'offset') as Query };
}

/** A list answer that says its next page is the one that was just read. Other answers stay as they are. */
export function leadingNowhere(answer: Answer, { operation, origin, query }: Exchange): Answer {
	if (answer.status !== 200 || !listName(operation)) return answer;
	const next =
		operation.api === 'v1' ? { next: `${origin}${operation.path}?${new URLSearchParams(query)}` } : { next_page_token: SAME_PAGE };
	return { ...answer, body: { ...(answer.body as Record<string, unknown>), ...next } };
}

/** A list answer that holds the record becomes a 500: Keap fails to write out the row. Other answers stay as they are. */
export function failingForRow(answer: Answer, { operation }: Exchange, id: string): Answer {
	const name = listName(operation);
	const rows = name === undefined ? undefined : (answer.body as Record<string, unknown> | undefined)?.[name];
	if (!Array.isArray(rows) || !rows.some((row) => String((row as { id?: unknown }).id) === id)) return answer;
	return errorAnswer(new ApiError(500, 'An internal error occurred'), operation.api === 'v1' ? 'v1' : 'v2');
}

/** A list answer without these records: the replica that it comes from does not have them yet. Other answers stay as they are. */
export function withoutLate(answer: Answer, { operation }: Exchange, ids: readonly string[]): Answer {
	const name = listName(operation);
	const body = answer.body as Record<string, unknown> | undefined;
	const rows = name === undefined ? undefined : body?.[name];
	if (name === undefined || !Array.isArray(rows)) return answer;
	return { ...answer, body: { ...body, [name]: rows.filter((row) => !ids.includes(String((row as { id?: unknown }).id))) } };
}
