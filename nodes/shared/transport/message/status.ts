import type { KeapRequest } from './types';

/**
 * The statuses that Keap's description has for what is carried out and answered whole. Any other status of success comes from something
 * in between, and says itself that its body is a part of the answer (206, 226), somebody else's (203) or several answers in one (207, 208).
 */
const DONE: ReadonlySet<number> = new Set([200, 201, 204]);
/** Keap has taken the request and carries it out later, which its description has for three writes. */
const ACCEPTED = 202;

/** What HTTP calls the others. */
const NAMES: Readonly<Record<number, string>> = {
	202: 'Accepted',
	203: 'Non-Authoritative Information',
	205: 'Reset Content',
	206: 'Partial Content',
	207: 'Multi-Status',
	208: 'Already Reported',
	226: 'IM Used',
};

/** Whether a status says by itself that a write was carried out. */
export const saysDone = (status: number | undefined): boolean => status !== undefined && DONE.has(status);

/**
 * What is wrong with a status of success, as a sentence without its end.
 *
 * @returns `undefined` where it says that the request was carried out and that this is the whole answer to it
 */
export function problemOfStatus(status: number, { method, accepted }: Pick<KeapRequest, 'method' | 'accepted'>): string | undefined {
	if (DONE.has(status) || (status === ACCEPTED && accepted === true && method !== 'GET')) return undefined;
	const name = NAMES[status];
	const called = `Keap's answer has the status ${status}${name === undefined ? '' : ` (${name})`}`;
	if (status === ACCEPTED) return `${called}: the request was taken, but not carried out yet`;
	return `${called}, which is not that of a whole answer of Keap's`;
}
