import { gzipSync } from 'node:zlib';
import { readEnvelope } from '../../nodes/shared/transport/errors/envelope';
import { plainMessage } from '../../nodes/shared/transport/errors/plainMessage';
import { redactor } from '../../nodes/shared/transport/errors/redact';
import { json, raw, type Answer } from './server';
import { wire } from './wire';

jest.mock('../../nodes/shared/runtime/clock', () => ({
	...jest.requireActual<object>('../../nodes/shared/runtime/clock'),
	sleep: async () => await Promise.resolve(),
}));

const { apiKey, ask, keap, refusal } = wire();

/** A gzip that unpacks to so many MB of spaces behind the beginning of a JSON text. */
const bomb = (megabytes: number): Buffer => gzipSync(Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(megabytes * 1024 * 1024, 32)]));

const zipped =
	(status: number, data: Buffer, type = 'application/json'): Answer =>
	(response) =>
		void response.writeHead(status, { 'content-type': type, 'content-encoding': 'gzip' }).end(data);

describe('answers that are too deep', () => {
	const nested = (levels: number) => '{"id":"1","contacts":[],"a":'.concat('[{"a":'.repeat(levels), '1', '}]'.repeat(levels), '}');

	test.each([60, 50_000])('%i lists and objects: a read fails, once; a write is in doubt', async (levels) => {
		for (const expects of [{ record: ['id'] }, { list: 'contacts' }, 'anything'] as const) {
			keap().answer(raw(200, nested(levels), 'application/json'));
			const read = await refusal({ expects });
			expect(read).toMatchObject({
				code: 200,
				requests: 1,
				message: "Keap's answer has more than 100 levels of lists and objects in each other",
			});
			keap().answer(raw(200, nested(levels), 'application/json'));
			expect((await refusal({ expects, method: 'POST', body: {} })).description).toMatch(/may or may not have been carried out/);
		}
	});

	test('an error is an error all the same', async () => {
		keap().answer(raw(400, `{"message":"Bad phone","details":[${nested(50_000)}]}`, 'application/json'));
		expect((await refusal()).message).toMatch(/Bad phone/);
	});

	test('what lies less deep is read', async () => {
		keap().answer(raw(200, nested(45), 'application/json'));
		expect((await ask({ expects: { record: ['id'] } })).body).toMatchObject({ id: '1' });
	});
});

