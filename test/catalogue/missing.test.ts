import { MISSING_ON_PURPOSE, missingFrom } from './contract/missing';
import { factOf } from './contract/rows';
import { allVariants } from './nodes';
import type { Operation } from '../../nodes/shared/catalogue/operation/types';

const factId = ({ method, path }: Operation): string => factOf(method, path)?.id ?? '';
describe('what is missing on purpose', () => {
	it.each(Object.keys(MISSING_ON_PURPOSE))('is missing still from %s, and has a reason', (id) => {
		const rows = allVariants.filter(({ operation }) => factId(operation) === id);
		const missing = new Set(rows.flatMap(({ operation }) => missingFrom(operation)));
		for (const [name, reason] of Object.entries(MISSING_ON_PURPOSE[id] ?? {})) {
			expect([name, missing.has(name)]).toEqual([name, true]);
			expect(reason.length).toBeGreaterThan(10);
		}
	});
});

/** The check is only worth something if it finds what is missing. */
describe('a row without a field', () => {
	const rowOf = (label: string): Operation => {
		const row = allVariants.find((one) => one.label === label);
		if (row === undefined) throw new Error(`There is no row ${label}`);
		return row.operation;
	};
	const without = (operation: Operation, name: string): Operation => ({
		...operation,
		fields: operation.fields.flatMap((field) =>
			field.property.name === name
				? []
				: [{ ...field, ...(field.members && { members: field.members.filter(({ property }) => property.name !== name) }) }],
		),
	});

	it.each([
		['contact: getAll', 'city', 'filter city'],
		['contact: getAll', 'billingAddress', 'filter billing_address_line1'],
		['contact: getAll', 'orderBy', 'order email'],
		['contact: create', 'additionalFields', 'body utm_parameters'],
		['appointment: getAll', 'filters', 'query since'],
	])('%s without %s is found', (label, name, missing) => {
		expect(missingFrom(rowOf(label))).not.toContain(missing);
		expect(missingFrom(without(rowOf(label), name))).toContain(missing);
	});
});
