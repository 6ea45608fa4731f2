import { operationKey } from './contract/operations';
import { checkBody, checkPathParams, checkQuery, findOperation } from './contract';
import { ApiError, errorAnswer, NoSuchPath } from './errors';
import { atFirstPage, failingForRow, leadingNowhere, withoutLate } from './faults';
import { handlerOf } from './handlers';
import { customFieldNamed } from './handlers/customFieldFilter';
import { twistsOf } from './otherwise';
import type { SandboxState } from './store/state';
import type { Answer, Exchange, KeyKind } from './types';
import { v1Times } from './v1Times';
import { NOT_FOUND_PAGE } from './webPages';

/** A request that the gateway let through. */
export interface Admitted {
	method: string;
	/** Still encoded, without the query. */
	path: string;
	rawQuery: string;
	body: string;
	contentType: string | undefined;
	kind: KeyKind;
	/** Epoch milliseconds. */
	at: number;
	origin: string;
	pageCap: number;
	/** The id of the record that a list can't be answered with. */
	badRow?: string;
	/** The ids of records that lists do not show yet. */
	lateRows?: readonly string[];
	repeatPageToken: boolean;
	/** Names in lower case. */
	headers: Readonly<Record<string, string>>;
}

/** What a limited key may not do: write, and see who works there. */
function checkPermission({ kind, method, path }: Admitted): void {
	if (kind === 'full') return;
	if (method !== 'GET') throw new ApiError(403, `This key may not write: ${method} ${path}`);
	if (/\/users(\/|$)/.test(path)) throw new ApiError(403, 'This key may not see users');
}

function answer(asked: Admitted, state: SandboxState): Answer {
	const request = twistsOf(state.otherwise).reduce((sent, { request: change }) => change?.(sent) ?? sent, asked);
	const { method, path, rawQuery, body, contentType, at, origin, pageCap, headers } = request;
	const { operation, params } = findOperation(method, path);
	checkPermission(request);
	let exchange: Exchange = {
		operation,
		params: checkPathParams(operation, params),
		query: checkQuery(operation, rawQuery, (name) => customFieldNamed(operation, state)(name) !== undefined),
		body: checkBody(operation, body, contentType),
		state,
		now: new Date(at).toISOString(),
		origin,
		pageCap,
		headers,
	};
	const twists = twistsOf(state.otherwise, operationKey(operation));
	for (const { before } of twists) {
		const next = before?.(exchange) ?? exchange;
		if ('status' in next) return next;
		exchange = next;
	}
	const handler = handlerOf(operation);
	const plain = request.repeatPageToken ? leadingNowhere(handler(atFirstPage(exchange)), exchange) : handler(exchange);
	const answered = twists.reduce((given, { after }) => after?.(given, exchange) ?? given, plain);
	const shown = request.lateRows === undefined ? answered : withoutLate(answered, exchange, request.lateRows);
	return request.badRow === undefined ? shown : failingForRow(shown, exchange, request.badRow);
}

/**
 * Carries a request out in memory. Never throws: what is wrong with it becomes an answer in the envelope of its version,
 * and a web page where Keap has no such address.
 */
export function carryOut(request: Admitted, state: SandboxState): Answer {
	const version = request.path.startsWith('/crm/rest/v1/') ? 'v1' : 'v2';
	try {
		const done = answer(request, state);
		return version === 'v1' ? v1Times(done) : done;
	} catch (error) {
		if (error instanceof NoSuchPath) {
			const [twist] = twistsOf(state.otherwise).flatMap(({ unknownPath }) => unknownPath ?? []);
			return twist?.() ?? { status: 404, html: NOT_FOUND_PAGE };
		}
		const known =
			error instanceof ApiError
				? error
				: new ApiError(500, `The sandbox itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
		return errorAnswer(known, version);
	}
}
