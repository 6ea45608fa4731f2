import { entry } from '../../../../shared/catalogue/fields/entries';
import * as fields from '../../../../shared/catalogue/fields/fields';
import { addressMembers, checkAddress, faxes, phoneMembers, phones } from '../../../../shared/catalogue/fields/reachFields';
import type { Field } from '../../../../shared/catalogue/operation/types';
import { companies } from '../../../../shared/records/people/companies';
import { leadSources } from '../../../../shared/records/marketing/leadSources';
import { tags } from '../../../../shared/records/people/tags';
import { users } from '../../../../shared/records/people/users';
import { contactTypes } from '../../../../shared/locators/contactTypes';
import { locales, timeZones } from '../../../../shared/locators/timeZones';

const furtherEmail = (slot: 2 | 3): Field =>
	entry(`email${slot}`, `Email ${slot}`, {
		list: 'email_addresses',
		slot: `EMAIL${slot}`,
		members: [
			fields.email('email', 'Email', { required: true }),
			fields.text('optInReason', 'Opt-In Reason', {
				description: 'Why you may send marketing email to this address. Keap opts the address in when a reason is given.',
			}),
		],
	});

/** The number of Phone 1 stands on the form itself. */
const detailsOfMainPhone = phoneMembers.map((member) =>
	member.property.name === 'number'
		? { ...fields.optional(member), property: { ...member.property, required: undefined, description: 'Not needed if Phone has it' } }
		: member,
);

const address = (kind: 'Billing' | 'Shipping' | 'Other'): Field =>
	entry(`${kind.toLowerCase()}Address`, `${kind} Address`, {
		list: 'addresses',
		slot: kind.toUpperCase(),
		members: addressMembers,
		checkEntry: checkAddress,
	});

/** The account in one network: an entry of a list in which Keap keeps one for each. */
function socialAccount(type: string, name: string, network: string): Field {
	const { encode, ...account } = fields.text(name, network, { key: 'social_accounts', placeholder: 'e.g. ada.lovelace' });
	return {
		...account,
		to: { in: 'body', key: 'social_accounts', isEntry: true },
		encode: (raw) => {
			const of = encode?.(raw);
			return of === undefined ? undefined : { type, name: of };
		},
	};
}

const socialAccounts = fields.group('socialAccounts', 'Social Accounts', [
	socialAccount('FACEBOOK', 'facebook', 'Facebook'),
	socialAccount('INSTAGRAM', 'instagram', 'Instagram'),
	socialAccount('LINKED_IN', 'linkedIn', 'LinkedIn'),
	socialAccount('PINTEREST', 'pinterest', 'Pinterest'),
	socialAccount('SNAPCHAT', 'snapchat', 'Snapchat'),
	socialAccount('TWITTER', 'twitter', 'Twitter'),
	socialAccount('YOUTUBE', 'youTube', 'YouTube'),
]);

const SOURCE_TYPES: readonly fields.Choice[] = [
	['API', 'API'],
	['APPOINTMENT', 'Appointment'],
	['FORM_API_HOSTED', 'Form API Hosted'],
	['FORM_API_INTERNAL', 'Form API Internal'],
	['IMPORT', 'Import'],
	['INTERNAL_FORM', 'Internal Form'],
	['LANDING_PAGE', 'Landing Page'],
	['MANUAL', 'Manual'],
	['OTHER', 'Other'],
	['UNKNOWN', 'Unknown'],
	['WEBFORM', 'Web Form'],
];

/** The visit that brought a contact, by the parameters in the address of the page. Add UTM records further ones. */
const utmParameters = entry('utmParameters', 'UTM Parameters', {
	members: [
		fields.text('utmCampaign', 'Campaign', { placeholder: 'e.g. spring_sale' }),
		fields.text('utmContent', 'Content', { placeholder: 'e.g. header_link' }),
		fields.text('keapSourceId', 'Keap Source ID', { required: true, description: "Keap's own name for where the visit came from" }),
		fields.text('utmMedium', 'Medium', { placeholder: 'e.g. email' }),
		fields.text('utmSource', 'Source', { placeholder: 'e.g. newsletter' }),
		fields.text('utmTerm', 'Term', { placeholder: 'e.g. sourdough' }),
	],
});

