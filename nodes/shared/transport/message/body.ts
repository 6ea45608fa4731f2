import type { HttpAnswer, HttpCall } from '../http/http';
import { DEEPEST, isTooDeep } from '../../runtime/depth';
import { isRecord } from '../../runtime/isRecord';
import { type Expected, type Misfit, misfitOf } from './expected';
import { JsonText, parseJson } from './json';
import { multipart } from './multipart';
import { namesNextPage } from './nextPage';
import { BadPath } from './path';
import { problemOfStatus } from './status';
import type { KeapRequest } from './types';

/** A request's body as it goes over the wire, and the headers that describe it. @throws BadPath for a body that is no JSON */
export function writeBody({ body, form }: KeapRequest): { body?: HttpCall['body']; headers: Record<string, string> } {
	if (form !== undefined) {
		const { contentType, length, body: bytes } = multipart(form);
		return { body: bytes, headers: { 'Content-Type': contentType, 'Content-Length': String(length) } };
	}
	return body === undefined ? { headers: {} } : { body: toJson(body), headers: { 'Content-Type': 'application/json' } };
}

function toJson(body: unknown): string {
	if (body instanceof JsonText) return body.text;
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
const WEB_PAGE = /^\s{0,100}<(!doctype|html)\b/i;

/** The body of an answer, and what is wrong with it if it is not what was expected. */
export interface Reading {
	readonly body: unknown;
	readonly misfit?: Misfit;
}

/** Reads the body of an answer and compares it with what the request expects. An answer that is an error by its status is not read. */
export function readBody(
	answer: HttpAnswer,
	request: Pick<KeapRequest, 'method' | 'path' | 'pathParams' | 'query' | 'expects' | 'accepted'>,
): Reading {
	const { status } = answer;
	const { method, expects = 'anything' } = request;
	if (status >= 300) return { body: null };
	const what = problemOfStatus(status, request);
	if (what !== undefined) return { body: null, misfit: { kind: 'status', what } };
	if (isFile(expects)) return readFile(answer, expects.file);
	const reading = parse(answer.text, expects);
	if (reading.misfit !== undefined) return reading;
	const misfit =
		misfitOf(reading.body, expects, status === 204 && method !== 'GET') ??
		unfinished(reading.body, request) ??
		otherRecord(reading.body, request);
	if (misfit === undefined) return reading;
	return { body: null, misfit: answer.text.trim() === '' ? { kind: 'unreadable', what: '' } : misfit };
}

function parse(text: string, expects: Expected): Reading {
	if (text.trim() === '') return { body: null };
	try {
		const body = parseJson(text);
		if (!isTooDeep(body)) return { body };
		return {
			body: null,
			misfit: { kind: 'shape', what: `Keap's answer has more than ${DEEPEST} levels of lists and objects in each other` },
		};
	} catch {
		if (expects === 'text' && !WEB_PAGE.test(text)) return { body: text };
		return { body: null, misfit: { kind: 'unreadable', what: '' } };
	}
}

/** A record with another ID than the only one of its path, which ends it. What lies below a record may be answered with that. */
function otherRecord(
	body: unknown,
	{ path, pathParams = {}, expects }: Pick<KeapRequest, 'path' | 'pathParams' | 'expects'>,
): Misfit | undefined {
	const name = /^[^{}]*\{(\w*id)\}$/i.exec(path)?.[1];
	if (name === undefined || typeof expects !== 'object' || !('record' in expects) || !isRecord(body)) return undefined;
	const [asked, came] = [pathParams[name], body.id].map(numberOf);
	if (asked === undefined || came === undefined || asked === came) return undefined;
	return { kind: 'shape', what: `Keap's answer is another record than the one with the ID ${asked}: it has the ID ${came}` };
}

/** The digits of an ID without zeros before them; undefined for what is none. */
const numberOf = (id: unknown): string | undefined =>
	/^0*(\d{1,30})$/.exec(typeof id === 'number' || typeof id === 'string' ? String(id).trim() : '')?.[1];

/** A list that is asked for as a whole, and goes on elsewhere. Version 1 names a next page behind the last one, too. */
function unfinished(body: unknown, { path, query = {}, expects }: Pick<KeapRequest, 'path' | 'query' | 'expects'>): Misfit | undefined {
	if (typeof expects !== 'object' || !('list' in expects) || PAGING.some((name) => name in query)) return undefined;
	const name = namesNextPage(body, path.startsWith('/crm/rest/v1/') ? ['next'] : []);
	return name === undefined
		? undefined
		: { kind: 'shape', what: `Keap's answer is a part of a list that was asked for as a whole: it has ${name}` };
}

/** Whoever sends one of these reads the list page by page. */
const PAGING = ['page_size', 'page_token', 'limit', 'offset'];

const isFile = (expects: Expected): expects is { file: string | undefined } => typeof expects === 'object' && 'file' in expects;

/** A file may be a page or JSON itself: then its name says so. */
function readFile(answer: HttpAnswer, name = ''): Reading {
	const type = answer.headers['content-type'] ?? '';
	const data = answer.data ?? Buffer.from(answer.text);
	const beginning = data.subarray(0, 200).toString('latin1');
	const isPage = /^text\/html\b/i.test(type) && WEB_PAGE.test(beginning) && !/\.x?html?$/i.test(name);
	if (isPage) return { body: null, misfit: { kind: 'unreadable', what: '' } };
	if (/\bjson\b/i.test(type) && /^\s*\{/.test(beginning) && !/\.json$/i.test(name)) {
		const { body } = parse(answer.text, 'anything');
		const misfit = misfitOf(body, 'anything', false);
		if (misfit !== undefined) return { body: null, misfit };
	}
	return { body: fileIn(type, data) };
}

/** Keap describes a file's data as JSON of bytes, which would be a text in Base64; what comes is taken for that only where it is that. */
function fileIn(type: string, data: Buffer): Buffer {
	if (!/^application\/json\b/i.test(type) || data[0] !== 0x22) return data;
	const written = /^"([A-Za-z0-9+/]+={0,2})"\s*$/.exec(data.toString('latin1'))?.[1];
	return written === undefined || written.length % 4 !== 0 ? data : Buffer.from(written, 'base64');
}
