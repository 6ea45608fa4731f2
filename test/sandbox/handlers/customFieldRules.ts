import { isIsoDate } from '../contract/schema';
import { badRequest } from '../errors';
import type { RecordStore } from '../store/recordStore';
import type { KeapRecord } from '../types';

type Content = { id?: string; content?: unknown };

interface TypeRule {
	accepts: (content: unknown) => boolean;
	called: string;
}

export const isEmail = (text: unknown): boolean => typeof text === 'string' && /^[^\s@,;<>"]+@[^\s@,;<>".]+(\.[^\s@,;<>".]+)+$/.test(text);

const NUMBER: TypeRule = { accepts: (content) => typeof content === 'number', called: 'a number' };
const WHOLE: TypeRule = { accepts: Number.isInteger, called: 'a whole number' };
const TEXT: TypeRule = {
	accepts: (content) => typeof content === 'string' && content.length <= 65_535,
	called: 'a text of at most 65,535 characters',
};

const TYPE_RULES: Readonly<Record<string, TypeRule>> = {
	CURRENCY: NUMBER,
	DECIMAL_NUMBER: NUMBER,
	PERCENT: NUMBER,
	WHOLE_NUMBER: WHOLE,
	YEAR: WHOLE,
	DATE: { accepts: (content) => typeof content === 'string' && isIsoDate(content), called: 'an ISO 8601 date' },
	DATE_TIME: { accepts: (content) => typeof content === 'string' && isIsoDate(content, 'always'), called: 'an ISO 8601 date and time' },
	EMAIL: { accepts: isEmail, called: 'an e-mail address' },
	YES_NO: { accepts: (content) => typeof content === 'boolean' || content === 0 || content === 1, called: 'true or false' },
};

/** Types whose content is chosen from the field's options, and whether several may be chosen. */
export const CHOICES: Readonly<Record<string, 'one' | 'several'>> = { DROPDOWN: 'one', RADIO: 'one', LIST_BOX: 'several' };

/** The labels of the chosen options: Keap takes an option by label or by id, several as a list or comma-separated. */
function chosenLabels(field: KeapRecord, content: unknown, at: string): unknown {
	const options = (field.options ?? []) as Array<{ id?: string; label: string }>;
	const labelOf = (choice: unknown) => {
		const option = options.find(({ id, label }) => label === choice || (id !== undefined && id === choice));
		if (!option)
			throw badRequest(
				`${at}: ${String(field.label)} has no option ${JSON.stringify(choice)}; known are ${options.map(({ label }) => label).join(', ')}`,
				at,
			);
		return option.label;
	};
	if (CHOICES[String(field.field_type)] === 'one') return labelOf(content);
	const choices = typeof content === 'string' ? content.split(',') : content;
	if (!Array.isArray(choices)) throw badRequest(`${at}: ${String(field.label)} must be a list of options`, at);
	return choices.map(labelOf);
}

/**
 * Holds custom field values to the account's model and gives them as Keap stores them; a content of null or '' clears.
 * @throws ApiError 400 that names the entry, the field's label and what it takes.
 */
export function checkedCustomFields(list: readonly Content[], model: RecordStore): Content[] {
	const seen = new Set<string>();
	return list.flatMap(({ id, content }, index) => {
		const at = `custom_fields[${index}]`;
		const field = id === undefined ? undefined : model.get(id);
		if (!field) throw badRequest(`${at}.id: there is no custom field ${id ?? '(missing)'}`, `${at}.id`);
		if (seen.has(field.id)) throw badRequest(`${at}.id: custom field ${field.id} is given twice`, `${at}.id`);
		seen.add(field.id);
		if (content === null || content === '' || content === undefined) return [];
		const type = String(field.field_type);
		if (CHOICES[type]) return [{ id: field.id, content: chosenLabels(field, content, `${at}.content`) }];
		const rule = TYPE_RULES[type] ?? TEXT;
		if (!rule.accepts(content))
			throw badRequest(`${at}.content: ${String(field.label)} must be ${rule.called}, not ${JSON.stringify(content)}`, `${at}.content`);
		return [{ id: field.id, content }];
	});
}
