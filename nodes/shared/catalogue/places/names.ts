import { lettersApart } from '../../runtime/lettersApart';

/** A name as it is compared: without case, accents, punctuation and a leading "the". */
export const plainName = (written: string): string =>
	written
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/&/g, ' and ')
		.replace(/^\s*the\s+/, '')
		.replace(/[^\p{L}\p{N}]+/gu, '');

/** Longest text that is compared: longer ones are no names and would only take time. */
const LONGEST = 60;
const MOST_NAMED = 3;

/** Names that differ from what was written by a slip or two, or that begin or end with it; at most three, the nearest first. */
export function nearest(written: string, names: readonly string[]): string[] {
	const wanted = plainName(written.slice(0, LONGEST));
	if (wanted.length < 2) return [];
	return names
		.map((name) => ({ name, far: distance(wanted, plainName(name)) }))
		.filter(({ far }) => far <= Math.max(1, Math.floor(wanted.length / 3)))
		.sort((a, b) => a.far - b.far)
		.slice(0, MOST_NAMED)
		.map(({ name }) => name);
}

/** A part of a name is as near as one slip. */
const distance = (one: string, other: string): number =>
	one.length >= 4 && (other.startsWith(one) || other.endsWith(one)) ? 1 : lettersApart(one, other);
