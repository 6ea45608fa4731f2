import * as fields from '../../shared/catalogue/fields/fields';
import { BadInput } from '../../shared/catalogue/operation/badInput';
import type { Call, Field, Resource } from '../../shared/catalogue/operation/types';
import { contacts } from '../../shared/records/people/contacts';
import { row } from '../../shared/rows/row';

const values: readonly Field[] = [
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

/** Which campaign brought a contact, visit by visit; the values of the first one are also among the fields of the contact. */
export const utm: Resource = {
	value: 'utm',
	name: 'UTM',
	operations: [
		// Only in version 1 of the API: https://developer.infusionsoft.com/docs/rest/
		row('add', 'Add to Contact', 'POST /crm/rest/v1/contacts/{contactId}/utm', {
			expects: ['contactUtmId', 'keapSourceId', 'utmSource'],
			action: 'Add UTM values to a contact',
			description: "Record which campaign brought a contact (utm_source and its like), for Keap's marketing reports",
			fields: [contacts.inPath({ key: 'contactId' }), fields.collection('utmFields', 'UTM Fields', values)],
			check: checkUtm,
		}),
	],
};
