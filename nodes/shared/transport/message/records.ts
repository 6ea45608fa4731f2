import { isRecord } from '../../runtime/isRecord';
import type { IDataObject } from 'n8n-workflow';

/**
 * Finds the records in a list answer. What has no list in it is not an empty one.
 *
 * @param name the list's name; without it the answer's only array is taken, or the answer itself where it is one
 * @returns the records, or in words why there are none to be found
 */
export function findRecords(body: unknown, name?: string): IDataObject[] | string {
	if (Array.isArray(body)) {
		return name === undefined ? recordsIn(body, 'a list') : `Keap's answer is a list by itself where a list called "${name}" was due`;
	}
	if (typeof body !== 'object' || body === null) return 'Keap answered without a list where one was due';
	const entries = Object.entries(body);
	const named = entries.find(([key]) => key === name)?.[1] as unknown;
	if (Array.isArray(named)) return recordsIn(named, `"${name}"`);
	if (named !== undefined) return `"${name}" in Keap's answer is not a list`;
	const lists = entries.filter(([, value]) => Array.isArray(value));
	const [only] = lists;
	if (name === undefined && lists.length === 1 && only) return recordsIn(only[1] as unknown[], `"${only[0]}"`);
	if (name === undefined && lists.length > 1) {
		return `Keap's answer has more than one list (${lists.map(([key]) => key).join(', ')}): name the one that is wanted`;
	}
	const others = entries.map(([key]) => key);
	return `Keap's answer has no list ${name === undefined ? '' : `"${name}" `}in it${others.length === 0 ? '' : `, only: ${others.slice(0, 10).join(', ')}`}`;
}

/**
 * The same for a list of which each row is known to be a record: whatever else stands in it would come out as one without anything
 * in it. A list that Keap calls by IDs (`automation_ids`) has these as its rows.
 *
 * @param name the list's name, where it is known what it holds
 */
export function recordsOf(body: unknown, name?: string): IDataObject[] | string {
	const found = findRecords(body, name);
	const rows: unknown = name === undefined || !isRecord(body) ? [] : body[name];
	const [what, isOther] = name?.endsWith('_ids') === true ? (['an ID', isNoId] as const) : (['a record', isNoRecord] as const);
	if (typeof found === 'string' || !Array.isArray(rows) || !rows.some(isOther)) return found;
	return `Keap's answer has something else than ${what} in "${String(name)}"`;
}

const isNoRecord = (row: unknown): boolean => !isRecord(row) || Object.keys(row).length === 0;
const isNoId = (row: unknown): boolean => typeof row !== 'number' && (typeof row !== 'string' || row.trim() === '');

function recordsIn(list: readonly unknown[], shown: string): IDataObject[] | string {
	return list.includes(null) ? `Keap's answer has an empty place (null) in ${shown}` : list.map(asRecord);
}

function asRecord(value: unknown): IDataObject {
	if (isRecord(value)) return value;
	return { value: value as IDataObject[string] };
}
