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

/** How many letters have to be changed, put in or left out (Levenshtein); a part of a name is as near as one slip. */
function distance(one: string, other: string): number {
	if (one.length >= 4 && (other.startsWith(one) || other.endsWith(one))) return 1;
	let row = Array.from({ length: other.length + 1 }, (_unused, index) => index);
	for (let i = 1; i <= one.length; i++) {
		const next = [i];
		for (let j = 1; j <= other.length; j++) {
			const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
			next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[other.length] ?? other.length;
}
