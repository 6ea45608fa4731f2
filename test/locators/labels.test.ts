import { nameLabel, personLabel } from '../../nodes/shared/locators/labels';

const emails = [{ email: 'ada@example.com' }, { email: 'other@example.com' }];

describe("a record's label", () => {
	it.each([
		[{ id: '7', name: 'Customer' }, 'Customer'],
		[{ id: '7', name: '' }, '#7'],
		[{ id: '7', name: '  ' }, '#7'],
		[{ id: '7', name: null }, '#7'],
		[{ id: 7 }, '#7'],
	])('by name: %j is %s', (record, label) => {
		expect(nameLabel('name')(record)).toBe(label);
	});

	it.each([
		[{ id: '7', given_name: 'Ada', family_name: 'Lovelace', email_addresses: emails }, 'Ada Lovelace (ada@example.com)'],
		[{ id: '7', given_name: 'Ada', family_name: 'Lovelace', email_addresses: [] }, 'Ada Lovelace'],
		[{ id: '7', given_name: 'Ada', family_name: null }, 'Ada'],
		[{ id: '7', family_name: 'Lovelace', email_addresses: emails }, 'Lovelace (ada@example.com)'],
		[{ id: '7', given_name: ' ', email_addresses: emails }, 'ada@example.com'],
		[{ id: '7', email_addresses: null }, '#7'],
		[{ id: 7, email_addresses: [{}] }, '#7'],
	])('of a person: %j is %s', (record, label) => {
		expect(personLabel(record)).toBe(label);
	});
});
