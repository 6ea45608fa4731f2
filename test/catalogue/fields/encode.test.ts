import { BadInput } from '../../../nodes/shared/catalogue/operation/badInput';
import * as encode from '../../../nodes/shared/catalogue/fields/encode';

type Encoder = (raw: unknown) => unknown;
type Good = ReadonlyArray<readonly [raw: unknown, value: unknown]>;
type Bad = ReadonlyArray<readonly [raw: unknown, complaint: string]>;

/** What n8n hands over for a parameter that nobody filled in. */
const NOTHING: Good = ['', '   ', '\n', null, undefined].map((raw) => [raw, undefined]);

/** A DateTime as n8n's expressions give it: it knows its moment, and writes itself in its own zone. */
const luxon = (iso: string): unknown => ({ toMillis: () => Date.parse(iso), toString: () => iso });

const locator = (value: unknown): unknown => ({ __rl: true, mode: 'id', value });

const ID_ADVICE = 'A Keap ID is a whole number';

const TABLE: ReadonlyArray<readonly [name: string, encoder: Encoder, good: Good, bad: Bad]> = [
	[
		'text',
		encode.text(),
		[
			['  Ada ', 'Ada'],
			[7, '7'],
			[0, '0'],
			[false, 'false'],
			['x'.repeat(70_000), 'x'.repeat(70_000)],
		],
		[
			[['a'], 'must be text, not a list: "["a"]"'],
			[{ a: 1 }, 'must be text, not an object: "{"a":1}"'],
		],
	],
	[
		'text of 5',
		encode.text(5),
		[
			['12345', '12345'],
			[' 12345 ', '12345'],
		],
		[['123456', 'is longer than the 5 characters that Keap takes (it has 6)']],
	],
	[
		'record ID',
		encode.recordId,
		[
			['42', '42'],
			[42, '42'],
			[' 42\n', '42'],
			['007', '7'],
			['0', '0'],
			[Number.MAX_SAFE_INTEGER, '9007199254740991'],
			['9223372036854775807', '9223372036854775807'],
		],
		[
			['abc', 'is not a Keap ID: "abc"'],
			['../7', 'is not a Keap ID: "../7"'],
			['1.5', 'is not a Keap ID'],
			[1.5, 'is not a Keap ID'],
			[-1, 'is not a Keap ID'],
			['1 2', 'is not a Keap ID'],
			['٣', 'is not a Keap ID'],
			[true, 'is not a Keap ID: "true"'],
			[{}, 'is not a Keap ID'],
			[1e21, 'is not a Keap ID'],
			[2 ** 60, 'is not a Keap ID'],
			['1'.repeat(20), 'is not a Keap ID'],
		],
	],
	[
		'located ID',
		encode.locatedId,
		[
			[locator('42'), '42'],
			[locator(42), '42'],
			['42', '42'],
			[locator(''), undefined],
			[locator(null), undefined],
		],
		[
			[locator('abc'), 'is not a Keap ID: "abc"'],
			[{ value: '42' }, 'is not a Keap ID'],
		],
	],
	[
		'record IDs',
		encode.recordIds,
		[
			['1', ['1']],
			[7, ['7']],
			['1, 2;3\n4 5', ['1', '2', '3', '4', '5']],
			[
				[1, '2', ' 3 '],
				['1', '2', '3'],
			],
			['2,1,2', ['2', '1']],
			[['1', ''], ['1']],
			['["1", "2"]', ['1', '2']],
			['[1,2]', ['1', '2']],
			['7,007', ['7']],
		],
		[
			[',', 'has no ID in it'],
			[[], 'has no ID in it'],
			[[''], 'has no ID in it'],
			['1,x', 'is not a Keap ID: "x"'],
			[[1, {}], 'is not a Keap ID: "{}"'],
			[{}, 'is not a Keap ID'],
			['[1,2', 'is not a Keap ID: "[1"'],
			['[9223372036854775807]', 'is not a Keap ID'],
		],
	],
	[
		'email',
		encode.email,
		[
			[' Ada@Example.com ', 'Ada@Example.com'],
			['a+b.c@mail.example.co.uk', 'a+b.c@mail.example.co.uk'],
			['jörg@bücher.example', 'jörg@bücher.example'],
		],
		[
			['ada', 'is not an email address: "ada"'],
			['ada@example', 'is not an email address'],
			['@example.com', 'is not an email address'],
			['a@b@example.com', 'is not an email address'],
			['a b@example.com', 'is not an email address'],
			['a@example..com', 'is not an email address'],
			['a@example.com,b@example.com', 'is not an email address'],
			['Ada <ada@example.com>', 'is not an email address'],
			[{}, 'is not an email address'],
		],
	],
	[
		'day',
		encode.day,
		[
			['2024-01-31', '2024-01-31'],
			[' 2024-02-29 ', '2024-02-29'],
			['2024-01-31T23:30:00-05:00', '2024-01-31'],
			['2024-01-31T00:00:00', '2024-01-31'],
			[new Date('2024-01-31T10:00:00Z'), '2024-01-31'],
			[luxon('2024-01-31T23:30:00.000-05:00'), '2024-01-31'],
		],
		[
			['2024-02-31', 'is not a day of the calendar: "2024-02-31"'],
			[' 2024-02-31', 'is not a day of the calendar'],
			['2023-02-29', 'is not a day of the calendar'],
			['2024-13-01', 'is not a date: "2024-13-01"'],
			['31.01.2024', 'is not a date'],
			['01/31/2024', 'is not a date'],
			['2024-1-31', 'is not a date'],
			['tomorrow', 'is not a date'],
			[20240131, 'is not a date'],
			[1, 'is not a date'],
			[new Date('x'), 'is not a date'],
			[luxon('x'), 'is not a date'],
			[{}, 'is not a date'],
		],
	],
	[
		'moment',
		encode.moment,
		[
			['2024-01-31T09:30:00Z', '2024-01-31T09:30:00.000Z'],
			['2024-01-31T09:30:00+02:00', '2024-01-31T07:30:00.000Z'],
			['2024-01-31T23:30:00-05:00', '2024-02-01T04:30:00.000Z'],
			['2024-01-31', '2024-01-31T00:00:00.000Z'],
			[new Date(0), '1970-01-01T00:00:00.000Z'],
			[luxon('2024-01-31T09:30:00+02:00'), '2024-01-31T07:30:00.000Z'],
		],
		[
			['2024-02-30T10:00:00Z', 'is not a day of the calendar'],
			['2024-01-31T25:00:00Z', 'is not a date'],
			['09:30', 'is not a date'],
			[1706690000000, 'is not a date'],
		],
	],
	[
		'number',
		encode.number(),
		[
			[1.5, 1.5],
			['1.5', 1.5],
			[' -2 ', -2],
			[0, 0],
			['0', 0],
		],
		[
			['1,5', 'is not a number: "1,5"'],
			['abc', 'is not a number'],
			[Number.NaN, 'is not a number'],
			[Infinity, 'is not a number'],
			[true, 'is not a number'],
			[[], 'is not a number'],
			[['5'], 'is not a number'],
			[{}, 'is not a number'],
			['0x10', 'is not a number'],
		],
	],
	[
		'whole number from 1 to 5',
		encode.number({ min: 1, max: 5, whole: true }),
		[
			[1, 1],
			['5', 5],
			['2.0', 2],
		],
		[
			[1.5, 'must be a whole number, not 1.5'],
			[0, 'must be 1 or more, not 0'],
			[6, 'must be 5 or less, not 6'],
		],
	],
	[
		'boolean',
		encode.boolean,
		[
			[true, true],
			['true', true],
			[1, true],
			['TRUE', true],
			[' 1', true],
			[false, false],
			['false', false],
			[0, false],
			['False', false],
			['0', false],
		],
		[
			['yes', 'must be true or false, not "yes"'],
			[2, 'must be true or false'],
			[[1], 'must be true or false'],
			[{}, 'must be true or false'],
		],
	],
	[
		'one of',
		encode.oneOf(['A', 'B']),
		[
			['A', 'A'],
			[' b ', 'B'],
		],
		[
			['C', 'must be one of A, B, not "C"'],
			[['A', 'B'], 'must be one of A, B'],
		],
	],
	[
		'some of',
		encode.someOf(['A', 'B']),
		[
			['A', ['A']],
			['A, B', ['A', 'B']],
			[
				['B', 'A'],
				['B', 'A'],
			],
			['A,', ['A']],
			[['A', ''], ['A']],
			[[], undefined],
			[',', undefined],
			['["A", "B"]', ['A', 'B']],
			['b', ['B']],
		],
		[
			['A,C', 'must be one of A, B, not "C"'],
			[['A', 7], 'must be one of A, B, not "7"'],
		],
	],
	[
		'country code',
		encode.countryCode,
		[
			['USA', 'USA'],
			[' deu ', 'DEU'],
			['US', 'USA'],
			['Germany', 'DEU'],
		],
		[
			['Germny', 'is not a country: "Germny"'],
			[840, 'is not a country: "840"'],
		],
	],
	[
		'JSON',
		encode.json,
		[
			['{"a":1}', { a: 1 }],
			['[1]', [1]],
			[{ a: 1 }, { a: 1 }],
			[[1], [1]],
		],
		[
			['{a:1}', 'is not valid JSON: '],
			['{"a":1', 'is not valid JSON: '],
			['"text"', 'is not valid JSON: it is neither an object nor a list'],
			['null', 'is not valid JSON: it is neither'],
			[5, 'is not valid JSON: it is neither'],
		],
	],
	[
		'JSON object',
		encode.jsonObject,
		[
			['{"a":1}', { a: 1 }],
			[{}, {}],
		],
		[
			['[1]', 'must be a JSON object, not a list'],
			[[1], 'must be a JSON object, not a list'],
			['x', 'is not valid JSON'],
		],
	],
];

