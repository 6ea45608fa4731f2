import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { byId, errorText, keapForEachTest, on } from './helpers';

const contact = on('contact');
const contactId = byId('={{ $json.value }}');
const creating = (additionalFields: INodeParameters, more: INodeParameters = { email: 'a@x.example' }) =>
	contact('create', { ...more, additionalFields });
const slot = (name: string, entry: INodeParameters): INodeParameters => ({ [name]: { entries: entry } });

/** What was asked, with `$json.value` in place of the bad value; the bad value; what the error says. */
const BAD_INPUT: Array<[string, INodeParameters, unknown, RegExp]> = [
	['an ID of letters', contact('get', { contactId }), 'abc', /Contact is not a Keap ID: "abc".*whole number/],
	['an empty ID', contact('get', { contactId }), '', /Contact is empty/],
	['no ID', contact('delete', { contactId }), undefined, /Contact is empty: the expression "\{\{ \$json\.value \}\}" came to nothing/],
	[
		'no email of a contact to find',
		contact('upsert', { email: '={{ $json.value }}' }),
		undefined,
		/Email is empty: the expression "\{\{ \$json\.value \}\}" came to nothing/,
	],
	['a path for an ID', contact('delete', { contactId }), '../users', /Contact is not a Keap ID: "\.\.\/users"/],
	['an encoded path for an ID', contact('delete', { contactId }), '1%2F..', /Contact is not a Keap ID/],
	['a fraction for an ID', contact('get', { contactId }), 1.5, /Contact is not a Keap ID/],
	['a negative ID', contact('get', { contactId }), -1, /Contact is not a Keap ID/],
	['an object for an ID', contact('get', { contactId }), { id: 1 }, /Contact is not a Keap ID/],
	['an ID of 20 digits', contact('get', { contactId }), '1'.repeat(20), /Contact is not a Keap ID/],
	[
		'a bad email',
		contact('create', { email: '={{ $json.value }}' }),
		'ada@adams',
		/Email is not an email address: "ada@adams".*name@example\.com/,
	],
	['two emails in one', contact('create', { email: '={{ $json.value }}' }), 'a@x.example, b@x.example', /Email is not an email address/],
	[
		'a bad email in a further slot',
		creating(slot('email2', { email: '={{ $json.value }}' })),
		'x',
		/Email 2 > Email is not an email address: "x"/,
	],
	['an entry without its value', creating(slot('phone2', { number: '={{ $json.value }}', type: 'Work' })), '', /Phone 2 > Number is empty/],
	['a bad date', creating({ birthDate: '={{ $json.value }}' }), 'last May', /Birthday is not a date: "last May".*2024-01-31/],
	['a day that no calendar has', creating({ birthDate: '={{ $json.value }}' }), '2023-02-30', /Birthday is not a day of the calendar/],
	['a date in local writing', creating({ anniversaryDate: '={{ $json.value }}' }), '31/01/2024', /Anniversary is not a date/],
	[
		'a region without a country',
		creating({ billingAddress: { entries: { region: '={{ $json.value }}' } } }),
		'Arizona',
		/Billing Address has a State or Region without a Country Code.*USA/,
	],
	[
		'a region that the country does not have',
		creating({ billingAddress: { entries: { region: '={{ $json.value }}', countryCode: 'US' } } }),
		'Arizonia',
		/Billing Address > State or Region is not one of United States: "Arizonia".*Did you mean Arizona \(US-AZ\)\?/,
	],
	[
		'a billing address that is too long',
		creating({ billingAddress: { entries: { line1: '={{ $json.value }}' } } }),
		'x'.repeat(76),
		/Billing Address > Street Address 1 is longer than the 75 characters that Keap takes in a billing address \(it has 76\)/,
	],
	[
		'a country that is none',
		creating({ billingAddress: { entries: { countryCode: '={{ $json.value }}' } } }),
		'Untied States',
		/Country Code is not a country: "Untied States".*Did you mean United States \(USA\)\?/,
	],
	[
		'no way to reach the contact',
		contact('create', { email: '={{ $json.value }}', givenName: 'Ada' }),
		'',
		/Keap needs an email address, a phone number or an address/,
	],
	[
		'a text that is too long',
		contact('create', { email: 'a@x.example', givenName: '={{ $json.value }}' }),
		'x'.repeat(41),
		/First Name is longer than the 40 characters that Keap takes \(it has 41\)/,
	],
	['an unknown choice', creating({ sourceType: '={{ $json.value }}' }), 'FAX', /Source Type must be one of API, /],
	[
		'Phone 1 without its number',
		creating(slot('phone1', { number: '={{ $json.value }}', type: 'Work' })),
		'',
		/Phone 1 > Number is empty.*here or in Phone/,
	],
	[
		'Phone 1 without its number in Create or Update',
		contact('upsert', { email: 'a@x.example', additionalFields: slot('phone1', { number: '={{ $json.value }}', type: 'Work' }) }),
		'',
		/Phone 1 > Number is empty/,
	],
	[
		'two numbers for Phone 1',
		creating(slot('phone1', { number: '={{ $json.value }}' }), { phone: '1' }),
		'2',
		/Phone 1 > Number is "2", but Phone, which is the same number in Keap, is "1"/,
	],
	[
		'an empty list of IDs',
		on('tag')('apply', { tagIds: ['501'], contactIds: '={{ $json.value }}' }),
		[],
		/Contact IDs or Emails has no ID or email address in it/,
	],
	[
		'a tag that is neither ID nor name',
		on('tag')('apply', { tagIds: '={{ $json.value }}', contactIds: '1' }),
		'null',
		/Tag Names or IDs is not a Keap ID: "null"/,
	],
	[
		'tags of which one is neither ID nor name',
		creating({}, { email: 'a@x.example', tagIds: '={{ $json.value }}' }),
		'null, 501',
		/Tags to Apply is not a Keap ID: "null"/,
	],
	['text where true or false belongs', contact('getAll', { returnAll: '={{ $json.value }}' }), 'maybe', /Return All must be true or false/],
	['an empty name', on('tag')('create', { name: '={{ $json.value }}' }), '   ', /Name is empty/],
];

