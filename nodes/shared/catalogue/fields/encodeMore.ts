import { BadInput, shown } from '../operation/badInput';
import { email, isEmpty, json, partsOf, text } from './encode';

/** Texts as a list, or with commas or line breaks between them. */
const textsIn = (raw: unknown): unknown[] => (isEmpty(raw) ? [] : partsOf(raw, /[,\n]+/));

/** Several texts, such as names; commas part them. `undefined` when there is none. */
export const texts = (raw: unknown): string[] | undefined => {
	const values = textsIn(raw)
		.map((part) => text()(part))
		.filter((part) => part !== undefined);
	return values.length === 0 ? undefined : values;
};

/** Several email addresses, each once. */
export const emails = (raw: unknown): string[] | undefined => {
	const values = textsIn(raw)
		.map((part) => email(typeof part === 'string' ? part.trim() : part))
		.filter((part) => part !== undefined);
	return values.length === 0 ? undefined : [...new Set(values)];
};

/** Text that Keap wants in Base64, such as the content of an email. */
export const base64 = (raw: unknown): string | undefined => {
	const value = text()(raw);
	return value === undefined ? undefined : Buffer.from(value, 'utf8').toString('base64');
};

/** The text in Keap's Base64; what is none comes back as it is. */
export function fromBase64(value: unknown): unknown {
	if (typeof value !== 'string' || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return value;
	return Buffer.from(value, 'base64').toString('utf8');
}

// Whole numbers, UUIDs and their like; a word is none.
const OPAQUE = /^(\d{1,19}|(?=.*\d)[A-Za-z0-9][A-Za-z0-9_-]{7,63})$/;

/** The id of a record of Keap's pipelines, whose form Keap does not document. */
export const opaqueId = (raw: unknown): string | undefined => {
	const value = typeof raw === 'number' ? String(raw) : text()(raw);
	if (value === undefined) return undefined;
	if (!OPAQUE.test(value)) {
		throw new BadInput(
			`is not the ID of a deal, note, pipeline or stage: ${shown(raw)}`,
			'Such an ID is a number, or letters and digits with hyphens. Keap gives it back as "id".',
		);
	}
	return value;
};

/** The address of a web page. @throws BadInput for anything else */
export const webAddress = (raw: unknown): string | undefined => {
	const address = text()(raw);
	if (address === undefined || (/^https?:\/\//i.test(address) && URL.canParse(address))) return address;
	throw new BadInput(`is not the address of a web page: ${shown(raw)}`, 'It starts with https:// or http://.');
};

/** JSON that must be a list. */
export const jsonList = (raw: unknown): unknown => {
	const value = json(raw);
	if (value !== undefined && !Array.isArray(value))
		throw new BadInput('must be a JSON list, not an object', 'It starts with [ and ends with ].');
	return value;
};
