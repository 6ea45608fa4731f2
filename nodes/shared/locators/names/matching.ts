import type { INodePropertyOptions } from 'n8n-workflow';

import { folded, nearest } from '../../catalogue/fields/near';
import { BadInput, shown } from '../../catalogue/operation/badInput';
import type { Named } from './named';

/** So many that are near are listed, and so many of all where none is. */
const MOST_NEAR = 8;

/** That no record of a kind has a name. */
export class NoneNamed extends BadInput {}

/** The names by which people know what stands in a list as `Sales: Won` or `Ada Adams (ada@example.com)`. */
function namesOf({ name }: INodePropertyOptions): string[] {
	const [, before = name, inside] = /^(.*) \(([^()]*)\)$/.exec(name) ?? [];
	const behind = name.includes(': ') ? name.slice(name.indexOf(': ') + 2) : name;
	return [before, behind, ...(inside === undefined ? [] : [inside])].map(folded);
}

/** The record whose whole label is the name; else all that have it as a part of their label. */
export function matching(options: readonly INodePropertyOptions[], name: string): INodePropertyOptions[] {
	const wanted = folded(name);
	const whole = options.filter((one) => folded(one.name) === wanted);
	return whole.length > 0 ? whole : options.filter((one) => namesOf(one).includes(wanted));
}

/** The one record of a name, or why there is none that is surely meant. */
export function idOf({ one, many }: Pick<Named, 'one' | 'many'>, options: readonly INodePropertyOptions[], name: string): string | Error {
	const found = matching(options, name);
	const [first] = found;
	if (first !== undefined && found.length === 1) return String(first.value);
	if (first !== undefined) {
		const all = found.map(({ name: label, value }) => `${value} (${label})`).join(', ');
		return new BadInput(`Keap has ${found.length} ${many} with the name ${shown(name)}: ${all}`, 'Name the one that is meant by its ID.');
	}
	const near = nearest(options, namesOf, name, MOST_NEAR);
	const some = near.length > 0 ? near : options.slice(0, MOST_NEAR);
	const names = some.map(({ name: label }) => `"${label}"`).join(', ');
	const advice =
		some.length === 0
			? `There are no ${many} in this account.`
			: `${near.length > 0 ? 'Near it' : `Among the ${many}`} ${some.length === 1 ? 'is' : 'are'} ${names}. Give a name in full, or an ID.`;
	return new NoneNamed(`Keap has no ${one} with the name ${shown(name)}`, advice);
}
