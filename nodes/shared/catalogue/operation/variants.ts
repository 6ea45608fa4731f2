import { BadInput, shown } from './badInput';
import type { Operation } from './types';

const made = new WeakMap<Operation, ReadonlyMap<string, Operation>>();

/** The variants of a row by the value that chooses each. Made once: items of one variant are known by it, and share calls. */
function byValue(operation: Operation): ReadonlyMap<string, Operation> {
	const known = made.get(operation);
	if (known !== undefined) return known;
	const { variants, ...row } = operation;
	const all = new Map(Object.entries(variants?.of ?? {}).map(([value, special]): [string, Operation] => [value, { ...row, ...special }]));
	made.set(operation, all);
	return all;
}

/** Everything that a row asks of Keap: its variants, or the row itself where it has none. */
export const variantsOf = (operation: Operation): readonly Operation[] =>
	operation.variants === undefined ? [operation] : [...byValue(operation).values()];

/**
 * The variant of a row that an item has chosen; the row itself where it has no variants.
 *
 * @param read the raw value of a parameter, by its name, with what stands in it by default
 * @throws BadInput that names the parameter when Keap has no such operation for the value
 */
export function chosenVariant(operation: Operation, read: (name: string, byDefault: unknown) => unknown): Operation {
	const { variants } = operation;
	if (variants === undefined) return operation;
	const { by, without = {} } = variants;
	const property = operation.fields.find((field) => field.property.name === by)?.property;
	const raw = read(by, property?.default);
	const value = typeof raw === 'string' ? raw.trim() : '';
	const all = byValue(operation);
	const chosen = all.get(value);
	if (chosen !== undefined) return chosen;
	const advice = Object.hasOwn(without, value)
		? without[value]
		: `Choose from the list, or give one of these: ${[...all.keys()].join(', ')}.`;
	throw new BadInput(`can't be ${shown(raw)} for this operation`, advice, property?.displayName ?? by);
}
