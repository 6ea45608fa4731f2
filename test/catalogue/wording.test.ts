import { descriptionFault, isSentenceCase, isTitleCase } from './wording';

/** The rules are only worth something if they refuse. */
describe('the wording rules', () => {
	it.each([
		['Get Many', true],
		['City or Region', true],
		['V1 (Limit and Offset)', true],
		['Opt-In Reason', true],
		['Get Contacts With Tag', true],
		['Get many', false],
		['of Contact', false],
		['Get  Many', false],
		['Limit ', false],
		['V1 (limit)', false],
	])('title case: %j is %j', (text, expected) => {
		expect(isTitleCase(text)).toBe(expected);
	});

	it.each([
		['Get many tags', true],
		['Make a custom API call', true],
		['Get the IDs of contacts', true],
		['Send it to Keap', true],
		['Get Many Tags', false],
		['get many tags', false],
		['Get many tags.', false],
		['Get  many tags', false],
	])('sentence case: %j is %j', (text, expected) => {
		expect(isSentenceCase(text)).toBe(expected);
	});

	it.each([
		['The tag to work on', undefined],
		['Retrieve a tag. Many items share calls: 100 tags each.', undefined],
		['A name, e.g. Ada Lovelace', undefined],
		['The long name, such as Dr. Who', undefined],
		['The number of the card. n8n stores it.', undefined],
		['The tag to work on.', 'is one sentence: no period at the end'],
		['Retrieve a tag. Many items share calls', 'has several sentences: a period at the end'],
		['the tag to work on', 'begins with a small letter'],
		[' The tag', 'has spaces too many'],
	])('description: %j: %j', (text, expected) => {
		expect(descriptionFault(text)).toBe(expected);
	});
});
