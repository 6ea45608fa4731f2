import { row } from '../../../../shared/rows/row';
import { BadInput } from '../../../../shared/catalogue/operation/badInput';
import { paging } from '../../../../shared/catalogue/fields/commonFields';
import * as fields from '../../../../shared/catalogue/fields/fields';
import type { Call, Field, Operation } from '../../../../shared/catalogue/operation/types';
import { contacts } from '../../../../shared/records/people/contacts';

/** Keap's v1 has another name for the same contact. */
export const contactIdV1 = contacts.field('contactId', 'Contact', {
	in: 'path',
	required: true,
	key: 'contactId',
	description: 'The contact to work on',
});

const utm: readonly Field[] = [
	fields.text('utmCampaign', 'Campaign', {
		key: 'utmCampaign',
		placeholder: 'e.g. spring_sale',
		description: 'The campaign that brought the visit (utm_campaign)',
	}),
	fields.text('utmContent', 'Content', {
		key: 'utmContent',
		placeholder: 'e.g. header_link',
		description: 'The link or advertisement that was clicked (utm_content)',
	}),
	fields.text('keapSourceId', 'Keap Source ID', {
		key: 'keapSourceId',
		description: "Keap's own name for where the visit came from, if you have one",
	}),
	fields.text('utmMedium', 'Medium', {
		key: 'utmMedium',
		placeholder: 'e.g. email',
		description: 'The kind of link, such as email or cpc (utm_medium)',
	}),
	fields.text('utmSource', 'Source', {
		key: 'utmSource',
		placeholder: 'e.g. newsletter',
		description: 'Where the visit came from, such as google (utm_source)',
	}),
	fields.text('utmTerm', 'Term', {
		key: 'utmTerm',
		placeholder: 'e.g. sourdough',
		description: 'The search term that was paid for (utm_term)',
	}),
];

/** Refused here, because Keap would store an empty visit. */
function checkUtm({ body }: Call): void {
	if (Object.keys(body).length === 0) throw new BadInput('has no field in it', 'Add at least one field, such as Source.', 'UTM Fields');
}

/** What happened around a contact: visits, emails, score. */
export const activity: readonly Operation[] = [
	// Only in version 1 of the API: https://developer.infusionsoft.com/docs/rest/
	row('addUtm', 'Add UTM', 'POST /crm/rest/v1/contacts/{contactId}/utm', {
		expects: ['contactUtmId', 'keapSourceId', 'utmSource'],
		action: 'Add UTM values to a contact',
		description: "Record which campaign brought a contact (utm_source and its like), for Keap's marketing reports",
		fields: [contactIdV1, fields.collection('utmFields', 'UTM Fields', utm)],
		check: checkUtm,
	}),
	row('getEmails', 'Get Emails', 'GET /crm/rest/v2/emails', {
		action: 'Get the emails of a contact',
		description: 'Retrieve the emails that were sent to a contact or recorded for it',
		fields: [
			contacts.field('contactId', 'Contact', { in: 'filter', required: true, description: 'The contact to work on' }),
			...paging,
			fields.filters([
				fields.moment('createdAfter', 'Created After', { in: 'filter', key: 'start_created_time' }),
				fields.moment('createdBefore', 'Created Before', { in: 'filter', key: 'end_created_time' }),
				fields.text('email', 'Email', { in: 'filter', placeholder: 'name@email.com', description: 'The address that the email went to' }),
			]),
			fields.moreOptions([fields.orderBy([['created_time', 'Created']])]),
		],
		answer: 'records',
		records: 'emails',
	}),
	row('getLeadScore', 'Get Lead Score', 'GET /crm/rest/v2/contacts/{contact_id}/leadScore', {
		expects: ['score', 'last_updated'],
		action: 'Get the lead score of a contact',
		description: 'Retrieve how promising a contact is by the scoring rules of the Keap account',
		fields: [contacts.inPath()],
	}),
];
