import { SEVERAL, type CustomField } from '../customFieldModel';
import { ownOf } from '../../../runtime/isRecord';

/** How the values of a custom field are compared in a filter of Keap. */
export type FilterKind = 'text' | 'choice' | 'number' | 'date' | 'yesNo' | 'several' | 'drilldown';

/** A comparison in a word: n8n takes a value that begins with = for an expression. */
export type FilterOperator = 'is' | 'moreThan' | 'atLeast' | 'lessThan' | 'atMost' | 'beginsWith' | 'contains';

/** Keap's types that are not compared as text. The names in Keap's description: whole number, decimal, currency, … */
const KINDS: Readonly<Record<string, FilterKind>> = {
	CURRENCY: 'number',
	DATE: 'date',
	DATE_TIME: 'date',
	DAY_OF_WEEK: 'number',
	DECIMAL_NUMBER: 'number',
	DRILLDOWN: 'drilldown',
	MONTH: 'number',
	PERCENT: 'number',
	USER: 'number',
	WHOLE_NUMBER: 'number',
	YEAR: 'number',
	YES_NO: 'yesNo',
};

export const filterKind = ({ type, choices }: CustomField): FilterKind =>
	SEVERAL.has(type) ? 'several' : (ownOf(KINDS, type) ?? (choices.length > 0 ? 'choice' : 'text'));

const ORDERED: readonly FilterOperator[] = ['is', 'moreThan', 'atLeast', 'lessThan', 'atMost'];
const TEXT: readonly FilterOperator[] = ['is', 'beginsWith'];

/** What Keap takes for each kind: https://developer.infusionsoft.com/docs/restv2/#tag/Contact/operation/listContacts */
export const OPERATORS: Readonly<Record<FilterKind, readonly FilterOperator[]>> = {
	text: TEXT,
	choice: TEXT,
	number: ORDERED,
	date: ORDERED,
	yesNo: ['is'],
	// Keap's == finds the records that have the option among others.
	several: ['contains', 'is'],
	drilldown: ['is'],
};

/** What people read, and Keap's sign. */
export const OPERATOR_WORDS: Readonly<Record<FilterOperator, readonly [name: string, sign: string]>> = {
	is: ['Is', '=='],
	moreThan: ['Is More Than', '>'],
	atLeast: ['Is at Least', '>='],
	lessThan: ['Is Less Than', '<'],
	atMost: ['Is at Most', '<='],
	beginsWith: ['Begins With', '=='],
	contains: ['Contains', '=='],
};

export const operatorName = (operator: FilterOperator): string => OPERATOR_WORDS[operator][0];
