import { type IDataObject, NodeApiError } from 'n8n-workflow';

import { httpCodeOf } from '../../transport';
import { encodeCustomField, readCustomFields } from '../customFields/customFieldModel';
import { email } from '../fields/encode';
import type { Call, Work } from '../operation/types';

/** An entry of a list that goes back to Keap as Keap has it, because the list is written as a whole. */
export interface Kept {
	/** Keap's name of the list. */
	readonly list: string;
	/** Where it stands in the list that is sent. */
	readonly index: number;
	readonly slot: string;
	readonly entry: IDataObject;
}

/**
 * The error of a refused update, with the entry named that Keap had already and does not take back: Keap never checked what it
 * stored years ago, but checks what it is sent. Other errors pass unchanged.
 */
export async function explained(error: unknown, work: Work, call: Call, kept: readonly Kept[]): Promise<unknown> {
	const code = httpCodeOf(error);
	if (!(error instanceof NodeApiError) || kept.length === 0 || (code !== 400 && code !== 422)) return error;
	const text = `${error.message} ${error.description ?? ''}`;
	const labels = await labelsOf(work, call, kept);
	const named = kept.filter((one) => isNamed(one, text));
	const refused = named.length > 0 ? named : kept.filter((one) => labels.unfit.has(one) || isUnfit(one));
	if (refused.length === 0) return error;
	const names = refused.map((one) => `${labels.names.get(one) ?? one.slot} (${valueOf(one)})`).join(', ');
	const it = refused.length === 1 ? 'it' : 'them';
	error.description = [
		`Keap had ${names} already and does not take ${it} back. Keap replaces such a list as a whole, so the entries that you do not mention are sent again as they are.`,
		refused.some(({ list }) => list === 'custom_fields')
			? `Give the field a value that Keap takes, or name it under Custom Fields to Clear.`
			: `Give a new entry for ${refused.map(({ slot }) => slot).join(', ')}, or correct ${it} in Keap. Existing List Entries > Remove would send only the entries that you give.`,
		error.description ?? '',
	]
		.join(' ')
		.trim();
	return error;
}

const VALUES = ['email', 'number', 'name', 'content', 'region', 'line1'] as const;

const valueOf = ({ entry }: Kept): string => {
	const value = VALUES.map((key) => entry[key]).find((one) => one !== undefined);
	return typeof value === 'string' ? value : JSON.stringify(value ?? entry);
};

/** Whether Keap's words point to an entry: by its place in the list, or by its value. */
function isNamed({ list, index, entry }: Kept, text: string): boolean {
	if (text.includes(`${list}[${index}]`)) return true;
	return VALUES.some((key) => typeof entry[key] === 'string' && entry[key].length > 3 && text.includes(entry[key]));
}

/** Whether an entry breaks a rule of Keap's that we know. */
function isUnfit({ list, entry }: Kept): boolean {
	if (list === 'email_addresses') return isRefused(() => email(entry.email));
	if (list !== 'addresses') return false;
	return (entry.region !== undefined || entry.region_code !== undefined) && entry.country_code === undefined;
}

function isRefused(check: () => unknown): boolean {
	try {
		check();
		return false;
	} catch {
		return true;
	}
}

/** How custom fields are called in the account, and which kept values their fields no longer take. */
async function labelsOf(
	{ context }: Work,
	{ operation }: Call,
	kept: readonly Kept[],
): Promise<{ names: Map<Kept, string>; unfit: Set<Kept> }> {
	const names = new Map<Kept, string>();
	const unfit = new Set<Kept>();
	const custom = kept.filter(({ list }) => list === 'custom_fields');
	if (custom.length === 0 || operation.customFields === undefined) return { names, unfit };
	// The error that is to be explained counts more than one of the look-up.
	const fields = await readCustomFields(context, operation.customFields).catch(() => []);
	for (const one of custom) {
		const field = fields.find(({ id }) => id === one.slot);
		if (field === undefined) continue;
		names.set(one, field.label);
		if (isRefused(() => encodeCustomField(field, one.entry.content))) unfit.add(one);
	}
	return { names, unfit };
}
