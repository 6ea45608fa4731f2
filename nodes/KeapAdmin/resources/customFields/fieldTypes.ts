import type { IDataObject } from 'n8n-workflow';

import { askKeap } from '../../../shared/catalogue/calls/request';
import { type Choice, asNumber } from '../../../shared/catalogue/fields/fields';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Call, Field, Perform } from '../../../shared/catalogue/operation/types';
import { inner } from '../../../shared/runtime/isRecord';

/** What a custom field can hold, by Keap's names in v2. */
export const FIELD_TYPES: readonly Choice[] = [
	['CURRENCY', 'Currency'],
	['DATE', 'Date'],
	['DATE_TIME', 'Date and Time'],
	['DAY_OF_WEEK', 'Day of Week'],
	['DECIMAL_NUMBER', 'Decimal Number'],
	['DRILLDOWN', 'Drilldown'],
	['DROPDOWN', 'Dropdown'],
	['EMAIL', 'Email'],
	['LIST_BOX', 'List Box'],
	['MONTH', 'Month'],
	['NAME', 'Name'],
	['PERCENT', 'Percent'],
	['PHONE_NUMBER', 'Phone Number'],
	['RADIO', 'Radio Buttons'],
	['SOCIAL_SECURITY_NUMBER', 'Social Security Number'],
	['STATE', 'State'],
	['TEXT', 'Text'],
	['TEXT_AREA', 'Text Area'],
	['USER', 'User'],
	['USER_LIST_BOX', 'User List Box'],
	['WEBSITE', 'Website'],
	['WHOLE_NUMBER', 'Whole Number'],
	['YEAR', 'Year'],
	['YES_NO', 'Yes/No'],
];

const NEED_OPTIONS = ['DROPDOWN', 'LIST_BOX', 'RADIO'];

/** Types of which one or several of a list are chosen. */
export const WITH_OPTIONS: readonly string[] = ['DRILLDOWN', ...NEED_OPTIONS];

/** v1 writes DATE_TIME as DateTime. */
const inV1 = (name: string): string =>
	name
		.split('_')
		.map((word) => word.charAt(0) + word.slice(1).toLowerCase())
		.join('');

const isOneOf = (type: unknown, names: readonly string[]): boolean => names.some((name) => type === name || type === inV1(name));

/** @throws BadInput when the options don't suit the type, or one stands twice */
export function checkOptions({ values: { fieldType, fieldOptions, optionLabels } }: Call): void {
	if (fieldOptions !== undefined && optionLabels !== undefined)
		throw new BadInput('are given beside Option Labels', 'Give the options in one of the two.', 'Options');
	const labels = ((fieldOptions ?? optionLabels ?? []) as IDataObject[]).map(({ label }) => String(label));
	if (labels.length === 0 && isOneOf(fieldType, NEED_OPTIONS))
		throw new BadInput('are needed for this field type', 'Add at least one option, or choose another Field Type.', 'Options');
	if (labels.length > 0 && !isOneOf(fieldType, WITH_OPTIONS))
		throw new BadInput(
			'are given for a field type that has none',
			'Remove the options, or choose Dropdown, List Box or Radio Buttons.',
			'Options',
		);
	const twice = labels.find((label, index) => labels.indexOf(label) !== index);
	if (twice !== undefined) throw new BadInput(`have "${twice}" twice`, 'Nobody could distinguish the two: remove one.', 'Options');
}

/** The new field, which Keap wraps in an object. */
export const unwrapped: Perform = async (work, call) => inner(((await askKeap(work, call)) as IDataObject).custom_field);

/** Parameters of a new custom field as v1 takes them: types in other words, IDs as numbers. */
export const writtenForV1 = (all: readonly Field[]): Field[] =>
	all.map((field): Field => {
		const { members, property, encode } = field;
		if (members !== undefined) return { ...field, members: writtenForV1(members) };
		if (property.name === 'groupId' || property.name === 'userGroupId') return asNumber(field);
		if (property.name !== 'fieldType') return field;
		return { ...field, encode: (raw) => inV1(String(encode?.(raw))) };
	});
