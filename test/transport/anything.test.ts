import fc from 'fast-check';
import { BadPath, buildPath, buildQuery } from '../../nodes/shared/transport/message/path';
import { multipart } from '../../nodes/shared/transport/message/multipart';
import { readQuotaHeaders, type WindowHeaders } from '../../nodes/shared/throttle/quota/quotaHeaders';
import type { KeapQuery } from '../../nodes/shared/transport/message/types';
import { anyValue } from '../support/anyValue';

const anyText = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.string({ unit: 'grapheme', maxLength: 40 }),
	fc.constantFrom(
		'..',
		'.',
		'%2e%2e',
		'%2F',
		'a/b',
		'a\\b',
		'a?b',
		'a#b',
		'a;b',
		'a b',
		'\u0000',
		'\ud83d',
		'😀',
		'%',
		'%zz',
		'x'.repeat(201),
		' 7 ',
	),
);

/** The value of a call; `undefined` when it is refused as it should. Any other error is a fault. */
function allowed<T>(make: () => T): T | undefined {
	try {
		return make();
	} catch (error) {
		expect(error).toBeInstanceOf(BadPath);
		return undefined;
	}
}

describe('any value in a path', () => {
	it('stays one segment, for whoever reads the address, or is refused', () => {
		fc.assert(
			fc.property(anyText, (value) => {
				const path = allowed(() => buildPath('/crm/rest/v2/contacts/{contact_id}/notes', { contact_id: value }));
				if (path === undefined) return;
				const url = new URL(path, 'https://api.example.com');
				expect(url.pathname).toBe(path);
				expect([url.search, url.hash, url.host]).toEqual(['', '', 'api.example.com']);
				const parts = url.pathname.split('/');
				expect([...parts.slice(0, 5), ...parts.slice(6)]).toEqual(['', 'crm', 'rest', 'v2', 'contacts', 'notes']);
				expect(decodeURIComponent(parts[5] ?? '')).toBe(value.trim());
			}),
			{ numRuns: 2_000 },
		);
	});

	it('as a whole path leads nowhere but below /crm/rest/, or is refused', () => {
		fc.assert(
			fc.property(anyText, anyText, (one, other) => {
				const path = allowed(() => buildPath(`/crm/rest/${one}/${other}`));
				if (path === undefined) return;
				// Read once or twice, by a gateway and by what stands behind it.
				for (const read of [path, decodeURIComponent(path)]) {
					expect(new URL(read, 'https://api.example.com').pathname.startsWith('/crm/rest/')).toBe(true);
				}
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe('any query', () => {
	it('is read by others as it was given, or is refused', () => {
		fc.assert(
			fc.property(fc.dictionary(anyText, fc.oneof(anyText, fc.integer(), fc.boolean(), fc.array(anyText, { maxLength: 3 }))), (query) => {
				const text = allowed(() => buildQuery(query as KeapQuery));
				if (text === undefined) return;
				const expected = Object.entries(query)
					.filter(([, value]) => !Array.isArray(value) || value.length > 0)
					.map(([name, value]) => [name, Array.isArray(value) ? value.join() : String(value)]);
				expect([...new URL(`https://api.example.com/${text}`).searchParams]).toEqual(expected);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('of values that are none is refused as such', () => {
		fc.assert(
			fc.property(anyValue(), (value) => {
				if (typeof value === 'symbol' || typeof value === 'function' || Array.isArray(value)) return;
				allowed(() => buildQuery({ name: value } as KeapQuery));
			}),
		);
	});
});

describe('quota headers of any text', () => {
	const FAMILIES = ['x-keap-product-throttle', 'x-keap-product-quota', 'x-keap-tenant-throttle'];
	const PARTS = ['limit', 'used', 'available', 'time-unit', 'interval', 'expiry-time'];
	const names = FAMILIES.flatMap((family) => PARTS.map((part) => `${family}-${part}`));
	const header = fc.oneof(
		fc.string({ maxLength: 20 }),
		fc.nat(20_000).map(String),
		fc.double().map(String),
		fc.constantFrom(
			'',
			' ',
			'|',
			'0',
			'-1',
			'1|2',
			'1e9',
			'999999999',
			'9999999999',
			'minute',
			'DAY',
			'hour',
			'1',
			'1767225600000',
			'NaN',
			'٣',
			'0x1F',
			'1.5',
		),
	);
	const isCount = (value: number | undefined): boolean => value === undefined || (Number.isInteger(value) && value >= 0 && value < 1e9);

	it('never fail, and never give a number that can be none', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom(...names), header, { maxKeys: names.length }), (headers) => {
				const read = readQuotaHeaders(headers);
				if (read === undefined) return;
				expect(read.minute ?? read.day).toBeDefined();
				for (const said of [read.minute, read.day].filter((one): one is WindowHeaders => one !== undefined)) {
					expect(isCount(said.limit) && isCount(said.available)).toBe(true);
					// A limit of nothing would be an end for ever, and a window that says nothing is none.
					expect(said.limit).not.toBe(0);
					expect(said.limit ?? said.available).toBeDefined();
					if (said.resetsAt !== undefined) expect(Number.isSafeInteger(said.resetsAt) && said.resetsAt > 0).toBe(true);
				}
			}),
			{ numRuns: 3_000 },
		);
	});
});

describe('any form', () => {
	const bytes = fc.uint8Array({ maxLength: 400 });
	// How browsers write what may not stand in a name; names of fields are ours, names of files are not.
	const asWritten = (name: string): string => name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

	it("is read by the runtime's own parser as it was given", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.string({ unit: 'grapheme', maxLength: 200 }),
				fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
				fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('application/pdf', 'text/plain; charset=utf-8', '', 'a/b\r\nX-Evil: 1')),
				fc.array(bytes, { maxLength: 4 }),
				async (text, fileName, contentType, pieces) => {
					const content = Buffer.concat(pieces);
					const open = async () =>
						await Promise.resolve(
							(async function* () {
								await Promise.resolve();
								yield* pieces;
							})(),
						);
					const form = multipart({ fields: { note: text }, files: { file: { fileName, contentType, size: content.length, open } } });
					const sent: Uint8Array[] = [];
					for await (const piece of form.body()) sent.push(piece);
					const body = Buffer.concat(sent);
					expect(body.length).toBe(form.length);
					const read = await new Response(body, { headers: { 'content-type': form.contentType } }).formData();
					expect([...read.keys()]).toEqual(['note', 'file']);
					expect(read.get('note')).toBe(text);
					const file = read.get('file') as File;
					expect(asWritten(file.name)).toBe(asWritten(fileName));
					expect(Buffer.from(await file.arrayBuffer()).equals(content)).toBe(true);
				},
			),
			{ numRuns: 300 },
		);
	});
});
