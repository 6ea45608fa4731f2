import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

/** Characters of a fingerprint: 72 bits, so that among a hundred thousand no two changes are taken for one. */
export const FINGERPRINT = 12;

const isTimeName = (name: string): boolean => name.toLowerCase().replaceAll(/[_-]/g, '') === 'timestamp';

const entriesOf = (value: unknown): Array<[string, unknown]> => (typeof value === 'object' && value !== null ? Object.entries(value) : []);

/** Whether a time stands in it, however deep: tag events have one for each contact. */
const hasTime = (value: unknown): boolean =>
	entriesOf(value).some(([name, inner]) => (isTimeName(name) && inner !== undefined && inner !== null && inner !== '') || hasTime(inner));

const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/;

/** A moment in one form, however it is written: `.000Z`, `Z` and `+0000` are the same. Other texts stay as they are. */
function oneForm(value: string): string {
	const [, day, time, fraction = '', zone = 'Z'] = MOMENT.exec(value) ?? [];
	if (day === undefined || time === undefined) return value;
	const at = Date.parse(`${day}T${time}${zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`);
	return Number.isNaN(at) ? value : `${at / 1_000}.${fraction.replace(/0+$/, '')}`;
}

/** A time may be milliseconds since 1970, too. */
const timeOf = (value: unknown): unknown =>
	typeof value === 'number' && Math.abs(value) < 8.64e15 ? oneForm(new Date(value).toISOString()) : value;

/** The same with fields in order and moments in one form, and without times if wanted. */
function canonical(value: unknown, timeless: boolean): unknown {
	if (typeof value === 'string') return oneForm(value);
	if (Array.isArray(value)) return value.map((inner) => canonical(inner, timeless));
	if (typeof value !== 'object' || value === null) return value;
	const wanted = entriesOf(value).filter(([name]) => !timeless || !isTimeName(name));
	const sorted = wanted.sort(([one], [other]) => (one < other ? -1 : 1));
	return Object.fromEntries(sorted.map(([name, inner]) => [name, canonical(isTimeName(name) ? timeOf(inner) : inner, timeless)]));
}

/**
 * What is the same for a change that comes again, and different for any other.
 *
 * @param what `delivery`: the same change sent again; `record`: another change of the same record counts as the same
 * @returns `undefined` when a duplicate and a new change look alike: without a time, each may be a change of its own
 */
export function fingerprintOf(item: IDataObject, what: 'delivery' | 'record'): string | undefined {
	if (what === 'delivery' && !hasTime(item)) return undefined;
	const text = JSON.stringify(canonical(item, what === 'record'));
	return createHash('sha256').update(text).digest('base64url').slice(0, FINGERPRINT);
}
