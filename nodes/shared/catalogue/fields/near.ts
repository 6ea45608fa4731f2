import { lettersApart } from '../../runtime/lettersApart';

/** A name as people compare it: the case aside, with single spaces. */
export const folded = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * Those that a person who mistyped or shortened a name may have meant, the likeliest first.
 *
 * @param namesOf all names by which one is known, folded
 * @param most how many at most
 */
export function nearest<T>(all: readonly T[], namesOf: (one: T) => readonly string[], name: string, most: number): T[] {
	const wanted = folded(name);
	const scored = all.map((one) => ({ one, score: Math.min(...namesOf(one).map((label) => farness(label, wanted))) }));
	return scored
		.filter(({ score }) => score < Infinity)
		.sort((a, b) => a.score - b.score)
		.slice(0, most)
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
