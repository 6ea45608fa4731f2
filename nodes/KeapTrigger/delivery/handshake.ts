import { isRecord } from '../../shared/runtime/isRecord';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { rememberSecret, secretName } from '../subscription/secrets';
import type { Body } from './body';

const SECRET = 'X-Hook-Secret';
/** The field that carries the secret in a body or a query. */
export const KEY = 'verification_key';

/** The characters that a header may hold: anything else is not a secret of Keap's. */
const FORM = /^[\x21-\x7e]{1,512}$/;

const asSecret = (value: unknown): string | undefined => {
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && FORM.test(text) ? text : undefined;
};

/**
 * Does what Keap asks of a receiver before it sends events: gives back the secret in the header in which it came. Keap was
 * seen to send it as `verification_key` too, in the body or as a query parameter, and to take that back as JSON.
 *
 * @returns the JSON to answer with, empty for a header alone; `undefined` when the call is no handshake
 */
export function shakeHands(context: IWebhookFunctions, body: Body): IDataObject | undefined {
	const { token, event, ...query } = context.getQueryData() as IDataObject;
	const fields = body !== undefined && 'read' in body && isRecord(body.read) ? body.read : {};
	const key = asSecret(fields[KEY]) ?? asSecret(query[KEY]);
	const secret = asSecret(context.getHeaderData()[SECRET.toLowerCase()]) ?? key;
	if (secret === undefined) return undefined;
	context.getResponseObject().setHeader(SECRET, secret);
	rememberSecret(secretName(String(event), String(token)), secret);
	return key === undefined ? {} : { [KEY]: key };
}
