import { type Asking, failed, oneTry, prepare, type Wire } from './attempt';
import { keapCredentials } from '../credential/credentials';
import { type Asked, dailyQuotaError, inputError, notSentError } from './errors/apiError';
import { cancelledError } from './errors/cancelled';
import { flowOf } from './flow';
import { BadPath } from './message/path';
import { decide, mayBeCarriedOut } from './retryPolicy';
import { runLogOf } from './run/runLog';
import { monotonic, sleep } from '../runtime/clock';
import { inner } from '../runtime/isRecord';
import { throttleFor } from '../throttle/registry';
import { type Throttle, type Ticket, CallCancelled } from '../throttle/throttle';
import { DailyQuotaUsedUp } from '../throttle/quota/windows';
import type { KeapContext, KeapRequest, KeapResponse } from './message/types';
import { markNotSent, NotSent } from './tool/notSent';
import { toolCallOf } from './tool/toolCall';

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
	const tool = toolCallOf(context, credentials);
	const asked: Asking = { node, apiKey: credentials.apiKey, request, tries: 0, context, keyName: credentials.keyName, tool };
	const { flow, priority, signal, breakOff, release } = flowOf(context, request);
	const over = runLogOf(context)?.begins();
	try {
		const wire = { ...prepare(credentials, request), signal: breakOff };
		const throttle = throttleFor(credentials);
		const ticket = { flow, priority, signal, order: throttle.nextOrder(), backlog: request.backlog };
		// The caller names the type of the body it has asked for.
		const answer = await sendUntilDecided(asked, wire, throttle, ticket);
		if (tool && changes(request)) tool.carriedOut.push(carriedOut(request, answer));
		return answer as KeapResponse<T>;
	} catch (error) {
		throw asNodeError(asked, error);
	} finally {
		over?.();
		release();
	}
}

const changes = ({ method, reads }: KeapRequest): boolean => method !== 'GET' && reads !== true;

/** A write as an AI agent reads of it: method, path with its IDs, and the ID that Keap has given. */
function carriedOut({ method, path, pathParams = {} }: KeapRequest, { body }: KeapResponse): string {
	const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => String(pathParams[name] ?? name));
	const { id } = inner(body);
	return `${method} ${filled}${typeof id === 'string' || typeof id === 'number' ? ` (ID ${id})` : ''}`;
}

/** Puts what the inner parts throw into n8n's errors; those that are such already stay as they are. */
function asNodeError(asked: Asked, error: unknown): unknown {
	if (error instanceof BadPath) return inputError(asked, error);
	if (error instanceof CallCancelled) return cancelledError(asked.node, asked.request.item);
	if (error instanceof NotSent) return markNotSent(notSentError(asked, error.message));
	if (error instanceof DailyQuotaUsedUp) return dailyQuotaError(asked, error.resetsAt);
	return error;
}

async function sendUntilDecided(asked: Asking, wire: Wire, throttle: Throttle, ticket: Ticket): Promise<KeapResponse> {
	const { probes, reads } = asked.request;
	const method = reads === true ? 'GET' : asked.request.method;
	const tries = { before: probes === true ? 1 : 0, ambiguous: false, refusedFor: 0 };
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
