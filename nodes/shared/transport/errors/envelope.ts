import { isRecord } from '../../runtime/isRecord';
import { printable } from '../../runtime/printable';
import { plainMessage } from './plainMessage';

/** What an answer says about an error, whichever of Keap's envelopes it came in. */
export interface Envelope {
	/** In Keap's words, without stack traces; empty when the answer has none. */
	message: string;
	/** Further points, each one line: fields, records. */
	details: string[];
	/** `html` and `unreadable` come from something between n8n and Keap, or from a Keap in trouble. */
	source: 'gateway' | 'v2' | 'v1' | 'html' | 'empty' | 'unreadable';
}

const MOST_DETAILS = 10;
/** Characters of a web page within which its title stands. */
const HEAD_OF_PAGE = 20_000;

/** Characters of a message in which the key is looked for: more than are shown in the end. */
const MOST_LOOKED_AT = 20_000;

/** Takes the key out of a text; before a text is cut, for half a key is no longer found. */
type Redact = (text: string) => string;

/**
 * Reads the body of an answer that is an error.
 *
 * @param text the body as it came
 * @param redact applied to each text before it is cut, and once more to what is left of it
 */
export function readEnvelope(text: string, redact: Redact = (clean) => clean): Envelope {
	const trimmed = text.trim();
	const plain = (said: string): string => redact(plainMessage(redact(printableLines(said.slice(0, MOST_LOOKED_AT)))));
	if (trimmed === '') return { message: '', details: [], source: 'empty' };
	if (trimmed.startsWith('<')) return { message: plain(titleOf(redact(trimmed.slice(0, HEAD_OF_PAGE)))), details: [], source: 'html' };
	let body: unknown;
	try {
		body = JSON.parse(trimmed);
	} catch {
		// Cut off or plain text: the beginning may still help.
		return { message: plain(trimmed), details: [], source: 'unreadable' };
	}
	if (!isRecord(body)) return { message: plain(trimmed), details: [], source: 'unreadable' };
	const textOf = (value: unknown): string => plain(textIn(value));
	const { fault } = body;
	if (isRecord(fault)) {
		const code = isRecord(fault.detail) ? textOf(fault.detail.errorcode) : '';
		return { message: textOf(fault.faultstring), details: code === '' ? [] : [code], source: 'gateway' };
	}
	const message = [fault, body.message, body.error_description, body.error, body.errors, body.detail, body.title, body.reason]
		.map(textOf)
		.find((said) => said !== '');
	const isV2 = 'details' in body || 'status' in body || 'code' in body;
	return { message: message ?? '', details: detailsOf(body.details, textOf), source: isV2 ? 'v2' : 'v1' };
}

/** Without orders to a terminal and marks without a form, which would part a key; its lines stay lines. */
const printableLines = (text: string): string =>
	text
		.split(/[\r\n]/)
		.map(printable)
		.join('\n');

function detailsOf(details: unknown, textOf: (value: unknown) => string): string[] {
	if (!Array.isArray(details)) return [];
	const lines = details.slice(0, 1_000).map((detail) =>
		isRecord(detail)
			? Object.entries(detail)
					.filter(([name]) => !/stack|cause/i.test(name.slice(0, 100)))
					.map(([, value]) => textOf(value))
					.filter((value) => value !== '')
					.join(': ')
			: textOf(detail),
	);
	const named = [...new Set(lines.filter((line) => line !== ''))];
	const more = named.length - MOST_DETAILS;
	return more > 0 ? [...named.slice(0, MOST_DETAILS), `and ${more} more`] : named;
}

/** The title of a web page, or its first heading. Found without a regular expression, which a hostile page could make slow. */
function titleOf(html: string): string {
	const low = html.toLowerCase();
	for (const tag of ['title', 'h1']) {
		const opens = low.indexOf(`<${tag}`);
		const start = opens < 0 ? -1 : low.indexOf('>', opens) + 1;
		const end = start <= 0 ? -1 : low.indexOf('<', start);
		if (end > start) return html.slice(start, end);
	}
	return '';
}

/** A text, or the one that an error inside an error or a list of errors begins with. */
function textIn(value: unknown, depth = 0): string {
	if (typeof value === 'number') return String(value);
	if (typeof value === 'string') return value;
	if (depth > 2) return '';
	if (Array.isArray(value)) return textIn(value[0], depth + 1);
	return isRecord(value) ? textIn(value.message ?? value.description ?? value.error ?? value.detail, depth + 1) : '';
}
