import { isTooDeep } from '../../shared/runtime/depth';
import { isRecord } from '../../shared/runtime/isRecord';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { parseForm } from './form';

/** The body of a call: fields or a list where it could be read, its text where it could not, `undefined` where there was none. */
export type Body = { readonly read: IDataObject | unknown[] } | { readonly unreadable: string } | undefined;

/**
 * Reads the body of a call under whatever content type it came. n8n reads JSON only when it is called `application/json`, and
 * leaves an empty object for a content type that it does not know; the bytes themselves are kept beside it.
 */
export async function readCallBody(context: IWebhookFunctions): Promise<Body> {
	const parsed: unknown = context.getBodyData();
	const type = String(context.getHeaderData()['content-type'] ?? '').toLowerCase();
	if (type.startsWith('application/json') && !isEmpty(parsed))
		return typeof parsed === 'object' ? await asReadable(context, parsed) : fromText(String(parsed));
	const text = typeof parsed === 'string' ? parsed : await rawText(context);
	if (text.trim() !== '') return fromText(text);
	// A multipart form: n8n has taken it apart, and no bytes are kept.
	return isEmpty(parsed) ? undefined : await asReadable(context, isRecord(parsed) && isRecord(parsed.data) ? parsed.data : parsed);
}

const isEmpty = (value: unknown): boolean =>
	value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

function asBody(value: unknown): Body {
	return isRecord(value) || Array.isArray(value) ? { read: value } : undefined;
}

/** What n8n has parsed; its text where it has more levels than anything goes through. */
const asReadable = async (context: IWebhookFunctions, parsed: unknown): Promise<Body> =>
	isTooDeep(parsed) ? { unreadable: await rawText(context) } : asBody(parsed);

async function rawText(context: IWebhookFunctions): Promise<string> {
	const request = context.getRequestObject();
	if (request.rawBody === undefined && typeof request.readRawBody === 'function') await request.readRawBody();
	return request.rawBody === undefined ? '' : request.rawBody.toString('utf8');
}

function fromText(text: string): Body {
	const json = parseJson(text);
	if (json !== undefined) return asBody(json) ?? { unreadable: text };
	const form = parseForm(text);
	return form === undefined ? { unreadable: text } : { read: form };
}

/**
 * JSON in a text; JSON inside a JSON text, too, as some senders write it.
 *
 * @returns `undefined` when it is none, or has more levels than `DEEPEST`
 */
export function parseJson(text: string): unknown {
	let value: unknown = text.replace(/^\uFEFF/, '');
	for (let depth = 0; depth < 2 && typeof value === 'string'; depth++) {
		try {
			value = JSON.parse(value);
		} catch {
			return undefined;
		}
	}
	return isTooDeep(value) ? undefined : value;
}
