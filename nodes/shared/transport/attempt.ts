import { KEY_HEADER } from '../credential/authenticate';
import type { KeapCredentials } from '../credential/credentials';
import { readBody, writeBody } from './message/body';
import { type Asked, answerError, failureError, misfitError, refusedError } from './errors/apiError';
import { redactor } from './errors/redact';
import { type HttpAnswer, send } from './http/http';
import { HttpFailure, TooLate } from './http/httpFailure';
import { readQuotaHeaders } from '../throttle/quota/quotaHeaders';
import { retryAfterMs, whyRefused } from '../throttle/quota/refusal';
import type { Misfit } from './message/expected';
import { buildPath, buildQuery } from './message/path';
import { runLogOf } from './run/runLog';
import { noteRefusedKey, refusalOfKey } from './run/refusedKeys';
import type { TryOutcome } from './retryPolicy';
import { epoch } from '../runtime/clock';
import { type Throttle, type Ticket, CallCancelled } from '../throttle/throttle';
import { type Slot, SlotMissed } from '../throttle/quota/windows';
import type { KeapContext, KeapRequest } from './message/types';
import type { ToolCall } from './tool/toolCall';

const DEADLINE_MS = 60_000;

/** One request as it goes over the wire, each time it is tried. */
export type Wire = Pick<
	Parameters<typeof send>[0],
	'origin' | 'method' | 'path' | 'headers' | 'body' | 'timeoutMs' | 'signal' | 'file' | 'isTooLate'
>;

/**
 * Everything that can be wrong with a request is found here, before a call is spent.
 *
 * @throws BadPath
 */
export function prepare({ origin, apiKey }: KeapCredentials, request: KeapRequest): Wire {
	const { method, path, pathParams, query, timeoutMs = DEADLINE_MS } = request;
	const { body, headers } = writeBody(request);
	return {
		origin,
		method,
		path: buildPath(path, pathParams) + buildQuery(query),
		headers: {
			...request.headers,
			[KEY_HEADER]: apiKey,
			Accept: isFile(request) ? '*/*' : 'application/json',
			'Accept-Encoding': 'gzip, deflate',
			'User-Agent': 'n8n-nodes-keap',
			...headers,
		},
		body,
		timeoutMs,
		...(isFile(request) && { file: true }),
	};
}

const isFile = ({ expects }: KeapRequest): boolean => typeof expects === 'object' && 'file' in expects;

/** One try's end: what the retry policy judges, and what the caller or the error needs of it. */
export interface Try {
	outcome: TryOutcome;
	answer?: HttpAnswer;
	failure?: HttpFailure;
	body?: unknown;
	misfit?: Misfit;
	/** Nothing was sent: Keap has refused the key in this run already. */
	isKnown?: boolean;
}

/** What the tries of a request have to know beside what an error says of it. */
export interface Asking extends Asked {
	/** The run that remembers that Keap has refused its key; none for a single call. */
	readonly context?: KeapContext;
	readonly keyName: string;
	/** The tool call that the request belongs to. */
	readonly tool?: ToolCall;
}

/**
 * Sends a request once, in a slot of its own.
 *
 * @throws CallCancelled when it was called off before it was sent, or while it was on the wire
 * @throws DailyQuotaUsedUp when the day is used up and the credential says to fail
 * @throws NotSent when a tool's caller waits no longer
 */
export async function oneTry(wire: Wire, throttle: Throttle, ticket: Ticket, asking: Asking): Promise<Try> {
	// Once: where no connection is there in time, a late call is better than none. Whoever has called a tool waits for no second slot.
	let isChoosy = asking.tool === undefined;
	const send = async (slot: Slot): Promise<Try> => {
		const isTooLate = isChoosy ? () => slot.missed === true : undefined;
		isChoosy = false;
		return await tryIn(slot, { ...wire, isTooLate }, throttle, asking);
	};
	return await (asking.tool === undefined ? throttle.schedule(ticket, send) : asking.tool.schedule(throttle, ticket, send));
}

/**
 * Sends a request once, in this slot.
 *
 * @throws SlotMissed when the wire says that it is too late; nothing was sent, and the slot is given back
 */
export async function tryIn(slot: Slot, wire: Wire, throttle: Throttle, asking: Asking): Promise<Try> {
	const { context, keyName, request } = asking;
	const known = context && refusalOfKey(context, keyName);
	if (known !== undefined) {
		slot.unused();
		return { outcome: { kind: 'answer', status: known.status }, answer: known, isKnown: true };
	}
	let over: ((status?: number) => void) | undefined;
	const onSent = () => {
		slot.sent();
		over = runLogOf(context)?.sent(request.method !== 'GET' && request.reads !== true, asking.tries > 0);
	};
	const answer = await send({ ...wire, onSent }).catch((error: unknown) => (error instanceof TooLate ? error : HttpFailure.of(error)));
	if (answer instanceof TooLate) {
		slot.unused();
		throw new SlotMissed();
	}
	over?.(answer instanceof HttpFailure ? undefined : answer.status);
	if (answer instanceof HttpFailure) return afterFailure(slot, answer);
	const quota = readQuotaHeaders(answer.headers);
	slot.answered(quota, answer.status);
	if (answer.status === 429) {
		const why = whyRefused(quota, answer.text);
		throttle.refused(why, slot.sentAt, retryAfterMs(answer.headers, epoch()));
		return { outcome: { kind: 'refused', why }, answer };
	}
	throttle.passed(slot.sentAt);
	if (context) noteRefusedKey(context, keyName, answer);
	const { body, misfit } = readBody(isFile(request) ? answer : withoutKey(answer, asking.apiKey), request);
	return { outcome: { kind: 'answer', status: answer.status, misfit: misfit?.kind }, answer, body, misfit };
}

/** What Keap repeats of the key goes into no output. */
function withoutKey({ status, headers, text, data }: HttpAnswer, apiKey: string): HttpAnswer {
	const redact = redactor(apiKey);
	return { status, headers, data, text: redact.mayFind(text) ? redact(text) : text };
}

function afterFailure(slot: Slot, failure: HttpFailure): Try {
	const { kind, sent, status, headers = {} } = failure.facts;
	if (sent) slot.answered(readQuotaHeaders(headers), status ?? 0);
	else slot.unused();
	if (kind === 'aborted') throw new CallCancelled();
	return { outcome: { kind: 'failure', failure: kind, sent, status }, failure };
}

/** The error that an end other than success becomes. */
export function failed(asked: Asked, outcome: TryOutcome, { answer, failure, misfit }: Omit<Try, 'outcome'>, inDoubt: boolean): Error {
	if (failure) return failureError(asked, failure.facts, inDoubt);
	if (!answer) return new Error('A request to Keap ended without an answer and without a failure');
	if (outcome.kind === 'refused') return refusedError(asked, answer);
	if (misfit !== undefined) return misfitError(asked, answer, misfit);
	return answerError(asked, answer, inDoubt);
}
