import { NodeApiError } from 'n8n-workflow';

import type { KeapContext, KeapRequest } from '../message/types';
import { httpCodeOf } from './httpCode';

/** A gateway that got no answer: that lies in Keap's machines, not in what was asked for. */
const GATEWAY: ReadonlySet<number> = new Set([502, 503, 504]);

const ofAll = new WeakSet();

/** Marks the error of an answer that is of another kind than was asked for: no single record is to blame. */
export function ofWholeAnswer<E extends Error>(error: E): E {
	ofAll.add(error);
	return error;
}

/**
 * Whether one record may be what makes a list or a look-up of many fail: Keap's own program failed while it wrote out the answer
 * (`GET /v2/merchants` does so for good where it meets an old row), as a status or as an error inside a 200.
 */
export function mayBeOneRecord(error: unknown): boolean {
	const code = httpCodeOf(error) ?? 0;
	return !(typeof error === 'object' && error !== null && ofAll.has(error)) && ((code >= 500 && !GATEWAY.has(code)) || code === 200);
}

/**
 * The error for a record that Keap fails to write out, also alone.
 *
 * @param which the record with its ID or its place, as in "the record with the ID 18"
 * @param around what became of the records around it
 */
export function unreadableRecord(context: KeapContext, request: KeapRequest, which: string, around: string, error: unknown): NodeApiError {
	const code = httpCodeOf(error) ?? 500;
	const message = `Keap can't answer with ${which}: it fails with status ${code} even when it is asked for that one alone`;
	const advice = 'If other lists fail as well, Keap has trouble: try again later.';
	const description = `${around} Look at that record in Keap. ${advice} Keap was asked for ${request.method} ${request.path}.`;
	return new NodeApiError(context.getNode(), {}, { message, description, httpCode: String(code), itemIndex: request.item });
}
