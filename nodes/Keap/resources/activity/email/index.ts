import { row } from '../../../../shared/rows/row';
import { paging } from '../../../../shared/catalogue/fields/commonFields';
import * as fields from '../../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../../shared/catalogue/operation/types';
import { output } from '../../../../shared/catalogue/output/parameters';
import { contacts } from '../../../../shared/records/people/contacts';
import { severalWithEmail } from '../../../../shared/records/people/contactsByEmail';
import { createEmails } from './createMany';
import {
	addressField,
	emailId,
	fromAddress,
	htmlContent,
	plainContent,
	recipients,
	recordDetails,
	senderUser,
	sentTo,
	subject,
	templateId,
} from './fields';
import { attachments, checkSendable, sendInBulk, sendTemplateInBulk, sendWithAttachments } from './send';
import { simplifyEmail, simplifyTemplate } from './simplify';

const record = [sentTo, subject(false), fields.additionalFields(recordDetails)];

const filters = [
	fields.moment('createdAfter', 'Created After', { in: 'filter', key: 'start_created_time' }),
	fields.moment('createdBefore', 'Created Before', { in: 'filter', key: 'end_created_time' }),
	fields.email('email', 'Email', { in: 'filter', description: 'The address that the email was sent to' }),
];

const byCreation = fields.moreOptions([fields.orderBy([['created_time', 'Created']])]);

export const email: Resource = {
	value: 'email',
	name: 'Email',
	operations: [
		// Takes many contacts in one call: https://developer.infusionsoft.com/docs/restv2/#tag/Email/operation/sendEmail
		row('send', 'Send', 'POST /crm/rest/v2/emails:send', {
			effect: 'sends',
			action: 'Send an email',
			description: 'Send an email to contacts. Items that send the same one share calls: 1,000 contacts each.',
			fields: [
				recipients('contacts'),
				subject(true),
				htmlContent,
				senderUser(false),
				fields.additionalFields([addressField, attachments, fromAddress, plainContent, severalWithEmail]),
			],
			check: checkSendable,
			accepted: true,
			answer: 'success',
			bundledWrite: sendInBulk,
			perform: sendWithAttachments,
		}),
		row('create', 'Create Record', 'POST /crm/rest/v2/emails', {
			action: 'Create an email record',
			description: "Record an email that was sent outside Keap, so that it shows in the contact's history. Nothing is sent.",
			fields: record,
		}),
		// Takes many records in one call: https://developer.infusionsoft.com/docs/restv2/#tag/Email/operation/createEmails
		row('createMany', 'Create Many Records', 'POST /crm/rest/v2/emails:batchAdd', {
			expects: ['emails', 'errors'],
			action: 'Create many email records',
			description: 'Record emails that were sent outside Keap, one an item. Items share calls: 1,000 records each. Nothing is sent.',
			fields: record,
			bundledCreate: createEmails,
		}),
		row('delete', 'Delete Record', 'DELETE /crm/rest/v2/emails/{id}', {
			action: 'Delete an email record',
			description: 'Delete the record of an email',
			fields: [emailId],
			answer: 'deleted',
		}),
		// Takes many records in one call: https://developer.infusionsoft.com/docs/restv2/#tag/Email/operation/deleteEmails
		row('deleteMany', 'Delete Many Records', 'POST /crm/rest/v2/emails:batchRemove', {
			effect: 'deletes',
			action: 'Delete many email records',
			description: 'Delete the records of emails by their IDs. Items share calls: 1,000 records each.',
			fields: [
				fields.ids('emailIds', 'Email IDs', { required: true, description: 'One ID of an email record, or several separated by commas' }),
			],
			bundledWrite: { ids: 'email_ids', max: 1000, record: 'email record' },
		}),
		row('get', 'Get Record', 'GET /crm/rest/v2/emails/{id}', {
			action: 'Get an email record',
			description: 'Retrieve the record of an email with its content',
			fields: [emailId, ...output],
			simplify: simplifyEmail,
		}),
		row('getAll', 'Get Many', 'GET /crm/rest/v2/emails', {
			action: 'Get many email records',
			description: 'Retrieve a list of email records, without their content',
			fields: [...paging, ...output, fields.filters([contacts.field('contactId', 'Contact', { in: 'filter' }), ...filters]), byCreation],
			simplify: simplifyEmail,
			answer: 'records',
			records: 'emails',
		}),
		row('getForContact', 'Get Emails of Contact', 'GET /crm/rest/v2/emails', {
			action: 'Get the emails of a contact',
			description: 'Retrieve the emails that were sent to a contact or recorded for it, without their content',
			fields: [
				contacts.field('contactId', 'Contact', { in: 'filter', required: true, description: 'The contact to work on' }),
				...paging,
				...output,
				fields.filters(filters),
				byCreation,
			],
			simplify: simplifyEmail,
			answer: 'records',
			records: 'emails',
		}),
		row('getTemplate', 'Get Template', 'GET /crm/rest/v2/emails/templates/{email_template_id}', {
			action: 'Get an email template',
			description: 'Retrieve an email template with its content',
			fields: [templateId({ in: 'path', key: 'email_template_id' }), ...output],
			simplify: simplifyTemplate,
		}),
		row('getTemplates', 'Get Templates', 'GET /crm/rest/v2/emails/templates', {
			action: 'Get many email templates',
			description: 'Retrieve a list of email templates, without their content',
			fields: [...paging, ...output, fields.moreOptions([fields.orderBy([['id', 'ID']])])],
			simplify: simplifyTemplate,
			answer: 'records',
			records: 'email_templates',
		}),
		// Takes many contacts in one call: https://developer.infusionsoft.com/docs/restv2/#tag/Email/operation/sendEmailTemplate
		row('sendTemplate', 'Send Template', 'POST /crm/rest/v2/emails/templates:send', {
			effect: 'sends',
			action: 'Send an email template',
			description: 'Send an email made from a template to contacts. Items that send the same one share calls: 1,000 contacts each.',
			fields: [recipients('contact_ids'), templateId({}), senderUser(true), fields.additionalFields([addressField, severalWithEmail])],
			accepted: true,
			bundledWrite: sendTemplateInBulk,
		}),
	],
};