/** Everything a contact can hold besides what stands on the form itself, for create, upsert and update alike. */
export const contactDetails: readonly Field[] = [
	address('Billing'),
	address('Shipping'),
	address('Other'),
	fields.day('anniversaryDate', 'Anniversary'),
	fields.text('assistantName', 'Assistant Name', { max: 20 }),
	fields.text('assistantPhone', 'Assistant Phone', { max: 15 }),
	fields.text('billingInformation', 'Billing Information', { max: 100 }),
	fields.day('birthDate', 'Birthday'),
	contactTypes.field('contactType', 'Contact Type', { description: 'One of the types set up in Keap, such as Lead or Customer' }),
	furtherEmail(2),
	furtherEmail(3),
	...faxes,
	fields.text('ipAddress', 'IP Address', {
		key: 'origin.ip_address',
		placeholder: 'e.g. 203.0.113.7',
		description: 'Where the contact signed up from',
		clearable: false,
	}),
	fields.text('jobTitle', 'Job Title', { max: 255 }),
	leadSources.field('leadSourceId', 'Lead Source', { key: 'leadsource_id', description: 'Where the contact came from' }),
	fields.text('middleName', 'Middle Name', { max: 100 }),
	users.field('ownerId', 'Owner', { description: 'The user who looks after the contact' }),
	...phones(detailsOfMainPhone),
	locales.field('preferredLocale', 'Preferred Locale', { description: 'The language of the contact, as it is spoken in a country' }),
	fields.text('preferredName', 'Preferred Name', { max: 100 }),
	fields.text('prefix', 'Prefix', { placeholder: 'e.g. Dr.' }),
	fields.text('referralCode', 'Referral Code'),
	socialAccounts,
	fields.options('sourceType', 'Source Type', { clearable: false, choices: SOURCE_TYPES, description: 'How the contact came into Keap' }),
	fields.text('spouseName', 'Spouse Name', { max: 100 }),
	fields.text('suffix', 'Suffix', { placeholder: 'e.g. Jr.' }),
	timeZones.field('timeZone', 'Time Zone', { description: "One of Keap's time zones" }),
	utmParameters,
	fields.text('website', 'Website', { max: 100, placeholder: 'e.g. https://example.com' }),
];

/** The first email address as a field of its own: most contacts have just one. */
const email: Field = {
	...fields.email('email', 'Email', { in: 'none', description: "The contact's main email address (Email 1 in Keap)" }),
	into: 'email_addresses',
};

/** The first phone number, likewise. */
const phone: Field = {
	...fields.text('phone', 'Phone', {
		in: 'none',
		placeholder: 'e.g. +1 555 010 2030',
		description: "The contact's main phone number (Phone 1 in Keap)",
	}),
	into: 'phone_numbers',
};

export const optInReason = fields.text('optInReason', 'Opt-In Reason', {
	in: 'none',
	description: 'Why you may send marketing email to the address in Email. Keap opts the address in when a reason is given.',
});

/** Read by the follow-up after creation. */
const tagIds: Field = {
	...fields.recordList('tagIds', 'Tags to Apply', {
		in: 'none',
		of: tags,
		description: 'Tags that the contact gets besides those it has; names do as well.',
	}),
	into: 'tag_ids',
};

const names: readonly Field[] = [
	fields.text('givenName', 'First Name', { max: 40, placeholder: 'e.g. Ada' }),
	fields.text('familyName', 'Last Name', { max: 40, placeholder: 'e.g. Lovelace' }),
	phone,
	companies.field('companyId', 'Company', { key: 'company.id', description: 'The company the contact belongs to' }),
	tagIds,
];

/** What most contacts are made of stands on the form itself: first what is needed, then what is asked for most. */
export const mainFields: readonly Field[] = [email, ...names];

/** Keap recognises a contact by its email address. */
export const mainFieldsOfUpsert: readonly Field[] = [{ ...email, property: { ...email.property, required: true } }, ...names];
