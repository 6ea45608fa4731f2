import { base64, emails as encodeEmails } from '../../../../shared/catalogue/fields/encodeMore';
import * as fields from '../../../../shared/catalogue/fields/fields';
import type { Field } from '../../../../shared/catalogue/operation/types';
import { contacts } from '../../../../shared/records/people/contacts';
import { emails } from '../../../../shared/records/activity/emails';
import { emailTemplates } from '../../../../shared/records/activity/emailTemplates';
import { contactList } from '../../../../shared/records/people/contactsByEmail';
import { users } from '../../../../shared/records/people/users';

/** Text that Keap wants in Base64: the user writes plain text, and it is encoded here. */
const content = (options: fields.FieldOptions): Field =>
	fields.field(options, { type: 'string', default: '', typeOptions: { rows: 5 } }, base64);

const HTML = { name: 'htmlContent', displayName: 'HTML Content' };
export const htmlContent = content({
	...HTML,
	placeholder: 'e.g. <p>Hello ~Contact.FirstName~</p>',
	description: 'The email as HTML. Merge fields such as ~Contact.FirstName~ are filled in by Keap.',
});
export const plainContent = content({
	name: 'plainContent',
	displayName: 'Plain Text Content',
	description: 'The email as plain text, for readers that show no HTML',
});

const addresses = (options: fields.FieldOptions): Field =>
	fields.field({ placeholder: 'e.g. ada@example.com, ben@example.com', ...options }, { type: 'string', default: '' }, encodeEmails);

export const recipients = (key: string): Field =>
	contactList({
		key,
		required: true,
		description:
			'One contact, or several separated by commas, each by ID or email address. Items that send the same email share calls: 1,000 contacts each. A contact named twice gets it once.',
	});

export const senderUser = (required: boolean): Field =>
	users.field('userId', 'From User', {
		required,
		description: required
			? 'The user in whose name the email is sent'
			: 'The user in whose name the email is sent. Give this or From Address, not both.',
	});

export const fromAddress = fields.email('fromAddress', 'From Address', {
	description: 'A sender address that is authenticated in Keap, to send from instead of a user',
});

export const addressField = fields.text('addressField', 'Address Field', {
	placeholder: 'e.g. EmailAddress2',
	description:
		'Which email address of each contact to use: Email, EmailAddress2, EmailAddress3 or _CustomFieldName, with these capitals. The main one by default.',
});

export const emailId = emails.field('emailId', 'Email Record', {
	in: 'path',
	key: 'id',
	required: true,
	description: 'The email record to work on; search the list by the whole address that the email was sent to',
});

export const templateId = (options: Pick<fields.FieldOptions, 'in' | 'key'>): Field =>
	emailTemplates.field('templateId', 'Email Template', { required: true, description: 'The email template to work on', ...options });

export const sentTo = fields.email('sentToAddress', 'Sent To', { required: true, description: 'The address that the email was sent to' });
export const subject = (required: boolean): Field =>
	fields.text('subject', 'Subject', { required, placeholder: 'e.g. Your offer', description: 'The subject line of the email' });

const PROVIDERS: readonly fields.Choice[] = [
	['UNKNOWN', 'Unknown'],
	['GOOGLE', 'Google'],
	['INFUSIONSOFT', 'Keap'],
	['MICROSOFT', 'Microsoft'],
];

/** What a record of an email can hold besides whom it was sent to and its subject. */
export const recordDetails: readonly Field[] = [
	addresses({ name: 'bccAddresses', displayName: 'BCC', key: 'sent_to_bcc_address_list' }),
	addresses({ name: 'ccAddresses', displayName: 'CC', key: 'sent_to_cc_address_list' }),
	fields.moment('clickedTime', 'Clicked Time', { description: 'When a link in the email was clicked' }),
	contacts.field('contactId', 'Contact', { description: 'The contact who got the email' }),
	fields.email('sentFromAddress', 'From Address'),
	fields.text('headers', 'Headers', { rows: 2, description: 'The technical headers of the email, as text' }),
	content({ ...HTML, description: 'What was sent, as HTML' }),
	fields.moment('openedTime', 'Opened Time', { description: 'When the email was opened' }),
	plainContent,
	fields.options('originalProvider', 'Provider', { choices: PROVIDERS, description: 'The service that sent the email' }),
	fields.text('originalProviderId', 'Provider ID', {
		description: 'The ID of the email at that service. Keap keeps only one record with the same provider and ID.',
	}),
	fields.text('providerSourceId', 'Provider Source ID', { description: 'The account at that service that the email was sent from' }),
	fields.moment('receivedTime', 'Received Time', { description: 'When the email arrived' }),
	fields.email('sentFromReplyAddress', 'Reply-To Address'),
	fields.moment('sentTime', 'Sent Time', { description: 'When the email was sent; Keap keeps no time unless it is given' }),
];