describe('answers that are too big', () => {
	test('unpacked: a read fails with a bound in its message, once', async () => {
		keap().answer(zipped(200, bomb(65)));
		const error = await refusal();
		expect(error).toMatchObject({
			requests: 1,
			message: expect.stringMatching(/^Keap's answer is too big to be read \(more than 64 MB\)/),
		});
	});

	test('as it comes: the connection is closed at the bound', async () => {
		const chunk = Buffer.alloc(1024 * 1024, 32);
		let sent = 0;
		keap().answer((response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			const more = (): void => {
				while (!response.destroyed && sent < 300) {
					sent++;
					if (!response.write(chunk)) return void response.once('drain', more);
				}
			};
			response.on('error', () => undefined);
			more();
		});
		expect((await refusal()).message).toMatch(/too big to be read \(more than 64 MB\)/);
		expect(sent).toBeLessThan(200);
	});

	test('to a write: in doubt, not repeated', async () => {
		keap().answer(zipped(200, bomb(65)));
		expect(await refusal({ method: 'POST', body: {} })).toMatchObject({
			requests: 1,
			description: expect.stringMatching(/may or may not/),
		});
	});

	test('a file may be bigger', async () => {
		keap().answer(zipped(200, bomb(65), 'application/octet-stream'));
		const { body } = await ask({ expects: { file: 'big.bin' } });
		expect((body as Buffer).length).toBeGreaterThan(65 * 1024 * 1024);
	});

	test('but not without end: the error names the bound', async () => {
		keap().answer(zipped(200, bomb(257), 'application/octet-stream'));
		const error = await refusal({ expects: { file: 'big.bin' } });
		expect(error).toMatchObject({
			requests: 1,
			message: expect.stringMatching(/^Keap's answer is too big to be read \(more than 256 MB\)/),
		});
	});
});

describe('a status is what it is, whatever becomes of the body', () => {
	test.each<[string, Answer]>([
		['can not be decoded', zipped(429, Buffer.from('no gzip'))],
		['breaks off', (response) => void response.writeHead(429, { 'content-length': '100' }).write('{', () => response.socket?.destroy())],
		['is endless when unpacked', zipped(429, bomb(65))],
	])('a 429 whose body %s is a refusal: also a POST goes again', async (_name, answer) => {
		keap().answer(answer, json(201, { id: '1' }));
		expect((await ask({ method: 'POST', body: {} })).status).toBe(201);
		expect(keap().requests).toHaveLength(2);
	});

	test('a 404 whose body breaks off is a 404', async () => {
		keap().answer((response) => void response.writeHead(404, { 'content-length': '100' }).write('{', () => response.socket?.destroy()));
		expect(await refusal()).toMatchObject({ code: 404, requests: 1 });
	});

	test('informational answers say nothing: a connection that breaks behind them leaves a write in doubt', async () => {
		keap().answer((response) => {
			response.writeEarlyHints({ link: '</x>; rel=preload' });
			response.writeProcessing();
			setTimeout(() => response.socket?.destroy(), 20);
		});
		const error = await refusal({ method: 'POST', body: {} });
		expect(error).toMatchObject({ requests: 1, code: undefined, message: expect.stringMatching(/broke off before an answer came/) });
		expect(error.description).toMatch(/may or may not have been carried out/);
	});

	test('informational answers before a real one do no harm', async () => {
		keap().answer((response) => {
			response.writeProcessing();
			response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"1"}');
		});
		expect(await ask({ method: 'POST', body: {} })).toMatchObject({ status: 201, body: { id: '1' } });
	});
});

describe('messages', () => {
	const LONG = 1_000_000;
	test.each<[string, string]>([
		['a.a.a.', 'a.'.repeat(LONG)],
		['spaces', ' '.repeat(LONG)],
		['line breaks', '\n'.repeat(LONG)],
		['frames without an end', ' at a.b('.repeat(LONG / 8)],
		['at and blanks', ' at  '.repeat(LONG / 5)],
		['titles', '<title'.repeat(LONG / 6)],
		['escapes', '\u001b['.repeat(LONG / 2)],
		['orders without an end', '\u001b]'.repeat(LONG / 2)],
		['exceptions', 'a.b.CException'.repeat(LONG / 14)],
		['braces', '{'.repeat(LONG)],
	])('of a million characters of %s are read in one pass', (_name, text) => {
		for (const body of [text, JSON.stringify({ message: text }), JSON.stringify({ details: [{ resource: text }] }), `<html>${text}`]) {
			expect(readEnvelope(body, redactor(apiKey)).message.length).toBeLessThan(510);
		}
		// A quadratic expression would need minutes, and the test would not end in time.
	});

	test('the key is taken out before a message is cut', async () => {
		for (let before = 470; before <= 520; before++) {
			keap().answer(json(400, { message: `${'x'.repeat(before)}${apiKey}` }));
			const { message } = await refusal();
			expect(message).not.toContain(apiKey.slice(0, 4));
		}
		keap().answer(json(400, { code: 400, message: 'Bad', details: [{ resource: `${'x'.repeat(490)}${apiKey}` }] }));
		expect((await refusal()).description).not.toContain(apiKey.slice(0, 4));
	});

	test('a key with invisible marks inside it is taken out as well', async () => {
		keap().answer(json(400, { message: `Key ${[...apiKey].join('\u200b')} and ${apiKey.slice(0, 9)}\u001b[1m${apiKey.slice(9)}` }));
		expect((await refusal()).message).toContain('Key *** and ***');
	});

	/** What the servers of others make of a text that they repeat. */
	const entities = (text: string, form: (code: number) => string): string => [...text].map((char) => form(char.charCodeAt(0))).join('');
	const hexOf = (code: number): string => code.toString(16).padStart(2, '0');
	const FORMS: Array<[string, (key: string) => string]> = [
		['as it is', (key) => key],
		['in upper case', (key) => key.toUpperCase()],
		['in lower case', (key) => key.toLowerCase()],
		['percent-encoded', encodeURIComponent],
		['percent-encoded in lower case', (key) => encodeURIComponent(key).replace(/%../g, (code) => code.toLowerCase())],
		['percent-encoded twice', (key) => encodeURIComponent(encodeURIComponent(key))],
		['with each character percent-encoded', (key) => entities(key, (code) => `%${hexOf(code)}`)],
		['escaped as JSON', (key) => JSON.stringify(key).slice(1, -1)],
		['escaped as JSON twice', (key) => JSON.stringify(JSON.stringify(key)).slice(3, -3)],
		['escaped by code', (key) => entities(key, (code) => `\\u00${hexOf(code)}`)],
		['with escaped slashes', (key) => key.replaceAll('/', '\\/')],
		['as HTML', (key) => key.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)],
		[
			'as HTML with names',
			(key) => key.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
		],
		['as HTML twice', (key) => key.replaceAll('&', '&amp;amp;').replaceAll('<', '&amp;lt;').replaceAll('"', '&amp;#34;')],
		['as entities', (key) => entities(key, (code) => `&#x${hexOf(code)};`)],
		['in base64', (key) => Buffer.from(key).toString('base64')],
		['in base64 behind a name', (key) => Buffer.from(`a:${key}`).toString('base64')],
		['in base64 behind another', (key) => Buffer.from(`a:b:${key}`).toString('base64')],
		['in base64 of addresses', (key) => Buffer.from(`user:${key}`).toString('base64url')],
		['in base64, percent-encoded', (key) => encodeURIComponent(Buffer.from(key).toString('base64'))],
		['in hexadecimal', (key) => Buffer.from(key).toString('hex').toUpperCase()],
		['broken over lines', (key) => (key.match(/.{1,9}/g) ?? []).join('\r\n  ')],
		['broken over lines in escaped form', (key) => (key.match(/.{1,9}/g) ?? []).join('\\n')],
		['broken as mail is', (key) => (key.match(/.{1,9}/g) ?? []).join('=\r\n')],
		['cut off', (key) => key.slice(0, -1)],
		['cut off early', (key) => `${key.slice(0, 20)}...`],
		['without its first word', (key) => key.slice('KeapAK-'.length)],
		['with colours', (key) => `${key.slice(0, 14)}\u001b[1m${key.slice(14)}`],
	];
	/** In base64, what stands before the key stays. */
	const BEHIND_NAME = /The key \(\w{0,7}\*\*\*/;
	describe.each([['KeapAK-3f9aedf00dbabe1234567890abcdefb7c1d2e4'], ['KeapAK-3f9+/=&<>"\'%$.*b7c1d2e4_x0y|z']])('the key %s', (key) => {
		const secret = key.slice('KeapAK-'.length);
		const parts = [...key.matchAll(/[A-Za-z0-9]{6,}/g)].map(([part]) => part).filter((part) => part !== 'KeapAK');
		test.each(FORMS)('%s is taken out', (_name, form) => {
			const text = `The key (${form(key)}) is wrong`;
			for (const body of [text, JSON.stringify({ message: text }), `<html><title>${text}</title>`]) {
				const { message } = readEnvelope(body, redactor(key));
				for (const part of [secret, ...parts]) expect(message.toLowerCase()).not.toContain(part.toLowerCase());
				expect(message).toMatch(BEHIND_NAME);
			}
			const clean = redactor(key)(text);
			if (!text.includes('\u001b')) expect(clean.replace(/\.{1,3}/, '')).toMatch(/^The key \(\w{0,7}\*\*\*\) is wrong$/);
		});
	});

	test('what only looks like a key stays', () => {
		const clean = redactor('KeapAK-3f9aedf00dbabe1234567890abcdefb7c1d2e4');
		for (const text of ['Keys begin with KeapAK-', 'KeapAK-3f9', 'KeapAK-4f9aedf00dbabe', 'contact 1234567890', ''])
			expect(clean(text)).toBe(text);
	});

	test('beginnings of the key without end are read in one pass', () => {
		const key = 'aaaaaaaaaaaab'.repeat(3);
		for (const text of ['a'.repeat(LONG), 'a \n'.repeat(LONG / 3), '%61'.repeat(LONG / 3), '\\'.repeat(LONG)]) redactor(key)(text);
		// Time alone would tell: a quadratic expression would need minutes.
	});

	test('short plain words in the place of a key are left alone', () => {
		for (const word of ['key', 'Settings', 'password']) expect(redactor(word)(`The API ${word} is wrong`)).toBe(`The API ${word} is wrong`);
		expect(redactor('abcd1234')('x abcd1234 y')).toBe('x *** y');
		expect(redactor('abcdefghijklmnop')('x abcdefghijklmnop y')).toBe('x *** y');
	});

	test.each<[string, string, string]>([
		['colours', '\u001b[31mred\u001b[0m and \u009b1mbold', 'red and bold'],
		['a title for the window', 'a\u001b]0;evil\u0007b', 'ab'],
		['marks that turn the direction of writing', 'abc\u202egpj.exe\u2066x\u2069', 'abcgpj.exex'],
		['zero-width characters', 'a\u200bb\ufeffc\u00ad', 'abc'],
		['line breaks and bells', 'a\u0007\u2028b\tc', 'a b c'],
		['half a character', 'a\ud83d b', 'a b'],
		['what people write', 'Grüße 東京 😀 [1] it’s', 'Grüße 東京 😀 [1] it’s'],
	])('%s are not passed on', async (_name, said, shown) => {
		keap().answer(json(400, { message: said }));
		expect((await refusal()).message).toBe(`Keap did not accept the request: ${shown}`);
		expect(plainMessage(said)).toBe(shown);
	});

	test('a web page’s title, too', async () => {
		keap().answer(raw(503, '<html><head><TITLE lang="x">\u001b[31mDown\u202e</TITLE></head></html>'));
		expect((await refusal()).message).toContain('"Down"');
	});
});
