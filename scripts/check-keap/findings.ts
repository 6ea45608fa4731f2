import type { Reply } from './keap';
import type { Finding } from './types';

export const asBelieved = (seen: string): Finding => ({ verdict: 'as believed', seen });
export const different = (seen: string): Finding => ({ verdict: 'different', seen });
export const unknown = (seen: string): Finding => ({ verdict: 'unknown', seen });
export const judge = (holds: boolean, seen: string): Finding => (holds ? asBelieved(seen) : different(seen));

/** Whether Keap took a request that it is believed to take. A key that may not see something proves nothing. */
export const taken = ({ status }: Reply): Finding => (status === 403 ? mayNot : judge(status >= 200 && status < 300, `status ${status}`));
/** Whether Keap refused a request that it is believed to refuse. */
export const refused = ({ status }: Reply): Finding => (status === 403 ? mayNot : judge(status === 400, `status ${status}`));

export const mayNot: Finding = unknown('the key may not see this (403)');

/** What kind of JSON value it is, without the value. */
export function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (value === '') return 'an empty text';
	return typeof value === 'string' ? 'a text' : typeof value;
}
