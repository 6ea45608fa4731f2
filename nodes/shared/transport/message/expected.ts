import { hasErrorBeside, isErrorBody } from './errorBody';
import { isRecord } from '../../runtime/isRecord';
import { findRecords } from './records';

/**
 * What an answer of success (2xx) has to be; one that is anything else proves nothing. In all cases but `file` it is JSON or
 * empty, and never an error.
 *
 * `{record}`: an object with at least one of these fields. `{list}`: a list under this name; without a name the only list of the
 * answer, or one that stands alone. `nothing`: no body, or a word of success or the record that it was about. `results`: an
 * object that says of each record what became of it, or no body. `number`, `text` (may be empty; no web page), and `file`: bytes,
 * of a file of this name. `anything`: JSON of any kind, or no body.
 */
export type Expected =
	| { readonly record: readonly string[] }
	| { readonly list: string | undefined }
	| { readonly file: string | undefined }
	| 'nothing'
	| 'results'
	| 'number'
	| 'text'
	| 'anything';

/** What is wrong with an answer of success. */
export interface Misfit {
	/**
	 * `unreadable`: no JSON, a web page, or no body where one was due. `error`: JSON that is an error of Keap or of something before it.
	 * `shape`: something else than the row knows. `status`: one of success that stands for no whole answer, see `problemOfStatus`.
	 */
	readonly kind: 'unreadable' | 'error' | 'shape' | 'status';
	/** What came, as a sentence without its end; empty for `unreadable`. */
	readonly what: string;
}

/**
 * Compares what came with what was expected.
 *
 * @param body the parsed JSON; null when there was no body
 * @param isConfirmed whether the status alone says that a write was carried out and that there is no body (204)
 */
export function misfitOf(body: unknown, expected: Expected, isConfirmed: boolean): Misfit | undefined {
	if (isErrorBody(body)) return { kind: 'error', what: "Keap's answer is an error" };
	if (typeof expected === 'object' && 'list' in expected && hasErrorBeside(body, expected.list))
		return { kind: 'error', what: "Keap's answer has an error beside its list, which may not be whole" };
	if (body === null && isConfirmed) return undefined;
	const what = problemOf(body, expected);
	return what === undefined ? undefined : { kind: 'shape', what };
}

function problemOf(body: unknown, expected: Expected): string | undefined {
	if (typeof expected === 'object') {
		if ('record' in expected)
			return hasOneOf(body, expected.record) ? undefined : `Keap's answer is not the record that was due: ${shown(body)}`;
		if (!('list' in expected)) return undefined;
		const found = findRecords(body, expected.list);
		return typeof found === 'string' ? found : undefined;
	}
	if (expected === 'nothing') return isConfirmation(body) ? undefined : `Keap's answer does not confirm it: ${shown(body)}`;
	if (expected === 'results') return body === null || isRecord(body) ? undefined : `Keap's answer has no results: ${shown(body)}`;
	if (expected === 'number') return isNumber(body) ? undefined : `Keap's answer is not a number: ${shown(body)}`;
	if (expected === 'text') return body === null || typeof body === 'string' ? undefined : `Keap's answer is not a text: ${shown(body)}`;
	return undefined;
}

const hasOneOf = (body: unknown, names: readonly string[]): boolean => isRecord(body) && names.some((name) => isPresent(body[name]));

const isPresent = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const isNumber = (body: unknown): boolean =>
	(typeof body === 'number' || (typeof body === 'string' && body.trim() !== '')) && Number.isFinite(Number(body));

const WORD_OF_SUCCESS = /^(ok|success|succeeded|successful|deleted|done|true|completed?|accepted)$/i;

/** Keap documents no body. What says "success", or is the record itself, is no contradiction; a list or anything else is. */
function isConfirmation(body: unknown): boolean {
	if (body === null || body === '' || body === true) return true;
	if (typeof body === 'string') return WORD_OF_SUCCESS.test(body.trim());
	if (!isRecord(body)) return false;
	if (Object.keys(body).length === 0 || isPresent(body.id)) return true;
	return Object.values(body).some((value) => value === true || (typeof value === 'string' && WORD_OF_SUCCESS.test(value)));
}

/** What came, in outline: the names of its fields, for their values may be personal. */
function shown(body: unknown): string {
	if (Array.isArray(body)) return 'it is a list';
	if (!isRecord(body)) return body === null ? 'it is empty' : `it is a ${typeof body}`;
	const names = Object.keys(body);
	return names.length === 0 ? 'it is an empty object' : `it has ${names.slice(0, 10).join(', ')}`;
}
