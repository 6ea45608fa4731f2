import type { INodeProperties } from 'n8n-workflow';

import { FIELDS, OUTPUT } from './output/parameters';

/** A parameter that has to find its place on the form. */
export interface Placed {
	readonly property: INodeProperties;
}

/** A collection of values for the record, such as Additional Fields. */
const holdsValues = ({ type, name }: INodeProperties): boolean => type === 'collection' && name !== 'filters' && name !== 'options';

/**
 * What is asked first stands first: the record and its values, which have no place here, how many, the account's own fields, then the
 * rarer ones behind a button. Of an update all values are behind that button, so it comes before the account's own. What comes out
 * follows what goes in; of a list it stands before the filters, where n8n's nodes have it.
 */
const PLACES: ReadonlyArray<(property: INodeProperties) => boolean> = [
	({ name }) => name === 'returnAll' || name === 'limit',
	({ name }) => name === 'updateFields',
	({ name }) => name === 'setCustomFields' || name === 'customFields',
	holdsValues,
	({ name }) => name === OUTPUT || name === FIELDS,
	({ name }) => name === 'filters',
	({ name }) => name === 'customFieldFilters',
	({ name }) => name === 'options',
];

const place = ({ property }: Placed): number => PLACES.findIndex((stands) => stands(property));

const byPlace = (a: Placed, b: Placed): number => place(a) - place(b);

/**
 * One order for the parameters of a node that is, on every form, the order of its row: n8n shows them in the order of the description,
 * and one parameter serves many forms. Where two rows contradict each other, what came first in any row goes first.
 * @param all every parameter once
 * @param forms the parameters of each operation, as they are to stand but for what has a place of its own
 */
export function inOrder<T extends Placed>(all: readonly T[], forms: ReadonlyArray<readonly T[]>): T[] {
	const before = new Map(all.map((one) => [one, new Set<T>()]));
	for (const form of forms) {
		const sorted = [...form].sort(byPlace);
		for (const [index, one] of sorted.slice(1).entries()) before.get(one)?.add(sorted[index]!);
	}
	const left = new Set([...all].sort(byPlace));
	const ordered: T[] = [];
	while (left.size > 0) {
		const candidates = [...left];
		const next = candidates.find((one) => ![...(before.get(one) ?? [])].some((other) => left.has(other))) ?? candidates[0]!;
		left.delete(next);
		ordered.push(next);
	}
	return ordered;
}
