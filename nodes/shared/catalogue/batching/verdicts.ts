import { isRecord } from '../../runtime/isRecord';
import type { IDataObject } from 'n8n-workflow';

import { printable } from '../../runtime/printable';
import { markInDoubt } from '../../transport';

/** What an answer says of one id: done, not done, or nothing that can be understood. */
type Verdict = { readonly kind: 'done' | 'failed' | 'unclear'; readonly words: string };

// Keap's words for a result are not documented. SUCCESS, DUPLICATE, TAG_ID_NOT_FOUND and CONTACT_NOT_FOUND were seen in v1.
const DONE = new Set(
	'accepted added already applied assigned completed created done duplicate ok queued removed scheduled sent started succeeded success successful successfully true updated'.split(
		' ',
	),
);
const FAILED = new Set(
	'cannot conflict deleted denied error errors exception expired fail failed fails failure false forbidden inactive invalid missing never no none not nothing refused rejected unable unauthorized unknown unsuccessful'.split(
		' ',
	),
);
const UNCLEAR = new Set('partial partially pending skipped maybe'.split(' '));
/** Turn the word behind them around: "not applied". */
const DENYING = new Set(['never', 'no', 'not']);

/** Fields of a result that give the verdict itself, the first that is there. */
const VERDICT_FIELDS = ['status', 'result', 'outcome', 'state', 'code', 'message'] as const;
/** Fields that hold a reason, for people. */
const REASON_FIELDS = ['message', 'error', 'reason', 'detail', 'description', 'status', 'result', 'code'] as const;

/**
 * Reads what became of each id that a call was made for. Understood are no answer at all (the status says it), a map from id to
 * word or object, the same without the documented name around it, a list of objects that name their id, a map from word to ids,
 * and one verdict for all. What an answer with words in it does not confirm is in doubt: it is not success.
 *
 * @param name what Keap documents the map to be called
 * @returns Keap's word for each id that was done; an error for each other, marked as in doubt where it may have been done
 */
export function verdictsOf(body: unknown, name: string, ids: readonly string[]): Map<string, string | Error> {
	const answer = isRecord(body) ? body : {};
	const saysNothing = Object.values(answer).every((value) => isRecord(value) && Object.keys(value).length === 0);
	if (saysNothing) return new Map(ids.map((id) => [id, 'SUCCESS']));
	const forAll = judgeObject(answer);
	const places = [answer[name], answer, ...Object.values(answer)];
	const place = places.find((one) => ids.some((id) => find(one, id) !== undefined));
	return new Map(
		ids.map((id) => {
			const verdict = place === undefined ? forAll : find(place, id);
			return [id, verdict === undefined ? inDoubt('Keap did not confirm it') : resultOf(verdict)];
		}),
	);
}

function resultOf({ kind, words }: Verdict): string | Error {
	const said = printable(words).slice(0, 200);
	if (kind === 'done') return said;
	if (kind === 'failed') return new Error(said);
	return inDoubt(said === '' ? 'Keap did not confirm it' : `Keap did not confirm it: it says ${said}`);
}

function inDoubt(message: string): Error {
	const error = new Error(message);
	markInDoubt(error, 'harmful');
	return error;
}

/** What `place` says of the id; undefined where it does not name it. */
function find(place: unknown, id: string): Verdict | undefined {
	if (Array.isArray(place)) {
		const objects = place.filter(isRecord);
		const names = (one: IDataObject): boolean =>
			Object.entries(one).some(([key, value]) => /id$/i.test(key) && same(value, id) && !isShared(objects, key));
		const entry = objects.find(names);
		return entry === undefined ? undefined : judgeObject(entry);
	}
	if (!isRecord(place)) return undefined;
	if (Object.hasOwn(place, id)) return judge(place[id]);
	const word = Object.keys(place).find((key) => Array.isArray(place[key]) && place[key].some((value) => same(value, id)));
	return word === undefined ? undefined : judgeWords(word);
}

/** An ID that all objects of a list have, such as that of the tag, names none of them. */
const isShared = ([first, ...others]: readonly IDataObject[], key: string): boolean =>
	others.length > 0 && others.every((one) => key in one && String(one[key]) === String(first?.[key]));

const same = (value: unknown, id: string): boolean => (typeof value === 'string' || typeof value === 'number') && String(value) === id;

function judge(value: unknown): Verdict {
	if (isRecord(value)) return judgeObject(value);
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return judgeWords(String(value));
	return { kind: 'unclear', words: JSON.stringify(value) ?? '' };
}

function judgeObject(result: IDataObject): Verdict {
	const reason = REASON_FIELDS.map((name) => result[name]).find((value) => typeof value === 'string' && value !== '');
	const words = typeof reason === 'string' ? reason : JSON.stringify(result);
	if (result.success === false || isFilled(result.error) || isFilled(result.errors)) return { kind: 'failed', words };
	if (result.success === true) return { kind: 'done', words };
	const field = VERDICT_FIELDS.find((name) => isFilled(result[name]));
	return field === undefined ? { kind: 'unclear', words } : { ...judge(result[field]), words };
}

function judgeWords(said: string): Verdict {
	const words = printable(said.slice(0, 500));
	if (/^\d+$/.test(words.trim())) {
		const code = Number(words);
		return { kind: code >= 200 && code < 300 ? 'done' : code >= 400 ? 'failed' : 'unclear', words };
	}
	const parts = words.toLowerCase().split(/[^a-z]+/);
	const isDone = parts.some((part, index) => DONE.has(part) && !DENYING.has(parts[index - 1] ?? ''));
	const isFailed = parts.some((part) => FAILED.has(part));
	// "Sent, 0 failed" may mean either: what was sent must not be sent again.
	if (isFailed) return { kind: isDone ? 'unclear' : 'failed', words };
	return { kind: isDone && !parts.some((part) => UNCLEAR.has(part)) ? 'done' : 'unclear', words };
}

function isFilled(value: unknown): boolean {
	if (value === undefined || value === null || value === '' || value === false) return false;
	return typeof value !== 'object' || Object.keys(value).length > 0;
}
