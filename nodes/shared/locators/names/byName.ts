import type { INodePropertyOptions } from 'n8n-workflow';

import { located } from '../../catalogue/fields/encode';
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

const folded = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

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
	const near = nearTo(options, name);
	const some = near.length > 0 ? near : options.slice(0, MOST_NEAR);
	const names = some.map(({ name: label }) => `"${label}"`).join(', ');
	const advice =
		some.length === 0
			? `There are no ${many} in this account.`
			: `${near.length > 0 ? 'Near it' : `Among the ${many}`} ${some.length === 1 ? 'is' : 'are'} ${names}. Give a name in full, or an ID.`;
	return new BadInput(`Keap has no ${one} with the name ${shown(name)}`, advice);
}

/** Those that a person who mistyped or shortened the name may have meant, the likeliest first. */
function nearTo(options: readonly INodePropertyOptions[], name: string): INodePropertyOptions[] {
	const wanted = folded(name);
	const scored = options.map((one) => ({ one, score: Math.min(...namesOf(one).map((label) => farness(label, wanted))) }));
	return scored
		.filter(({ score }) => score < Infinity)
		.sort((a, b) => a.score - b.score)
		.slice(0, MOST_NEAR)
		.map(({ one }) => one);
}

/** How far a label is from what was typed: contained, with a word in common, or few letters apart; `Infinity` where it is not near. */
function farness(label: string, wanted: string): number {
	if (label.includes(wanted) || (label.length > 2 && wanted.includes(label))) return 0;
	const words = new Set(wanted.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2));
	if (label.split(/[^\p{L}\p{N}]+/u).some((word) => words.has(word))) return 1;
	const apart = lettersApart(label, wanted);
	return apart <= Math.max(1, Math.floor(wanted.length / 4)) ? 1 + apart : Infinity;
}

/** Levenshtein distance. */
function lettersApart(one: string, other: string): number {
	let row = Array.from({ length: other.length + 1 }, (_, index) => index);
	for (let i = 1; i <= one.length; i++) {
		const next = [i];
		for (let j = 1; j <= other.length; j++) {
			const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
			next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[other.length] ?? 0;
}
