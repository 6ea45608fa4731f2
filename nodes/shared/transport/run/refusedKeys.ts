import type { HttpAnswer } from '../http/http';
import type { KeapContext } from '../message/types';

/** The answer with which Keap refused a key, by run of a node and name of the key. */
const refused = new WeakMap<KeapContext, Map<string, HttpAnswer>>();

/** Only a run of a node remembers refusals, because it is over soon. A trigger keeps its context for days, and Keap may accept the key again meanwhile. */
const isRun = (context: KeapContext): boolean => 'getInputData' in context;

/** Apigee answers 403 in its own envelope where a key may use nothing at all; Keap's own 403 is about one operation. */
const ofGateway = ({ text }: HttpAnswer): boolean => /^\s{0,100}\{\s{0,100}"fault"/.test(text.slice(0, 500));

/** Remembers that Keap refused the key itself, so that the other items of the run spend no call to get the same refusal. */
export function noteRefusedKey(context: KeapContext, keyName: string, answer: HttpAnswer): void {
	if (!isRun(context) || !(answer.status === 401 || (answer.status === 403 && ofGateway(answer)))) return;
	const keys = refused.get(context) ?? new Map<string, HttpAnswer>();
	refused.set(context, keys);
	keys.set(keyName, answer);
}

/** The answer with which Keap has refused this key in this run; undefined if it has not. */
export const refusalOfKey = (context: KeapContext, keyName: string): HttpAnswer | undefined => refused.get(context)?.get(keyName);
