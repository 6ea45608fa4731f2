/** Words that may stay small inside a title. */
const SMALL = new Set([
	'a',
	'an',
	'and',
	'as',
	'at',
	'but',
	'by',
	'for',
	'from',
	'if',
	'in',
	'into',
	'nor',
	'of',
	'on',
	'or',
	'per',
	'the',
	'to',
	'vs',
	'with',
]);

/** Words that keep their capitals inside a sentence. */
const NAMES = new Set(['Keap', 'Code']);

const wordsOf = (text: string): string[] => text.split(' ');
const isAcronym = (word: string): boolean => /^[A-Z0-9]{2,}s?$/.test(word);
const isSingleSpaced = (text: string): boolean => text === text.trim() && !/\s\s/.test(text);

/** `Get Many`, `City or Region`, `V1 (Limit and Offset)`; small words may be written large, as n8n's own linter has it. */
export const isTitleCase = (text: string): boolean =>
	isSingleSpaced(text) && wordsOf(text).every((word, index) => /^\(?[^a-z(]/.test(word) || (index > 0 && SMALL.has(word)));

/** `Get many tags`, `Make a custom API call`. */
export const isSentenceCase = (text: string): boolean =>
	isSingleSpaced(text) &&
	!/[.!?]$/.test(text) &&
	wordsOf(text).every((word, index) => (index === 0 ? /^[A-Z]/.test(word) : !/[A-Z]/.test(word) || isAcronym(word) || NAMES.has(word)));

/** What is wrong with a description as n8n words them; undefined when nothing is. */
export function descriptionFault(text: string): string | undefined {
	const plain = text.replace(/<[^>]+>/g, '').replace(/\b(e\.g|i\.e|etc|Dr|Jr)\./g, '$1');
	if (!isSingleSpaced(text)) return 'has spaces too many';
	if (!/^[^a-z]/.test(plain)) return 'begins with a small letter';
	const isOneSentence = !/[.!?] +([A-Z]|n8n\b)/.test(plain);
	if (isOneSentence && plain.endsWith('.')) return 'is one sentence: no period at the end';
	if (!isOneSentence && !/[.!?]$/.test(plain)) return 'has several sentences: a period at the end';
	return undefined;
}
