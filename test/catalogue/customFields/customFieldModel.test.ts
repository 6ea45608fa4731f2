import {
	type CustomField,
	encodeCustomField,
	findCustomField,
	readCustomFields,
} from '../../../nodes/shared/catalogue/customFields/customFieldModel';
import { executeContext, lookupContext } from '../../support/context';
import { NO_LIMITS } from '../../support/keap';
import { startSandbox, type Sandbox } from '../../sandbox';

const fieldOf = (type: string, labels: readonly string[] = [], label = 'Size'): CustomField => ({
	id: '7',
	label,
	type,
	choices: labels.map((one, index) => ({ id: String(index + 1), label: one })),
});

describe("a custom field's value", () => {
	it.each<[string, CustomField, unknown, unknown]>([
		['text', fieldOf('TEXT'), ' Ada ', 'Ada'],
		['long text', fieldOf('TEXT_AREA'), 'x'.repeat(65_535), 'x'.repeat(65_535)],
		['number for a text', fieldOf('PHONE_NUMBER'), 5, '5'],
		['money', fieldOf('CURRENCY'), '12.50', 12.5],
		['decimal', fieldOf('DECIMAL_NUMBER'), 1.5, 1.5],
		['percent', fieldOf('PERCENT'), '7', 7],
		['whole number', fieldOf('WHOLE_NUMBER'), '7', 7],
		['year', fieldOf('YEAR'), '1815', 1815],
		['day', fieldOf('DATE'), '2024-01-31T00:00:00', '2024-01-31'],
		['moment', fieldOf('DATE_TIME'), '2024-01-31T09:30:00+02:00', '2024-01-31T07:30:00.000Z'],
		['yes', fieldOf('YES_NO'), 'true', true],
		['yes in a word', fieldOf('YES_NO'), ' Yes', true],
		['no in a word', fieldOf('YES_NO', ['Yes', 'No']), 'NO', false],
		['no, with options', fieldOf('YES_NO', ['Yes', 'No']), false, false],
		['email address', fieldOf('EMAIL'), 'ada@example.com', 'ada@example.com'],
		['user', fieldOf('USER'), 9001, '9001'],
		['choice', fieldOf('DROPDOWN', ['Rye', 'Sourdough']), 'Rye', 'Rye'],
		['choice in other letters', fieldOf('RADIO', ['Rye', 'Sourdough']), ' SOURDOUGH ', 'Sourdough'],
		['choice by its ID', fieldOf('DROPDOWN', ['Rye', 'Sourdough']), 2, 'Sourdough'],
		["choice whose label is another one's ID", fieldOf('DROPDOWN', ['2', '1']), '1', '1'],
		['several choices', fieldOf('LIST_BOX', ['A', 'B', 'C']), 'c, A', ['C', 'A']],
		['list of choices', fieldOf('LIST_BOX', ['A', 'B, C']), ['B, C', 1], ['B, C', 'A']],
		['choices with commas in text', fieldOf('LIST_BOX', ['A', 'B, C', 'B', 'C, D, E']), 'a,b,c, C, D ,E,B', ['A', 'B, C', 'C, D, E', 'B']],
		['choices as JSON', fieldOf('LIST_BOX', ['A', 'B, C']), '["A","B, C"]', ['A', 'B, C']],
		['a choice twice', fieldOf('LIST_BOX', ['A', 'B']), 'A,a', ['A']],
		['several users', fieldOf('USER_LIST_BOX'), ['9001', 9002], ['9001', '9002']],
		['type that is new', fieldOf('HOLOGRAM'), 'x', 'x'],
	])('%s', (_what, field, raw, value) => {
		expect(encodeCustomField(field, raw)).toStrictEqual(value);
	});

	it.each(['TEXT', 'CURRENCY', 'DATE', 'DATE_TIME', 'YES_NO', 'EMAIL', 'USER', 'LIST_BOX', 'USER_LIST_BOX'])(
		'%s: nothing given is nothing written',
		(type) => {
			for (const raw of ['', ' ', null, undefined]) expect(encodeCustomField(fieldOf(type), raw)).toBeUndefined();
		},
	);

	it.each([[[]], [','], [['']]])('a list without anything in it (%j) is nothing given: it does not empty the field', (raw) => {
		expect(encodeCustomField(fieldOf('LIST_BOX', ['A']), raw)).toBeUndefined();
		expect(encodeCustomField(fieldOf('USER_LIST_BOX'), raw)).toBeUndefined();
	});

	it.each<[string, CustomField, unknown, string]>([
		['text that is too long', fieldOf('TEXT'), 'x'.repeat(65_536), 'is longer than the 65535 characters'],
		['letters for a number', fieldOf('WHOLE_NUMBER'), 'seven', 'is not a number: "seven"'],
		['decimal for a whole number', fieldOf('WHOLE_NUMBER'), 1.5, 'must be a whole number'],
		['day that there is not', fieldOf('DATE'), '2024-02-31', 'is not a day of the calendar'],
		['word for yes or no', fieldOf('YES_NO'), 'maybe', 'must be true or false'],
		['choice that there is not', fieldOf('DROPDOWN', ['Rye', 'Sourdough']), 'Toast', 'has no option "Toast"'],
		['one of several that there is not', fieldOf('LIST_BOX', ['A', 'B']), 'A, X', 'has no option "X"'],
	])('refuses a %s, and names the field', (_what, field, raw, message) => {
		expect(() => encodeCustomField(field, raw)).toThrow(
			expect.objectContaining({ name: 'BadInput', parameter: 'Custom Fields > Size', message: expect.stringContaining(message) as string }),
		);
	});

	it('lists the options when one is refused', () => {
		expect(() => encodeCustomField(fieldOf('DROPDOWN', ['Rye', 'Sourdough']), 'x')).toThrow(
			expect.objectContaining({ advice: 'Its options are: Rye, Sourdough.' }),
		);
	});
});

