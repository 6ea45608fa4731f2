/** A key of Keap has more characters than these. A shorter text is left alone where it would tear up ordinary words. */
const SHORTEST_KEY = 8;
const LONGEST_WORD = 15;
/** The beginning of a key that somebody has cut off is taken out from this length on. */
const LEAST_PART = 12;
/** Characters of a form that are looked for together. */
const START = 3;
/** Every key of Keap begins with the same word: `KeapAK-`. */
const PREFIX = /^[A-Za-z]{1,10}[-_]/;

export interface Redactor {
	/** The text without the key. It has to be seen before it is cut: of the beginning of a key, less than 12 characters are not found. */
	(text: string): string;
	/** Whether the key may stand in a text: a quick look for answers, which are long and nearly never have it. */
	mayFind(text: string): boolean;
}

const LEAVES_ALL: Redactor = Object.assign((text: string) => text, { mayFind: () => false });
let lately = { apiKey: '', redact: LEAVES_ALL };

/**
 * Makes a function that takes the API key out of a text, however somebody has written it: percent-encoded, escaped, as entities,
 * in base64 or hexadecimal, in other case, broken over lines, without the word that all keys begin with, or cut off.
 *
 * @param apiKey the key; a short plain word in its place is no secret of Keap's, and taking it out would leave messages like
 * "The API *** is wrong"
 */
export function redactor(apiKey: string): Redactor {
	if (apiKey.length < SHORTEST_KEY || isWord(apiKey)) return LEAVES_ALL;
	if (lately.apiKey !== apiKey) lately = { apiKey, redact: redactorOf(apiKey) };
	return lately.redact;
}

/** Whether a text could be a word of a message: letters alone, and not many. */
const isWord = (text: string): boolean => text.length <= LONGEST_WORD && /^[A-Za-z]+$/.test(text);

function redactorOf(apiKey: string): Redactor {
	const own = apiKey.replace(PREFIX, '');
	const encoded = [...[0, 1, 2].map((before) => base64Of(apiKey, before)), Buffer.from(apiKey).toString('hex')];
	const written = own === apiKey || own.length < LEAST_PART ? [apiKey] : [apiKey, own];
	const removers = [...written.map((form) => removerOf(form)), ...encoded.map((form) => removerOf(form, END_OF_BASE64))];
	const signs = [...new Set([own, own.toLowerCase(), own.toUpperCase(), ...encoded].map(signOf)), String.raw`\u00`];
	return Object.assign((text: string) => removers.reduce((left, remove) => remove(left), text), {
		mayFind: (text: string) => signs.some((sign) => text.includes(sign)),
	});
}

/** The part of the base64 of a text that does not depend on what stands around it. @param before bytes before it, modulo three */
function base64Of(text: string, before: number): string {
	const bytes = Buffer.from('-'.repeat(before) + text);
	return bytes.toString('base64').slice(Math.ceil((before * 4) / 3), Math.floor((bytes.length * 4) / 3));
}

/** Letters and digits in a row, which nearly every way of encoding leaves as they are. */
function signOf(form: string): string {
	const runs = form.match(/[A-Za-z0-9]+/g) ?? [form];
	return runs.reduce((one, other) => (other.length > one.length ? other : one)).slice(0, LEAST_PART);
}

/** Further characters of a base64 text, which hold some bits of the key's last one. */
const END_OF_BASE64 = /[\w+/-]{0,2}={0,2}/y;

/** Makes a function that takes a form of the key out of a text, in one pass. @param more what goes with it where it follows */
function removerOf(form: string, more = /(?:)/y): (text: string) => string {
	const chars = [...form];
	const least = Math.min(LEAST_PART, chars.length);
	const ways = new Map(chars.map((char) => [char, waysToWrite(char)]));
	const patternOf = (part: readonly string[]): string => part.map((char) => ways.get(char) ?? '').join(GAP);
	const start = new RegExp(patternOf(chars.slice(0, START)), 'giu');
	const nexts = new Map([...ways].map(([char, way]) => [char, new RegExp(GAP + way, 'iuy')]));
	/** Where the form, or as much of it as there is, ends; undefined where that is too little. */
	const endOf = (text: string, from: number): number | undefined => {
		let end = from;
		for (let count = START; count < chars.length; count++) {
			const next = nexts.get(chars[count] ?? '');
			if (next === undefined) break;
			next.lastIndex = end;
			if (!next.test(text)) return count < least ? undefined : end;
			end = next.lastIndex;
		}
		more.lastIndex = end;
		return end + (more.exec(text)?.[0].length ?? 0);
	};
	return (text) => {
		let clean = '';
		let kept = 0;
		start.lastIndex = 0;
		for (let found = start.exec(text); found !== null; found = start.exec(text)) {
			const end = endOf(text, start.lastIndex);
			if (end !== undefined) {
				clean += `${text.slice(kept, found.index)}***`;
				kept = end;
			}
			start.lastIndex = end ?? found.index + 1;
		}
		return clean + text.slice(kept);
	};
}

/** What may stand between two characters: line breaks, blanks and marks without a form, escaped or not. */
const GAP = String.raw`(?:[\s\p{Cc}\p{Cf}]|\\{1,2}[nrt]|=\r?\n){0,8}`;
const ENTITIES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
/** What stands for a character in the base64 of addresses. */
const IN_ADDRESS: Readonly<Record<string, string>> = { '+': '-', '/': '_' };

/** The ways to write a character, as a regular expression: itself, percent-encoded, escaped, as an entity. */
function waysToWrite(char: string): string {
	const code = char.charCodeAt(0);
	const hex = code.toString(16).padStart(2, '0');
	const itself = /\w/.test(char) ? char : String.raw`\\{0,4}\x${hex}`;
	// The longest first: the % of %25 is not the whole character.
	const ways = [
		String.raw`%(?:25){0,2}${hex}`,
		String.raw`\\{1,4}(?:u00|x)${hex}`,
		`&(?:amp;){0,2}(?:#0{0,4}${code}|#x0{0,4}${hex}|${ENTITIES[char] ?? '#'});?`,
		itself,
		IN_ADDRESS[char],
	];
	return `(?:${ways.filter((way) => way !== undefined).join('|')})`;
}
