import * as fields from '../../../shared/catalogue/fields/fields';
import type { Operation, Variants } from '../../../shared/catalogue/operation/types';
import { APPOINTMENT, FOLDER, RECORD_TYPES, type RecordType } from '../../../shared/records/account/recordTypes';

type Variant = Variants['of'][string];

const SHARED_SET = 'Appointments have the custom fields, groups and tabs of tasks and notes: choose Task.';

const recordTypeParameter = (types: readonly RecordType[]) =>
	fields.options('recordType', 'Record Type', {
		in: 'none',
		required: true,
		choices: types.map(({ value, name }): fields.Choice => [value, name]),
		description: 'The kind of record that it belongs to. Appointments, notes and tasks share one set of custom fields.',
	});

export interface Kinds {
	/** Kinds for which Keap has no such operation, and what to do instead. */
	readonly without?: Readonly<Record<string, string>>;
	/** The operation for appointments, which stands in v1; without it there is none. */
	readonly appointment?: Variant;
	/** What else differs by kind, beside the path. */
	readonly special?: (type: RecordType) => Variant;
}

/** One row for all kinds of record: Record Type chooses the kind, and with it Keap's path. The row's own path has `{kind}` in it. */
export function forRecordTypes(row: Operation, { without = {}, appointment, special }: Kinds = {}): Operation {
	const types = RECORD_TYPES.filter(({ value }) => !(value in without));
	const own = (type: RecordType): Variant => ({ path: row.path.replace(FOLDER, type.folder), ...special?.(type) });
	const withChoice = (given: Operation['fields']): Operation['fields'] => [choice, ...given];
	const choice = recordTypeParameter(appointment === undefined ? types : [...types, APPOINTMENT]);
	const all = Object.fromEntries([
		...types.map((type) => [type.value, own(type)] as const),
		...(appointment === undefined ? [] : [[APPOINTMENT.value, appointment] as const]),
	]);
	return {
		...row,
		fields: withChoice(row.fields),
		variants: {
			by: choice.property.name,
			of: Object.fromEntries(
				Object.entries(all).map(([value, variant]) => [
					value,
					{ ...variant, ...(variant.fields !== undefined && { fields: withChoice(variant.fields) }) },
				]),
			),
			without: { ...(appointment === undefined && { [APPOINTMENT.value]: SHARED_SET }), ...without },
		},
	};
}
