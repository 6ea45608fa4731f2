/**
 * What stands in a call in place of an ID that Keap has still to be asked for: a contact by its email address. It is a text, so that
 * it goes wherever an ID goes: into a path, a filter, a list. The router puts the ID in its place before anything is sent.
 */

/** Signs of Unicode's private use, which no text has that people mean. */
const [BEGIN, END, NUMBER] = ['\uE000', '\uE001', '\uE002'];

const ALL = new RegExp(`${BEGIN}${NUMBER}?([^${END}]*)${END}`, 'g');
const WHOLE = new RegExp(`^${BEGIN}(${NUMBER}?)([^${END}]*)${END}$`);

/** @param text what the record is known by, with the name of its kind before it: `contact ada@example.com` */
export const referenceTo = (text: string): string => `${BEGIN}${text}${END}`;

export const isReference = (value: unknown): value is string => typeof value === 'string' && WHOLE.test(value);

/** The same for a field that Keap wants as a number. */
export const asNumberLater = (reference: string): string => reference.replace(BEGIN, `${BEGIN}${NUMBER}`);

/** Lists and plain objects; a date, a file or an amount has no references in it. */
const isPlain = (value: unknown): value is object =>
	typeof value === 'object' && value !== null && (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);

/** The texts of all references in a value, however deep. */
export function referencesIn(value: unknown): string[] {
	if (typeof value === 'string') return [...value.matchAll(ALL)].map(([, text = '']) => text);
	return isPlain(value) ? Object.values(value).flatMap(referencesIn) : [];
}

/** The value with the IDs in place of the references. */
export function withIds(value: unknown, ids: ReadonlyMap<string, string>): unknown {
	if (typeof value === 'string') {
		const [, number = '', whole] = WHOLE.exec(value) ?? [];
		if (whole !== undefined && number !== '') return Number(ids.get(whole));
		return value.replace(ALL, (_all, text: string) => ids.get(text) ?? '');
	}
	if (!isPlain(value) || referencesIn(value).length === 0) return value;
	if (!Array.isArray(value)) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withIds(inner, ids)]));
	const all = value.map((inner: unknown) => withIds(inner, ids));
	// Two references may mean one record: a list of IDs has each once.
	return value.some(isReference) ? [...new Set(all)] : all;
}
