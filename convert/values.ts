import type { Form } from './types';

/** n8n's expressions begin with an equals sign. */
export const isExpression = (value: unknown): value is `=${string}` => typeof value === 'string' && value.startsWith('=');

/** Nothing was filled in: the older node's numbers stand at 0 until they are. */
export const isBlank = (value: unknown): boolean =>
	value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** A value in its new form, and what a person has to look at, if anything. */
export interface Converted {
	readonly value: unknown;
	readonly look?: string;
}

/** @returns `undefined` where nothing was filled in */
export function converted(value: unknown, form: Form = 'same'): Converted | undefined {
	if (isBlank(value)) return undefined;
	if (typeof form !== 'string') return chosen(value, form);
	return FORMS[form](value);
}

const FORMS: Readonly<Record<Extract<Form, string>, (value: unknown) => Converted | undefined>> = {
	same: (value) => ({ value }),
	record: picked,
	ids: (value) => ({ value: isExpression(value) ? value : [value].flat().join(', ') }),
	text: decoded,
	isPublic: (value) => {
		if (isExpression(value)) return { value, look: 'the expression has to give true for public and false for private' };
		return value === 'both' ? undefined : { value: value === 'public' };
	},
};

/** A record by its ID. Several can't be picked in one field. */
function picked(value: unknown): Converted | undefined {
	const ids = isExpression(value)
		? [value]
		: [value]
				.flat()
				.flatMap((one) => String(one).split(','))
				.map((one) => one.trim())
				.filter((one) => one !== '');
	const [id = '0'] = ids;
	if (id === '0') return undefined;
	const locator = { __rl: true, mode: 'id', value: id };
	if (ids.length === 1) return { value: locator };
	return { value: locator, look: `takes one at a time: copy the node for ${ids.slice(1).join(', ')}` };
}

function chosen(value: unknown, values: Readonly<Record<string, string>>): Converted {
	if (isExpression(value)) return { value, look: `the expression has to give one of ${Object.values(values).join(', ')}` };
	const known = values[String(value)];
	return known === undefined ? { value, look: `"${String(value)}" is not known: choose anew` } : { value: known };
}

/** Keap's version 1 wanted Base64; ours takes the text and encodes it. */
function decoded(value: unknown): Converted {
	const text = String(value);
	if (isExpression(text)) return { value: text, look: 'takes plain text or HTML now: leave out what encodes it in Base64' };
	const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0 && text.length > 0;
	return isBase64 ? { value: Buffer.from(text, 'base64').toString('utf8'), look: 'was Base64 and is plain text now' } : { value: text };
}
