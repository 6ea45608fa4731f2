/** What an answer says about an error, whichever of Keap's envelopes it came in. */
export interface Envelope {
	/** In Keap's words, without stack traces; empty when the answer has none. */
	message: string;
	/** Further points, each one line: fields, records. */
	details: string[];
	/** `html` and `unreadable` come from something between n8n and Keap, or from a Keap in trouble. */
	source: 'gateway' | 'v2' | 'v1' | 'html' | 'empty' | 'unreadable';
}

const LONGEST_MESSAGE = 500;
const MOST_DETAILS = 10;

/** A line of a Java stack, or the name of an exception before its message. */
const STACK_LINE = /^\s*(at\s+[\w$.<>/]+\(.*\)?|\.\.\. \d+ (more|common frames omitted).*|Caused by:.*|Suppressed:.*)\s*$/;
const EXCEPTION_NAME = /\b(?:[a-z][\w$]*\.){2,}[A-Z][\w$]*(?:Exception|Error)(?::\s*)?/g;

/** Takes Java's stack traces and exception names out of a message and bounds its length. */
export function plainMessage(text: string): string {
	const lines = text
		.replace(/\s+at\s+(?:[\w$]+\.)+[\w$<>]+\([^)]*\)/g, '\n')
		.split(/\r?\n/)
		.filter((line) => !STACK_LINE.test(line))
		.join(' ')
		.replace(EXCEPTION_NAME, '')
		.replace(/\s+/g, ' ')
		.trim();
	return lines.length > LONGEST_MESSAGE ? `${lines.slice(0, LONGEST_MESSAGE)}…` : lines;
}

/**
 * Reads the body of an answer that is an error.
 *
 * @param text the body as it came
 */
export function readEnvelope(text: string): Envelope {
	const trimmed = text.trim();
	if (trimmed === '') return { message: '', details: [], source: 'empty' };
	if (trimmed.startsWith('<')) return { message: htmlTitle(trimmed), details: [], source: 'html' };
	let body: unknown;
	try {
		body = JSON.parse(trimmed);
	} catch {
		// Cut off or plain text: what there is of it may still help.
		return { message: plainMessage(trimmed.slice(0, 2_000)), details: [], source: 'unreadable' };
	}
	if (!isRecord(body)) return { message: plainMessage(JSON.stringify(body)), details: [], source: 'unreadable' };
	if (isRecord(body.fault)) {
		const code = isRecord(body.fault.detail) ? textOf(body.fault.detail.errorcode) : '';
		return { message: textOf(body.fault.faultstring), details: code === '' ? [] : [code], source: 'gateway' };
	}
	const message = textOf(body.message) || textOf(body.error_description) || textOf(body.error);
	const isV2 = 'details' in body || 'status' in body || 'code' in body;
	return { message, details: detailsOf(body.details), source: isV2 ? 'v2' : 'v1' };
}

function detailsOf(details: unknown): string[] {
	if (!Array.isArray(details)) return [];
	const lines = details.map((detail) =>
		isRecord(detail)
			? Object.entries(detail)
					.filter(([name]) => !/stack|cause/i.test(name))
					.map(([, value]) => textOf(value))
					.filter((value) => value !== '')
					.join(': ')
			: textOf(detail),
	);
	const named = [...new Set(lines.filter((line) => line !== ''))];
	const more = named.length - MOST_DETAILS;
	return more > 0 ? [...named.slice(0, MOST_DETAILS), `and ${more} more`] : named;
}

function htmlTitle(html: string): string {
	const title = /<title[^>]*>([^<]*)<\/title>/i.exec(html) ?? /<h1[^>]*>([^<]*)<\/h1>/i.exec(html);
	return plainMessage(title?.[1] ?? '');
}

function textOf(value: unknown): string {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? plainMessage(value) : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
