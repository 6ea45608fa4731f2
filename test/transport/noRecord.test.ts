import { noRecord } from '../../nodes/shared/transport';

test.each<[path: string, params: Record<string, string>, said: string]>([
	['/crm/rest/v2/contacts/{contact_id}', { contact_id: '9' }, 'no contact with the ID 9'],
	['/crm/rest/v2/companies/{company_id}', { company_id: '9' }, 'no company with the ID 9'],
	['/crm/rest/v2/tags/categories/{tag_category_id}', { tag_category_id: '9' }, 'no tag category with the ID 9'],
	['/crm/rest/v1/appointments/{appointmentId}', { appointmentId: '9' }, 'no appointment with the ID 9'],
	['/crm/rest/v2/deals/{id}', { id: '9' }, 'no deal with the ID 9'],
	['/crm/rest/v2/emailAddresses/{email}', { email: 'a@x.example' }, 'no email address a@x.example'],
	['/crm/rest/v2/countries/{country_code}/provinces', { country_code: 'XX' }, 'no country with the code XX'],
	['/crm/rest/v1/hooks/{key}', { key: '12' }, 'no hook with the key 12'],
	['/crm/rest/v2/tags/{tag_id}/contacts:applyTags', { tag_id: '9' }, 'no tag with the ID 9'],
	['/crm/rest/v2/statuses/{id}', { id: '9' }, 'no status with the ID 9'],
])('%s: %s', (path, params, said) => {
	expect(noRecord(path, params)?.message).toBe(`Keap has ${said}`);
});

test('where a record is looked for in another one, both are named', () => {
	expect(noRecord('/crm/rest/v2/contacts/{contact_id}/notes/{note_id}', { contact_id: '1', note_id: '9' })).toEqual({
		message: 'Keap has no note with the ID 9',
		description:
			'It may have been deleted or merged into another one. It was looked for in the contact with the ID 1. Check the ID, and that the key belongs to the account that holds the record.',
	});
});

test('a path without a record has no such text', () => {
	expect(noRecord('/crm/rest/v2/contacts', {})).toBeUndefined();
});