describe.each(TABLE)('%s', (_name, encoder, good, bad) => {
	it.each([...good, ...NOTHING])('takes %p as %p', (raw, value) => {
		expect(encoder(raw)).toStrictEqual(value);
	});

	it.each(bad)('refuses %p: %s', (raw, complaint) => {
		expect(() => encoder(raw)).toThrow(BadInput);
		expect(() => encoder(raw)).toThrow(complaint);
	});
});

describe('a required value', () => {
	const required = encode.required(encode.recordId, 'Choose a tag.');

	it('passes what is given and refuses what is wrong in the words of its kind', () => {
		expect(required('42')).toBe('42');
		expect(() => required('abc')).toThrow('is not a Keap ID: "abc"');
	});

	it.each(NOTHING)('refuses %p and says what to do', (raw) => {
		expect(() => required(raw)).toThrow(expect.objectContaining({ message: 'is empty', advice: 'Choose a tag.' }));
	});

	it('has advice of its own', () => {
		expect(() => encode.required(encode.text())('')).toThrow(
			expect.objectContaining({ advice: expect.stringContaining('check the expression') as string }),
		);
	});
});

describe('a complaint', () => {
	const complaintOf = (encoder: Encoder, raw: unknown): BadInput => {
		try {
			encoder(raw);
		} catch (error) {
			if (error instanceof BadInput) return error;
		}
		throw new Error('Nothing was complained of');
	};

	it('stays on one short line, whatever was given', () => {
		const { message } = complaintOf(encode.recordId, `a\n\tb ${'x'.repeat(500)}`);
		expect(message).toMatch(/^is not a Keap ID: "a b x+…"$/);
		expect(message.length).toBeLessThan(90);
	});

	it('says what to do next', () => {
		expect(complaintOf(encode.recordId, 'x').advice).toContain(ID_ADVICE);
		expect(complaintOf(encode.email, 'x').advice).toContain('name@example.com');
		expect(complaintOf(encode.day, 'x').advice).toContain('2024-01-31');
		expect(complaintOf(encode.countryCode, 'x').advice).toContain('DEU');
		expect(complaintOf(encode.json, '{').advice).toContain('JSON.stringify');
	});
});
