import type { HttpAnswer, HttpCall } from '../http/http';
import { multipart } from './multipart';
import { BadPath } from './path';
import type { KeapRequest } from './types';

/** A request's body as it goes over the wire, and the headers that tell of it. @throws BadPath for a body that is no JSON */
export function writeBody({ body, form }: KeapRequest): { body?: HttpCall['body']; headers: Record<string, string> } {
	if (form !== undefined) {
		const { contentType, length, body: bytes } = multipart(form);
		return { body: bytes, headers: { 'Content-Type': contentType, 'Content-Length': String(length) } };
	}
	return body === undefined ? { headers: {} } : { body: toJson(body), headers: { 'Content-Type': 'application/json' } };
}

function toJson(body: unknown): string {
	const written = stringify(body);
	if (typeof written === 'string') return written;
	throw new BadPath(`The body can't be written as JSON${written ? `: ${written.message}` : ''}`, 'body');
}

function stringify(body: unknown): string | Error | undefined {
	try {
		return JSON.stringify(body);
	} catch (error) {
		return error instanceof Error ? error : undefined;
	}
}

/** A whole web page comes from a proxy or a maintenance, never from Keap's API. */
const WEB_PAGE = /^\s*<(!doctype|html)\b/i;

/** What an answer holds, as the request asked for it: JSON, text or a file. */
export function readBody(
	answer: HttpAnswer,
	{ text: mayBeText = false, binary = false, needsBody = false }: KeapRequest,
): { readable: boolean; body: unknown } {
	if (binary && answer.status < 300) return { readable: true, body: fileIn(answer) };
	const { text } = answer;
	if (text.trim() === '') return { readable: !needsBody || answer.status === 204, body: null };
	try {
		return { readable: true, body: JSON.parse(text) };
	} catch {
		if (mayBeText && !WEB_PAGE.test(text)) return { readable: true, body: text };
		return { readable: false, body: null };
	}
}

/** Keap describes a file's data as JSON of bytes, which would be a text in Base64; what comes is taken for that only where it is that. */
function fileIn({ headers, text, data = Buffer.from(text) }: HttpAnswer): Buffer {
	if (!/^application\/json\b/i.test(headers['content-type'] ?? '') || data[0] !== 0x22) return data;
	const written = /^"([A-Za-z0-9+/]+={0,2})"\s*$/.exec(data.toString('latin1'))?.[1];
	return written === undefined || written.length % 4 !== 0 ? data : Buffer.from(written, 'base64');
}
