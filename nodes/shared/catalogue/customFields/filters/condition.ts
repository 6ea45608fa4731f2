import * as encode from '../../fields/encode';
import { momentInZone } from '../../fields/zone';
import { BadInput, ofParameter, shown } from '../../operation/badInput';
import { type CustomField, encodeChoice, yesOrNo } from '../customFieldModel';
import { filterKind, type FilterOperator, OPERATOR_WORDS, operatorName, OPERATORS } from './filterKinds';

/**
 * One condition of Keap's filter on a custom field: `favoritecolor==red`.
 * @param zone the workflow's time zone, in which dates and times without one are meant
 * @throws BadInput for an operator or a value that the field's type does not take
 */
export function conditionOf(field: CustomField, operator: FilterOperator, raw: unknown, zone: string): string {
	const { label, fieldName } = field;
	const kind = filterKind(field);
	try {
		if (fieldName === undefined) throw new BadInput("can't be filtered by: Keap gives no name for it", 'Choose another field.');
		const allowed = OPERATORS[kind];
		if (!allowed.includes(operator))
			throw new BadInput(
				`can't be compared by ${shown(operatorName(operator))}`,
				`For a field of the type ${field.type} Keap takes: ${allowed.map(operatorName).join(', ')}.`,
			);
		const value = valueOf(field, operator, raw, zone);
		if (value === undefined)
			throw new BadInput(
				'has no value to be compared with',
				'Give a value, or check the expression: it may point to a field that this item does not have. Without one, every record would be found.',
			);
		return `${fieldName}${OPERATOR_WORDS[operator][1]}${value}`;
	} catch (error) {
		throw ofParameter(error, `Custom Field Filters > ${label}`);
	}
}

function valueOf(field: CustomField, operator: FilterOperator, raw: unknown, zone: string): string | undefined {
	switch (filterKind(field)) {
		case 'number':
			return field.type === 'USER'
				? encode.recordId(raw)
				: encode
						.number({ whole: field.type !== 'CURRENCY' && WHOLE.has(field.type) })(raw)
						?.toString();
		case 'date':
			return dateOf(field, raw, zone);
		case 'yesNo': {
			const value = encode.isEmpty(raw) ? undefined : yesOrNo(raw);
			return value === undefined ? undefined : String(Number(value));
		}
		case 'drilldown':
			return drilldownOf(field, raw);
		case 'choice':
		case 'several':
			return plain(operator === 'beginsWith' || field.choices.length === 0 ? encode.text()(raw) : encodeChoice(field, raw), operator);
		case 'text':
			return plain(encode.text()(raw), operator);
	}
}

const WHOLE: ReadonlySet<string> = new Set(['DAY_OF_WEEK', 'MONTH', 'WHOLE_NUMBER', 'YEAR']);

/** Keap takes whole moments only, and keeps a day as its midnight in Greenwich. */
function dateOf({ type }: CustomField, raw: unknown, zone: string): string | undefined {
	if (type === 'DATE_TIME') return encode.moment(momentInZone(raw, zone));
	const day = encode.day(raw);
	return day === undefined ? undefined : `${day}T00:00:00.000Z`;
}

/** Keap compares the number of the choice. */
function drilldownOf({ choices }: CustomField, raw: unknown): string | undefined {
	const wanted = encode.text()(raw);
	const choice = choices.find(({ label }) => label.toLowerCase() === wanted?.toLowerCase());
	return encode
		.number({ whole: true })(choice?.id ?? wanted)
		?.toString();
}

/** Keap's filter has no quoting: a semicolon would begin another condition, and a star stands for anything that follows. */
function plain(text: unknown, operator: FilterOperator): string | undefined {
	if (typeof text !== 'string') return undefined;
	if (text.includes(';'))
		throw new BadInput(
			'must not be compared with a text that has a semicolon',
			'Keap separates conditions by semicolons and has no way to write one in a value. Compare by Begins With and the part before it.',
		);
	const beginning = text.replace(/\*$/, '');
	if (beginning.includes('*') || beginning === '')
		throw new BadInput('takes a * at the end of a text only', 'Give the beginning of the text.');
	return operator === 'beginsWith' ? `${beginning}*` : text;
}
