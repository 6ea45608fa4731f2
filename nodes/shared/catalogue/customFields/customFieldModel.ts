import type { IDataObject } from 'n8n-workflow';

import { listOf } from '../../runtime/listOf';
import { cachedLookup, type KeapContext, keapRequest } from '../../transport';
import * as encode from '../fields/encode';
import { BadInput, ofParameter, shown } from '../operation/badInput';
import type { CustomFieldModel } from '../operation/types';
import { ownOf } from '../../runtime/isRecord';

/** A custom field as the account defines it. Keap calls the model "custom field metadata". */
export interface CustomField {
	readonly id: string;
	readonly label: string;
	/** Keap's own name for it, which filters take; labels may be changed, names stay. */
	readonly fieldName?: string;
	/** Keap's type, such as `TEXT` or `DROPDOWN`. */
	readonly type: string;
	/** The labels a choice may have; empty for free values. */
	readonly choices: readonly CustomFieldChoice[];
}

export interface CustomFieldChoice {
	readonly id: string;
	readonly label: string;
}

/** The account's custom fields of one kind of record, in Keap's order; one call, then none for a minute. */
export async function readCustomFields(context: KeapContext, { path }: CustomFieldModel): Promise<CustomField[]> {
	return await cachedLookup(context, path, async () => {
		const { body } = await keapRequest<IDataObject>(context, { method: 'GET', path, expects: { list: 'custom_fields' } });
		const found = listOf(body.custom_fields);
		return found.map(({ id, label, field_name: name, field_type: type, options }) => ({
			id: String(id),
			label: typeof label === 'string' && label !== '' ? label : `Field ${String(id)}`,
			...(typeof name === 'string' && name !== '' && { fieldName: name }),
			type: String(type),
			choices: Array.isArray(options)
				? (options as IDataObject[]).map((choice) => ({ id: String(choice.id), label: String(choice.label ?? choice.id) }))
				: [],
		}));
	});
}

/**
 * Finds a custom field by its id or, without regard to case, by its label or by Keap's own name for it.
 * @param parameter what the errors name
 * @throws BadInput where there is none, or more than one
 */
export function findCustomField(fields: readonly CustomField[], name: string, parameter = 'Custom Fields'): CustomField {
	const wanted = name.trim().toLowerCase();
	const labelled = fields.filter(({ id, label }) => id === wanted || label.toLowerCase() === wanted);
	const found = labelled.length > 0 ? labelled : fields.filter(({ fieldName }) => fieldName?.toLowerCase() === wanted);
	const exact = found.find(({ id }) => id === wanted) ?? found[0];
	if (exact === undefined) {
		throw new BadInput(
			`has no field ${shown(name)} in this Keap account`,
			`The account's custom fields are: ${fields.map(({ label }) => label).join(', ') || 'none'}. A field that was made a minute ago may take a moment to appear.`,
			parameter,
		);
	}
	// Refused rather than guessed: nobody would notice a value in the wrong field.
	if (exact.id !== wanted && found.length > 1) {
		throw new BadInput(
			`has more than one field ${shown(name)} in this Keap account`,
			`Name it by its ID: ${found.map(({ id }) => id).join(' or ')}.`,
			parameter,
		);
	}
	return exact;
}

/** How the types of Keap's custom fields are written. Types that are not listed are text. */
const WRITTEN: Readonly<Record<string, (raw: unknown) => unknown>> = {
	CURRENCY: encode.number(),
	DATE: encode.day,
	DATE_TIME: encode.moment,
	DECIMAL_NUMBER: encode.number(),
	EMAIL: encode.email,
	PERCENT: encode.number(),
	USER: encode.recordId,
	WHOLE_NUMBER: encode.number({ whole: true }),
	YEAR: encode.number({ whole: true }),
	YES_NO: yesOrNo,
};

/** A switch, which Keap's own exports write as Yes or No. */
export function yesOrNo(raw: unknown): unknown {
	const word = typeof raw === 'string' ? raw.trim().toLowerCase() : '';
	return word === 'yes' || word === 'no' ? word === 'yes' : encode.boolean(raw);
}

/** Types that hold several choices. */
export const SEVERAL: ReadonlySet<string> = new Set(['LIST_BOX', 'USER_LIST_BOX']);

/** A value in the form Keap keeps it for this field; `undefined` when nothing is given. @throws BadInput */
export function encodeCustomField(field: CustomField, raw: unknown): unknown {
	try {
		if (SEVERAL.has(field.type)) return encodeSeveral(field, raw);
		return field.choices.length > 0 && field.type !== 'YES_NO'
			? encodeChoice(field, raw)
			: (ownOf(WRITTEN, field.type) ?? encode.text(65_535))(raw);
	} catch (error) {
		throw ofParameter(error, `Custom Fields > ${field.label}`);
	}
}

function encodeSeveral(field: CustomField, raw: unknown): unknown {
	if (encode.isEmpty(raw)) return undefined;
	const parts = labelsIn(field, encode.partsOf(raw, /,/));
	const chosen = parts
		.map((part) => (field.choices.length > 0 ? encodeChoice(field, part) : encode.text()(part)))
		.filter((part) => part !== undefined);
	return chosen.length === 0 ? undefined : [...new Set(chosen)];
}

/** Puts labels together again that have commas of their own: "Rolls, sweet" is one choice where there is such a one. */
function labelsIn({ choices }: CustomField, parts: readonly unknown[]): unknown[] {
	const words = parts.map((part) => (typeof part === 'string' ? part.trim().toLowerCase() : undefined));
	const labels = choices
		.map(({ label }) => ({
			label,
			words: label
				.toLowerCase()
				.split(',')
				.map((word) => word.trim()),
		}))
		.filter((one) => one.words.length > 1);
	const put: unknown[] = [];
	for (let at = 0; at < parts.length;) {
		const whole = labels.find((one) => one.words.every((word, index) => words[at + index] === word));
		put.push(whole?.label ?? parts[at]);
		at += whole?.words.length ?? 1;
	}
	return put;
}

/** Keap keeps the label of a choice. Its id is understood too. */
export function encodeChoice({ choices }: CustomField, raw: unknown): unknown {
	const wanted = encode.text()(raw);
	if (wanted === undefined) return undefined;
	const choice = choices.find(({ label }) => label.toLowerCase() === wanted.toLowerCase()) ?? choices.find(({ id }) => id === wanted);
	if (choice === undefined)
		throw new BadInput(`has no option ${shown(wanted)}`, `Its options are: ${choices.map(({ label }) => label).join(', ')}.`);
	return choice.label;
}
