import { inner, ownOf } from '../../shared/runtime/isRecord';
import type { IDataObject } from 'n8n-workflow';

/** `object_keys[0][id]` and plain names; nothing that could reach an object's prototype. */
const NAME = /^[\w.-]{1,64}(\[[\w.-]{0,64}\]){0,4}$/;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The fields of a form-encoded text. Names with brackets become lists and objects, a name that comes more than once becomes
 * a list.
 *
 * @returns `undefined` for a text that is no form
 */
export function parseForm(text: string): IDataObject | undefined {
	const pairs = [...new URLSearchParams(text.trim())];
	const paths = pairs.map(([name]) => (NAME.test(name) ? name.replaceAll(']', '').split('[') : undefined));
	if (!text.includes('=') || paths.some((path) => path === undefined || path.some((part) => FORBIDDEN.has(part)))) return undefined;
	const fields: IDataObject = {};
	for (const [index, [, value]] of pairs.entries()) put(fields, paths[index] ?? [], value);
	return listed(fields) as IDataObject;
}

function put(into: IDataObject, [name = '', ...rest]: readonly string[], value: string): void {
	// `object_keys[]` stands for the next entry of the list.
	const key = name === '' ? String(Object.keys(into).length) : name;
	const there = ownOf(into, key);
	if (rest.length > 0) {
		const held = inner(there);
		into[key] = held;
		put(held, rest, value);
	} else if (there === undefined) into[key] = value;
	else into[key] = [there, value].flat() as IDataObject[string];
}

/** Objects whose keys are 0, 1, 2, … as lists. */
function listed(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(listed);
	const entries = Object.entries(value).map(([key, inner]) => [key, listed(inner)] as const);
	const isList = entries.length > 0 && entries.every(([key], index) => key === String(index));
	return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