describe('a custom field', () => {
	const fields = [fieldOf('TEXT', [], 'Nickname'), { ...fieldOf('TEXT', [], 'Size'), id: '8' }, { ...fieldOf('TEXT', [], '7'), id: '9' }];

	it.each([
		['8', '8'],
		['Size', '8'],
		[' size ', '8'],
		['7', '7'],
	])('is found by %j', (name, id) => {
		expect(findCustomField(fields, name).id).toBe(id);
	});

	it('that there is not is refused, and those that there are are named', () => {
		expect(() => findCustomField(fields, 'Colour')).toThrow(
			expect.objectContaining({
				message: 'has no field "Colour" in this Keap account',
				parameter: 'Custom Fields',
				advice: expect.stringContaining('Nickname, Size, 7') as string,
			}),
		);
		expect(() => findCustomField([], 'Colour')).toThrow(
			expect.objectContaining({ advice: expect.stringContaining('are: none.') as string }),
		);
	});

	it('is not guessed at when two have the same label', () => {
		const twins = [...fields, { ...fieldOf('TEXT', [], 'SIZE'), id: '10' }];
		expect(() => findCustomField(twins, 'Size')).toThrow(
			expect.objectContaining({ message: 'has more than one field "Size" in this Keap account', advice: 'Name it by its ID: 8 or 10.' }),
		);
		expect(findCustomField(twins, '10').id).toBe('10');
	});
});

describe("the account's custom fields", () => {
	const model = { path: '/crm/rest/v2/contacts/model' };
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({
			keys: { 'model-key': 'full', 'other-key': 'full' },
			limits: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity },
		});
	});
	afterAll(async () => await sandbox.close());
	const credentials = (apiKey: string) => ({ credentials: { ...NO_LIMITS, apiKey, baseUrl: sandbox.url } });

	it('are read in one call, also when many ask at once, in the editor and in executions', async () => {
		const contexts = [
			executeContext(credentials('model-key')),
			lookupContext(credentials('model-key')),
			executeContext({ ...credentials('model-key'), executionId: '2' }),
		];
		const [first, ...others] = await Promise.all(contexts.map(async (context) => await readCustomFields(context, model)));
		expect(sandbox.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /crm/rest/v2/contacts/model']);
		expect(others).toEqual([first, first]);
		expect(first?.map(({ label, type }) => [label, type]).slice(0, 2)).toEqual([
			['Nickname', 'TEXT'],
			['Favourite bread', 'DROPDOWN'],
		]);
		expect(first?.[1]?.choices.map(({ label }) => label)).toEqual(['Rye', 'Sourdough', 'Baguette', 'Ciabatta']);
	});

	it("are each key's own", async () => {
		const before = sandbox.calls.length;
		await readCustomFields(executeContext(credentials('other-key')), model);
		expect(sandbox.calls.length - before).toBe(1);
	});
});
