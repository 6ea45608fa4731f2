import { BadInput } from '../../../nodes/shared/catalogue/operation/badInput';
import { entries } from '../../../nodes/shared/catalogue/fields/entries';
import * as fields from '../../../nodes/shared/catalogue/fields/fields';
import { sectionsOf } from '../parameters';

const members = [fields.email('email', 'Email', { required: true }), fields.text('optInReason', 'Opt-In Reason')];
const emails = entries('emails', 'Email Addresses', {
	singular: 'Email Address',
	slots: [
		['EMAIL1', 'Email 1'],
		['EMAIL2', 'Email 2'],
		['EMAIL3', 'Email 3'],
	],
	members,
});
const places = entries('places', 'Places', {
	singular: 'Place',
	slots: [
		['BILLING', 'Billing'],
		['SHIPPING', 'Shipping'],
	],
	members: [fields.text('city', 'City'), fields.text('region', 'Region')],
	checkEntry: ({ city }) => {
		if (city === undefined) throw new BadInput('has a Region without a City');
		return undefined;
	},
});
const accounts = entries('accounts', 'Accounts', { singular: 'Account', members: [fields.text('accountName', 'Account Name')] });

const a = (field?: string) => ({ email: 'a@example.com', ...(field !== undefined && { field }) });
const inSlots = (...slots: string[]) => slots.map((field) => a(field));

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
			['entries', ['email', 'optInReason', 'field']],
		]);
		expect(sectionsOf(accounts.property).map(({ values }) => values.map((value) => value.name))).toEqual([['accountName']]);
	});

	it.each<[string, unknown, unknown]>([
		['nothing', undefined, undefined],
		['an untouched parameter', {}, undefined],
		['an emptied parameter', { entries: [] }, undefined],
		['an empty text from an expression', '', undefined],
		["n8n's own form", { entries: [a('')] }, inSlots('EMAIL1')],
		['a list from an expression', [a(), a()], inSlots('EMAIL1', 'EMAIL2')],
		['a single object from an expression', a(), inSlots('EMAIL1')],
		['entries by position, in order', { entries: [a(''), a(''), a('')] }, inSlots('EMAIL1', 'EMAIL2', 'EMAIL3')],
		['entries around one with a slot', { entries: [a(''), a('EMAIL1'), a('')] }, inSlots('EMAIL2', 'EMAIL1', 'EMAIL3')],
	])('take %s', (_what, raw, value) => {
		expect(emails.encode?.(raw)).toStrictEqual(value);
	});

	it("are written under Keap's names, and what is empty is left out", () => {
		expect(
			emails.encode?.([
				{ email: ' a@example.com ', optInReason: 'Asked for it' },
				{ email: 'b@example.com', optInReason: '' },
			]),
		).toStrictEqual([
			{ email: 'a@example.com', opt_in_reason: 'Asked for it', field: 'EMAIL1' },
			{ email: 'b@example.com', field: 'EMAIL2' },
		]);
		expect(accounts.encode?.([{ accountName: 'ada' }])).toStrictEqual([{ account_name: 'ada' }]);
	});

	it('do not empty a slot: an entry with nothing in it is left out, and those behind it keep theirs', () => {
		expect(places.encode?.([{ city: '', region: null }, { city: 'Graz' }])).toStrictEqual([{ city: 'Graz', field: 'SHIPPING' }]);
		expect(places.encode?.({ entries: [{ city: '', field: 'BILLING' }] })).toBeUndefined();
		expect(accounts.encode?.([{ accountName: ' ' }])).toBeUndefined();
	});

	it('miss nothing that is required in an entry with nothing in it, as items without an address give', () => {
		expect(emails.encode?.({ entries: [{ email: '', optInReason: null, field: '' }] })).toBeUndefined();
		expect(emails.encode?.([{ field: 'EMAIL1' }, a()])).toStrictEqual(inSlots('EMAIL2'));
	});

	it.each<[string, unknown, string, string | undefined]>([
		['a text', 'a@example.com', 'must be a list', undefined],
		['a list of texts', ['a@example.com'], 'has an entry that is not an object: "a@example.com"', undefined],
		['a list with a gap', [null], 'has an entry that is not an object: "null"', undefined],
		['a list of lists', [[]], 'has an entry that is not an object: "[]"', undefined],
		['a bad value', { entries: [a(), { email: 'x' }] }, 'is not an email address: "x"', 'Email Address 2 > Email'],
		['a missing required value', { entries: [{ optInReason: 'Asked for it' }] }, 'is empty', 'Email Address 1 > Email'],
		[
			'a slot that there is not',
			{ entries: [a('EMAIL4')] },
			'must be one of EMAIL1, EMAIL2, EMAIL3, not "EMAIL4"',
			'Email Address 1 > Slot',
		],
		['a slot twice', { entries: [a('EMAIL2'), a('EMAIL2')] }, 'names the slot EMAIL2 twice', undefined],
		['more entries than slots', { entries: [a(), a(), a(), a()] }, 'has more entries than Keap has slots: 3', undefined],
	])('refuse %s', (_what, raw, message, parameter) => {
		expect(() => emails.encode?.(raw)).toThrow(
			expect.objectContaining({ name: 'BadInput', message: expect.stringContaining(message) as string, parameter }),
		);
	});

	it('are each checked as a whole', () => {
		expect(places.encode?.([{ city: 'Graz', region: 'Steiermark' }])).toStrictEqual([
			{ city: 'Graz', region: 'Steiermark', field: 'BILLING' },
		]);
		expect(() => places.encode?.([{ region: 'Steiermark' }])).toThrow('has a Region without a City');
	});
});
