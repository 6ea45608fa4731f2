import type { INodePropertyOptions } from 'n8n-workflow';

import { located } from '../../catalogue/fields/encode';
import { folded, nearest } from '../../catalogue/fields/near';
import { BadInput, shown } from '../../catalogue/operation/badInput';
import { referenceTo } from '../../catalogue/operation/reference';
import type { ReferenceResolver, Work } from '../../catalogue/operation/types';
import { type CachedList, readCachedList, readFreshList } from '../cachedList';
import type { IdForm, LocatorMode } from '../locator';

/** What an expression that came to nothing gives. */
const NO_NAME = /^(undefined|null|nan|true|false|\[object .*\]|[[{].*)$/is;
const LONGEST_NAME = 255;
/** So many that are near are listed, and so many of all where none is. */
const MOST_NEAR = 8;

/** Where records of a kind are found by their names. */
export interface Named {
	/** In the words of Keap's screens: `tag category`. */
	readonly one: string;
	readonly many: string;
	/** All that may be meant by a name, from what the editor's list has in memory. */
	readonly read: (work: Work, name: string) => Promise<readonly INodePropertyOptions[]>;
	/** The same from Keap: a record may have been made since. */
	readonly readAgain?: (work: Work, name: string) => Promise<readonly INodePropertyOptions[]>;
}

/** Names out of a list that is kept for a minute: no call where the list is known, one where a name is not in it. */
export const namesInList = (one: string, many: string, list: CachedList): Named => ({
	one,
	many,
	read: async ({ context }) => await readCachedList(context, list),
	readAgain: async ({ context }) => await readFreshList(context, list),
});

/**
 * A way to name a record by its name, exactly but for the case. What is no ID of the kind is taken for a name, whichever mode is
 * chosen: an expression and an AI agent give the bare value.
 *
 * @param isId the encoder of the kind's IDs, which throws for what is none
 * @param isShown whether the editor offers it as a mode
 */
export function byName(named: Named, isId: IdForm['encode'], isShown = true): LocatorMode {
	const kind = named.one.replaceAll(' ', '-');
	return {
		...(isShown && { texts: ['name', 'By Name'] as const }),
		encode: (raw) => {
			const value = located(raw);
			if (typeof value !== 'string') return undefined;
			const name = value.trim();
			if (name === '' || name.length > LONGEST_NAME || NO_NAME.test(name) || /\p{Cc}/u.test(name)) return undefined;
			return saysName(raw) || !takes(isId, name) ? referenceTo(`${kind} ${name}`) : undefined;
		},
		resolver: resolverOf(kind, named),
	};
}

/** Whether the user has chosen By Name: a name may look like an ID. */
const saysName = (raw: unknown): boolean => typeof raw === 'object' && raw !== null && (raw as { mode?: unknown }).mode === 'name';

function takes(isId: IdForm['encode'], value: string): boolean {
	try {
		return isId(value) !== undefined;
	} catch {
		// Encoders throw for nothing but what is no ID.
		return false;
	}
}

function resolverOf(kind: string, named: Named): ReferenceResolver {
	const find = async (work: Work, name: string): Promise<string | Error> => {
		const known = await named.read(work, name);
		if (matching(known, name).length > 0 || named.readAgain === undefined) return idOf(named, known, name);
		return idOf(named, await named.readAgain(work, name), name);
	};
	return {
		kind,
		resolve: async (work, texts) => {
			const found = new Map<string, string | Error>();
			for (const text of texts) found.set(text, await find(work, text.slice(kind.length + 1)));
			return found;
		},
	};
}

/** The names by which people know what stands in a list as `Sales: Won` or `Ada Adams (ada@example.com)`. */
function namesOf({ name }: INodePropertyOptions): string[] {
	const [, before = name, inside] = /^(.*) \(([^()]*)\)$/.exec(name) ?? [];
	const behind = name.includes(': ') ? name.slice(name.indexOf(': ') + 2) : name;
	return [before, behind, ...(inside === undefined ? [] : [inside])].map(folded);
}

/** The record whose whole label is the name; else all that have it as a part of their label. */
function matching(options: readonly INodePropertyOptions[], name: string): INodePropertyOptions[] {
	const wanted = folded(name);
	const whole = options.filter((one) => folded(one.name) === wanted);
	return whole.length > 0 ? whole : options.filter((one) => namesOf(one).includes(wanted));
}

function idOf({ one, many }: Named, options: readonly INodePropertyOptions[], name: string): string | Error {
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
	return new BadInput(`Keap has no ${one} with the name ${shown(name)}`, advice);
}
