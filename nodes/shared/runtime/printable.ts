const ESC = String.fromCharCode(27);
const BELL = String.fromCharCode(7);

/** Colours and other orders to a terminal: CSI and OSC sequences, in their two forms. */
const TERMINAL = new RegExp(
	[`(?:${ESC}\\[|\u009b)[0-?]*[ -/]*[@-~]`, `(?:${ESC}\\]|\u009d)[^${BELL}${ESC}\u009c]*(?:${BELL}|${ESC}\\\\|\u009c)?`].join('|'),
	'g',
);
/** Control characters, line breaks among them, and separators that editors take for those. */
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;
/** Characters without a form of their own: marks that turn the direction of writing, zero-width ones, tags, half ones. */
const INVISIBLE = /[\p{Cf}\p{Cs}]+/gu;

/**
 * A text of somebody else as it may stand in a message, a log or a terminal: on one line, without orders to the terminal and
 * without marks that show it other than it is.
 */
export function printable(text: string): string {
	return text.replace(TERMINAL, '').replace(CONTROLS, ' ').replace(INVISIBLE, '');
}
