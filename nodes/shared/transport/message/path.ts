import { Repeated } from './repeated';
import type { KeapQuery } from './types';

/** All of Keap's REST API lies under here; the key is never sent to any other path. */
const API_ROOT = '/crm/rest/';
const LONGEST_VALUE = 200;

/** A value or path that can't be sent; `parameter` names it. */
export class BadPath extends Error {
	constructor(
		message: string,
		readonly parameter?: string,
	) {
		super(message);
	}
}

/**
 * Puts values into a path template, each encoded as one segment.
 *
 * @param template `/crm/rest/v2/contacts/{contact_id}`
 * @param values one for each `{name}`; trimmed first
 * @returns the path, encoded
 * @throws BadPath for a value that is empty, too long or could leave its segment, and for a path outside the API
 */
export function buildPath(template: string, values: Readonly<Record<string, string | number>> = {}): string {
	const path = template.replace(/\{([^{}]*)\}/g, (_whole, name: string) => segment(name, values[name]));
	if (!path.startsWith(API_ROOT)) throw new BadPath(`The path has to begin with ${API_ROOT}`);
	if (!isPlain(path)) {
		throw new BadPath(
			`The path ${JSON.stringify(path.slice(0, LONGEST_VALUE))} has characters or segments that a path of Keap never has (.., //, \\, ?, # or spaces). Put the query into its own field`,
		);
	}
	return path;
}

function segment(name: string, value: string | number | undefined): string {
	const text = value === undefined ? '' : String(value).trim();
	const bad = (what: string) => new BadPath(`The value for "${name}" ${what}`, name);
	if (text === '') throw bad('is empty');
	if (text.length > LONGEST_VALUE) throw bad(`is longer than ${LONGEST_VALUE} characters`);
	if (text === '.' || text === '..' || /[/\\\p{Cc}]/u.test(text)) {
		throw bad(`(${JSON.stringify(text.slice(0, 60))}) is not an id: it must not contain slashes or control characters`);
	}
	return encoded(text, `The value for "${name}"`, name);
}

/** What nearly all paths consist of: nothing in them can be normalised or decoded. */
const PLAINEST = /^(\/[A-Za-z0-9_~:-]+)+$/;

/** Whether a server reads the path as it stands: nothing that normalising would change, now or after decoding. */
function isPlain(path: string): boolean {
	if (PLAINEST.test(path)) return true;
	let decoded: string;
	try {
		decoded = decodeURIComponent(path);
		if (new URL(path, 'https://localhost').pathname !== path) return false;
	} catch {
		return false;
	}
	if (/[\\\p{Cc}]/u.test(decoded) || /%2f/i.test(path)) return false;
	return path
		.slice(1)
		.split('/')
		.every((part, index, parts) => (part !== '' || index === parts.length - 1) && !/^(\.|%2e){1,2}$/i.test(part));
}

/**
 * Writes a query string, percent-encoded once (spaces as %20: not every gateway reads `+`).
 *
 * @returns `?a=1&b=2`, or an empty text
 * @throws BadPath for a value that is not text, number or boolean
 */
export function buildQuery(query: KeapQuery = {}): string {
	const pairs: string[] = [];
	for (const [name, value] of Object.entries(query)) {
		if (value === undefined || value === null) continue;
		if (value instanceof Repeated) {
			const what = `The query parameter "${name}"`;
			pairs.push(...value.values.map((one) => `${encoded(name, 'A query parameter', name)}=${encoded(one, what, name)}`));
			continue;
		}
		if (typeof value === 'object' && !Array.isArray(value)) {
			throw new BadPath(`The query parameter "${name}" has to be text, a number, true or false, or a list of these`, name);
		}
		if (typeof value === 'number' && !Number.isFinite(value)) {
			throw new BadPath(`The query parameter "${name}" is not a number`, name);
		}
		const text = Array.isArray(value) ? value.join(',') : String(value);
		if (Array.isArray(value) && value.length === 0) continue;
		pairs.push(`${encoded(name, 'A query parameter', name)}=${encoded(text, `The query parameter "${name}"`, name)}`);
	}
	return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function encoded(text: string, what: string, name: string): string {
	if (/\p{Surrogate}/u.test(text)) throw new BadPath(`${what} contains half a character (a broken emoji, for example)`, name);
	return encodeURIComponent(text);
}
