import { BadInput } from '../../../nodes/shared/catalogue/operation/badInput';
import { entries } from '../../../nodes/shared/catalogue/fields/entries';
import * as fields from '../../../nodes/shared/catalogue/fields/fields';
import { phones } from '../../../nodes/shared/catalogue/fields/reachFields';
import { sectionsOf } from '../parameters';

const members = [fields.email('email', 'Email', { required: true }), fields.text('optInReason', 'Opt-In Reason')];
const emails = entries('emails', 'Email Addresses', {
	singular: 'Email Address',
	members,
});
const places = entries('places', 'Places', {
	singular: 'Place',
	members: [fields.text('city', 'City'), fields.text('region', 'Region')],
	checkEntry: ({ city }) => {
		if (city === undefined) throw new BadInput('has a Region without a City');
		return undefined;
	},
});
const accounts = entries('accounts', 'Accounts', { singular: 'Account', members: [fields.text('accountName', 'Account Name')] });

const a = { email: 'a@example.com' };
const b = { email: 'b@example.com' };

describe('entries', () => {
	it('are a fixed collection whose entries can be added', () => {
		const { property } = emails;
		expect(property).toMatchObject({
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Email Address',
			default: {},
		});
		expect(sectionsOf(property).map(({ name, values }) => [name, values.map((value) => value.name)])).toEqual([
			['entries', ['email', 'optInReason']],
		]);
		expect(sectionsOf(accounts.property).map(({ values }) => values.map((value) => value.name))).toEqual([['accountName']]);
	});

	it.each<[string, unknown, unknown]>([
		['nothing', undefined, undefined],
		['an untouched parameter', {}, undefined],
		['an emptied parameter', { entries: [] }, undefined],
		['an empty text from an expression', '', undefined],
		["n8n's own form", { entries: [a, b] }, [a, b]],
		['a list from an expression', [a, b], [a, b]],
		['a single object from an expression', a, [a]],
	])('take %s', (_what, raw, value) => {
		expect(emails.encode?.(raw)).toStrictEqual(value);
	});

	it("are written under Keap's names, and what is empty is left out", () => {
		expect(
			emails.encode?.([
				{ email: ' a@example.com ', optInReason: 'Asked for it' },
				{ email: 'b@example.com', optInReason: '' },
			]),
		).toStrictEqual([{ email: 'a@example.com', opt_in_reason: 'Asked for it' }, b]);
		expect(accounts.encode?.([{ accountName: 'ada' }])).toStrictEqual([{ account_name: 'ada' }]);
	});

	it('leave out an entry with nothing in it', () => {
		expect(places.encode?.([{ city: '', region: null }, { city: 'Graz' }])).toStrictEqual([{ city: 'Graz' }]);
		expect(accounts.encode?.([{ accountName: ' ' }])).toBeUndefined();
	});

	it('miss nothing that is required in an entry with nothing in it, as items without an address give', () => {
		expect(emails.encode?.({ entries: [{ email: '', optInReason: null }] })).toBeUndefined();
		expect(emails.encode?.([{}, a])).toStrictEqual([a]);
	});

	it.each<[string, unknown, string, string | undefined]>([
		['a text', 'a@example.com', 'must be a list', undefined],
		['a list of texts', ['a@example.com'], 'has an entry that is not an object: "a@example.com"', undefined],
		['a list with a gap', [null], 'has an entry that is not an object: "null"', undefined],
		['a list of lists', [[]], 'has an entry that is not an object: "[]"', undefined],
		['a bad value', { entries: [a, { email: 'x' }] }, 'is not an email address: "x"', 'Email Address 2 > Email'],
		['a missing required value', { entries: [{ optInReason: 'Asked for it' }] }, 'is empty', 'Email Address 1 > Email'],
	])('refuse %s', (_what, raw, message, parameter) => {
		expect(() => emails.encode?.(raw)).toThrow(
			expect.objectContaining({ name: 'BadInput', message: expect.stringContaining(message) as string, parameter }),
		);
	});

	it('are each checked as a whole', () => {
		expect(places.encode?.([{ city: 'Graz', region: 'Steiermark' }])).toStrictEqual([{ city: 'Graz', region: 'Steiermark' }]);
		expect(() => places.encode?.([{ region: 'Steiermark' }])).toThrow('has a Region without a City');
	});
});

describe('an entry with a slot of its own', () => {
	const [, second] = phones();

	it('stands among the others of its list, in its slot', () => {
		expect(second).toMatchObject({ property: { name: 'phone2', displayName: 'Phone 2' }, to: { key: 'phone_numbers', isEntry: true } });
		expect(second?.encode?.({ entries: { number: ' 1 ', type: '' } })).toStrictEqual({ number: '1', field: 'PHONE2' });
		expect(phones().map(({ encode }) => encode?.({ number: '1' }))).toEqual(
			[1, 2, 3, 4, 5].map((slot) => ({ number: '1', field: `PHONE${slot}` })),
		);
	});

	it('does not empty its slot when nothing is in it', () => {
		expect(second?.encode?.({ entries: { number: '', type: null } })).toBeUndefined();
		expect(() => second?.encode?.({ entries: { number: '', type: 'Work' } })).toThrow('is empty');
	});

	it('is one: of several nothing is lost without a word', () => {
		expect(second?.encode?.([{ number: '1' }])).toStrictEqual({ number: '1', field: 'PHONE2' });
		expect(() => second?.encode?.([{ number: '1' }, { number: '2' }])).toThrow('is one entry, not 2');
	});

	it('stands open when it is added to a collection, and is not dropped: its default is more than nothing', () => {
		const { property } = fields.additionalFields(phones());
		expect(property.options?.map((option) => ('default' in option ? option.default : undefined))).toEqual(
			Array<unknown>(5).fill({ entries: { number: '' } }),
		);
	});
});
