/** A key of Keap has more characters than these. A shorter text is left alone where it would tear up ordinary words. */
const SHORTEST_KEY = 8;
const LONGEST_WORD = 15;

/** Whether a text could be a word of a message: letters alone, and not many. */
const isWord = (text: string): boolean => text.length <= LONGEST_WORD && /^[A-Za-z]+$/.test(text);

/**
 * Makes a function that takes the API key out of a text, also where it is percent-encoded, escaped or in base64. It has to see
 * a text before that is cut: the beginning of a key is not found.
 *
 * @param apiKey the key; a short plain word in its place is no secret of Keap's, and taking it out would leave messages like
 * "The API *** is wrong"
 */
export function redactor(apiKey: string): (text: string) => string {
	if (apiKey.length < SHORTEST_KEY || isWord(apiKey)) return (text) => text;
	const encoded = encodeURIComponent(apiKey);
	const padded = Buffer.from(apiKey).toString('base64');
	const base64 = padded.replaceAll('=', '');
	const forms = new Set([
		apiKey,
		encoded,
		encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
		JSON.stringify(apiKey).slice(1, -1),
		apiKey.replaceAll('/', '\\/'),
		apiKey.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
		padded,
		base64,
		base64.replaceAll('+', '-').replaceAll('/', '_'),
	]);
	return (text) => {
		let clean = text;
		for (const form of forms) clean = clean.replaceAll(form, '***');
		return clean;
	};
}
