import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../runtime/isRecord';
import type { Call } from '../operation/types';
import { isSimplified, OUTPUT } from '../output/parameters';

/** Longer lists of IDs are only counted. */
const MOST_IDS = 10;
/** An answer with no more fields than this is short as it is. */
const FEW = 6;
/** Longer values are not repeated to the agent, which has just given them. */
const LONGEST = 120;

const NAMES = ['name', 'title', 'subject', 'display_name', 'company_name', 'label', 'email', 'key'] as const;
/** What Keap works out by itself, and a conversation goes on with. */
const RESULTS = ['status', 'total', 'total_due', 'amount', 'invoice_id', 'order_id', 'contact_id'] as const;

/**
 * What an agent reads of a write: which record, its name, and what was changed. The record as a whole would cost as much as reading it,
 * and the IDs are those that the agent has given.
 */
export function shortWrite({ body, values }: Pick<Call, 'body' | 'values'>, answer: IDataObject): IDataObject {
	// The main email address is put among the others later.
	const sent = { ...body, ...(isText(values.email) && { email: values.email }) };
	if (Object.keys(answer).length === 0) return { success: true, ...changedBy(sent) };
	const { id } = answer;
	// Whoever has chosen another output wants the record.
	if (id === undefined || Object.keys(answer).length <= FEW || (values[OUTPUT] !== undefined && !isSimplified({ values })))
		return withCountedIds(answer);
	const person = [answer.given_name, answer.family_name].filter(isText).join(' ');
	const name = [person, ...NAMES.map((key) => answer[key])].find(isText);
	const results = Object.fromEntries(RESULTS.filter((key) => isPlain(answer[key])).map((key) => [key, answer[key]]));
	return { id, ...(name !== undefined && { name }), ...results, ...changedBy(sent) };
}

/** The fields that were sent, with their values where these are short. */
function changedBy(body: IDataObject): IDataObject {
	const changed = Object.entries(body).map(([key, value]): [string, unknown] => [key, isShort(value) ? (value ?? null) : 'as given']);
	return changed.length === 0 ? {} : { changed: Object.fromEntries(changed) as IDataObject };
}

/** Lists of IDs in an answer, counted where they are long. */
function withCountedIds(answer: IDataObject): IDataObject {
	const counted = Object.entries(answer).map(([key, value]) => {
		if (!Array.isArray(value) || value.length <= MOST_IDS || value.some((one) => isRecord(one))) return [key, value] as const;
		return [key, `${value.length} in all`] as const;
	});
	return Object.fromEntries(counted) as IDataObject;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isPlain = (value: unknown): boolean => isText(value) || typeof value === 'number';
const isShort = (value: unknown): boolean => (JSON.stringify(value) ?? '').length <= LONGEST;
