import { printable } from '../../runtime/printable';

/** Characters of a message that are looked at: no expression runs over more, whatever Keap sends. */
const MOST_READ = 4_000;
const LONGEST = 500;

/** A line of a Java stack. */
const FRAME = /^(?:at [\w$.<>/]+\(|\.\.\. \d+ (?:more|common frames omitted)|Caused by:|Suppressed:)/;
/** The same in the middle of a line. */
const FRAME_WITHIN = / at (?:[\w$]{1,100}[./]){1,20}[\w$<>]{1,100}\([^()]{0,100}\)/g;
/** The name of an exception, as a word by itself: `java.lang.IllegalArgumentException:` */
const EXCEPTION = /^[("'[]?(?:[a-z][\w$]{0,100}\.){2,20}[A-Z][\w$]{0,200}(?:Exception|Error)[:)\]"',.]{0,2}$/;

/** A message of somebody else, short and fit to be printed, without Java's stack traces and names of exceptions. */
export function plainMessage(text: string): string {
	const lines = text
		.slice(0, MOST_READ)
		.split(/[\r\n]/)
		.map((line) => printable(line).replace(/\s+/g, ' ').trim())
		.filter((line) => line !== '' && !FRAME.test(line));
	const words = lines
		.join(' ')
		.replace(FRAME_WITHIN, '')
		.split(' ')
		.filter((word) => word !== '' && !EXCEPTION.test(word))
		.join(' ');
	return words.length > LONGEST ? `${words.slice(0, LONGEST).replace(/\p{Cs}$/u, '')}…` : words;
}
