/** JSON that is sent as it was written: parsed and written again, its long integers would lose digits. */
export class JsonText {
	constructor(readonly text: string) {}
}

/** Digits in a row that a number of JavaScript may not hold. */
const LONG = /\d{16}/;

/** Whether a JSON text may have integers that a number can't hold. */
export const mayLoseDigits = (text: string): boolean => LONG.test(text);

/**
 * Parses JSON without losing digits: integers beyond 2^53 become text, as Keap's v2 writes its IDs anyway.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
	// Also where digits are rare the test costs a hundredth of the parsing.
	return JSON.parse(mayLoseDigits(text) ? withLongIntegersQuoted(text) : text);
}

const INTEGER = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/** Puts quotes around integers that a number can't hold, outside of the texts of the JSON. One pass. */
function withLongIntegersQuoted(json: string): string {
	const parts: string[] = [];
	for (let at = 0; at < json.length;) {
		const quote = json.indexOf('"', at);
		const outside = json.slice(at, quote < 0 ? undefined : quote);
		parts.push(outside.replace(INTEGER, (digits) => (Number.isSafeInteger(Number(digits)) ? digits : `"${digits}"`)));
		if (quote < 0) break;
		const end = endOfText(json, quote);
		parts.push(json.slice(quote, end));
		at = end;
	}
	return parts.join('');
}

/** Where the text that begins with the quote at `start` ends. */
function endOfText(json: string, start: number): number {
	for (let at = start + 1; ;) {
		const quote = json.indexOf('"', at);
		if (quote < 0) return json.length;
		let escapes = quote;
		while (json[escapes - 1] === '\\') escapes--;
		if ((quote - escapes) % 2 === 0) return quote + 1;
		at = quote + 1;
	}
}
