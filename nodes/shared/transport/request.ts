import { KEY_HEADER } from '../credential/authenticate';
import { readBody, writeBody } from './message/body';
import { type KeapCredentials, keapCredentials } from '../credential/credentials';
import { type Asked, answerError, dailyQuotaError, failureError, inputError, misfitError, refusedError } from './errors/apiError';
import { cancelledError } from './errors/cancelled';
import { flowOf } from './flow';
import { type HttpAnswer, send } from './http/http';
import { HttpFailure } from './http/httpFailure';
import { readQuotaHeaders } from '../throttle/quota/quotaHeaders';
import { retryAfterMs, whyRefused } from '../throttle/quota/refusal';
import type { Misfit } from './message/expected';
import { BadPath, buildPath, buildQuery } from './message/path';
import { noteRefusedKey, refusalOfKey } from './refusedKeys';
import { decide, mayBeCarriedOut, type TryOutcome } from './retryPolicy';
import { epoch, monotonic, sleep } from '../runtime/clock';
import { throttleFor } from '../throttle/registry';
import { type Throttle, type Ticket, CallCancelled } from '../throttle/throttle';
import { DailyQuotaUsedUp, type Slot } from '../throttle/quota/windows';
import type { KeapContext, KeapRequest, KeapResponse } from './message/types';

const DEADLINE_MS = 60_000;

/**
 * The only way out of this package to Keap: checks the request, waits for a slot, sends, records the quota that
 * the answer's headers name, and repeats what may be repeated.
 *
 * @returns the answer of a request that was carried out (2xx)
 * @throws NodeOperationError when the request or the credential is not usable (nothing was sent), or when the execution
 * was stopped (`isCancelled`)
 * @throws NodeApiError for everything else: message, description and `httpCode` (`httpCodeOf`) say what happened, for
 * which item, and what to do next; never the key
 */
export async function keapRequest<T = unknown>(context: KeapContext, request: KeapRequest): Promise<KeapResponse<T>> {
	const node = context.getNode();
	const credentials = await keapCredentials(context, request.item);
	const asked: Asking = { node, apiKey: credentials.apiKey, request, tries: 0, context, keyName: credentials.keyName };
	const { flow, priority, signal, breakOff, release } = flowOf(context, request);
	try {
		const wire = { ...prepare(credentials, request), signal: breakOff };
		const throttle = throttleFor(credentials);
		const ticket = { flow, priority, signal, order: throttle.nextOrder(), backlog: request.backlog };
		// The caller names the type of the body it has asked for.
		return (await sendUntilDecided(asked, wire, throttle, ticket)) as KeapResponse<T>;
	} catch (error) {
		throw asNodeError(asked, error);
	} finally {
		release();
	}
}

/** Puts what the inner parts throw into n8n's errors; those that are such already stay as they are. */
function asNodeError(asked: Asked, error: unknown): unknown {
	if (error instanceof BadPath) return inputError(asked, error);
	if (error instanceof CallCancelled) return cancelledError(asked.node, asked.request.item);
	if (error instanceof DailyQuotaUsedUp) return dailyQuotaError(asked, error.resetsAt);
	return error;
}

type Wire = Pick<Parameters<typeof send>[0], 'origin' | 'method' | 'path' | 'headers' | 'body' | 'timeoutMs' | 'signal' | 'file'>;

/** Everything that can be wrong with a request is found here, before a call is spent. */
function prepare({ origin, apiKey }: KeapCredentials, request: KeapRequest): Wire {
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
interface Try {
	outcome: TryOutcome;
	answer?: HttpAnswer;
	failure?: HttpFailure;
	body?: unknown;
	misfit?: Misfit;
	/** Nothing was sent: Keap has refused the key in this run already. */
	isKnown?: boolean;
}

/** What the tries of a request have to know beside what an error says of it. */
interface Asking extends Asked {
	readonly context: KeapContext;
	readonly keyName: string;
}

async function sendUntilDecided(asked: Asking, wire: Wire, throttle: Throttle, ticket: Ticket): Promise<KeapResponse> {
	const { reads } = asked.request;
	const method = reads === true ? 'GET' : asked.request.method;
	const tries = { before: 0, ambiguous: false, refusedFor: 0 };
	let refusedSince: number | undefined;
	for (;;) {
		const { outcome, answer, failure, body, misfit, isKnown } = await oneTry(wire, throttle, ticket, asked);
		if (isKnown !== true) asked.tries++;
		if (outcome.kind === 'refused') refusedSince ??= monotonic();
		else refusedSince = undefined;
		tries.refusedFor = refusedSince === undefined ? 0 : monotonic() - refusedSince;

		const verdict = decide(method, outcome, tries, Math.random());
		if (verdict.action === 'return' && answer) return { status: answer.status, headers: answer.headers, body };
		if (verdict.action === 'returnDeleted') {
			return { status: 204, headers: answer?.headers ?? failure?.facts.headers ?? {}, body: null };
		}
		if (verdict.action === 'fail') throw failed(asked, outcome, { answer, failure, misfit }, verdict.inDoubt);
		if (verdict.action === 'retry') {
			tries.before++;
			tries.ambiguous ||= mayBeCarriedOut(outcome);
			await sleep(verdict.delayMs, ticket.signal);
		}
	}
}

async function oneTry(wire: Wire, throttle: Throttle, ticket: Ticket, { context, keyName, request }: Asking): Promise<Try> {
	return await throttle.schedule(ticket, async (slot): Promise<Try> => {
		const known = refusalOfKey(context, keyName);
		if (known !== undefined) {
			slot.unused();
			return { outcome: { kind: 'answer', status: known.status }, answer: known, isKnown: true };
		}
		const answer = await send({ ...wire, onSent: () => slot.sent() }).catch((error: unknown) => HttpFailure.of(error));
		if (answer instanceof HttpFailure) return afterFailure(slot, answer);
		const quota = readQuotaHeaders(answer.headers);
		slot.answered(quota, answer.status);
		if (answer.status === 429) {
			const why = whyRefused(quota, answer.text);
			throttle.refused(why, slot.sentAt, retryAfterMs(answer.headers, epoch()));
			return { outcome: { kind: 'refused', why }, answer };
		}
		throttle.passed(slot.sentAt);
		noteRefusedKey(context, keyName, answer);
		const { body, misfit } = readBody(answer, request);
		return { outcome: { kind: 'answer', status: answer.status, misfit: misfit?.kind }, answer, body, misfit };
	});
}

function afterFailure(slot: Slot, failure: HttpFailure): Try {
	const { kind, sent, status, headers = {} } = failure.facts;
	if (sent) slot.answered(readQuotaHeaders(headers), status ?? 0);
	else slot.unused();
	if (kind === 'aborted') throw new CallCancelled();
	return { outcome: { kind: 'failure', failure: kind, sent, status }, failure };
}

function failed(asked: Asked, outcome: TryOutcome, { answer, failure, misfit }: Omit<Try, 'outcome'>, inDoubt: boolean): Error {
	if (failure) return failureError(asked, failure.facts, inDoubt);
	if (!answer) return new Error('A request to Keap ended without an answer and without a failure');
	if (outcome.kind === 'refused') return refusedError(asked, answer);
	if (misfit !== undefined) return misfitError(asked, answer, misfit);
	return answerError(asked, answer, inDoubt);
}