describe('bad input fails before a call is spent, and names the parameter and the item', () => {
	const keap = keapForEachTest();

	it('what is no ID is said once, whichever other forms have a parameter of that name', async () => {
		const run = keap().run(contact('get', { contactId: byId('abc') }));
		await expect(run).rejects.toThrow(/^The 'Keap' node has issues:\n- An ID is a whole number$/);
	});

	it.each(BAD_INPUT)('%s', async (_what, parameters, value, message) => {
		const result = await keap().run(parameters, [{ value: value as IDataObject }]);
		expect(result.status).toBe('error');
		expect(errorText(result)).toMatch(message);
		expect(result.error?.context).toMatchObject({ itemIndex: 0 });
		expect(result.error?.description).toBeTruthy();
		expect(keap().newCalls()).toEqual([]);
	});

	it('is not misled by a value that only looks like a path: Keap gets it as one segment', async () => {
		const [tag] = await keap().output(on('tag')('create', { name: '../../token?x=1#y%2e' }));
		expect(tag?.name).toBe('../../token?x=1#y%2e');
		expect(keap().newCalls()).toEqual(['POST /crm/rest/v2/tags']);
	});
});

describe('a credential that cannot be used fails before a call is spent', () => {
	const keap = keapForEachTest();

	it.each<[IDataObject, RegExp]>([
		[{ apiKey: '' }, /has no API Key.*Settings > API/],
		[{ apiKey: 'two words' }, /contains spaces, line breaks/],
		[{ baseUrl: 'not a url' }, /Base URL of the Keap credential is not a URL/],
		[{ baseUrl: 'ftp://api.keap.com' }, /does not begin with https:\/\//],
		[{ baseUrl: 'https://user:secret@api.keap.com' }, /contains a user name or password/],
		[{ requestsPerSecond: 0 }, /Requests per Second of the Keap credential \(0\) has to be a number above 0/],
		[{ requestsPerMinute: -5 }, /Requests per Minute/],
		[{ requestsPerDay: 'many' }, /Requests per Day/],
	])('%j', async (fields, message) => {
		keap().setCredential(fields);
		const result = await keap().run(contact('get', { contactId: byId(1) }));
		expect(errorText(result)).toMatch(message);
		expect(errorText(result)).not.toMatch(/secret|two words/);
		expect(keap().newCalls()).toEqual([]);
	});
});
