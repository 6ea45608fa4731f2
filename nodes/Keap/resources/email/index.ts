import { paging, simplify } from '../../../shared/catalogue/fields/commonFields';
import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { contacts } from '../../../shared/locators/contacts';
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

const PATH = '/crm/rest/v2/emails';
const ONE = '/crm/rest/v2/emails/{id}';
const TEMPLATES = '/crm/rest/v2/emails/templates';

const record = [sentTo, subject(false), fields.collection('additionalFields', 'Additional Fields', recordDetails)];

export const email: Resource = {
	value: 'email',
	name: 'Email',
	operations: [
		{
			value: 'send',
			name: 'Send',
			action: 'Send an email',
			description: 'Send an email to contacts. Items that send the same one share calls: 1,000 contacts each.',
			method: 'POST',
			path: `${PATH}:send`,
			fields: [
				recipients('contacts'),
				subject(true),
				htmlContent,
				senderUser(false),
				fields.collection('additionalFields', 'Additional Fields', [addressField, attachments, fromAddress, plainContent]),
			],
			check: checkSendable,
			answer: 'success',
			bundledWrite: sendInBulk,
			perform: sendWithAttachments,
		},
		{
			value: 'create',
			name: 'Create Record',
			action: 'Create an email record',
			description: "Record an email that was sent outside Keap, so that it shows in the contact's history. Nothing is sent.",
			method: 'POST',
			path: PATH,
			fields: record,
		},
		{
			value: 'createMany',
			name: 'Create Many Records',
			action: 'Create many email records',
			description: 'Record emails that were sent outside Keap, one an item. Items share calls: 1,000 records each. Nothing is sent.',
			method: 'POST',
			path: `${PATH}:batchAdd`,
			expects: ['emails', 'errors'],
			fields: record,
			bundledCreate: createEmails,
		},
		{
			value: 'delete',
			name: 'Delete Record',
			action: 'Delete an email record',
			description: 'Delete the record of an email',
			method: 'DELETE',
			path: ONE,
			fields: [emailId],
			answer: 'deleted',
		},
		{
			value: 'deleteMany',
			name: 'Delete Many Records',
			action: 'Delete many email records',
			description: 'Delete the records of emails by their IDs. Items share calls: 1,000 records each.',
			method: 'POST',
			path: `${PATH}:batchRemove`,
			fields: [
				fields.ids('emailIds', 'Email IDs', { required: true, description: 'One ID of an email record, or several separated by commas' }),
			],
			bundledWrite: { ids: 'email_ids', max: 1000, record: 'email record' },
		},
		{
			value: 'get',
			name: 'Get Record',
			action: 'Get an email record',
			description: 'Retrieve the record of an email with its content',
			method: 'GET',
			path: ONE,
			fields: [emailId, simplify],
			simplify: simplifyEmail,
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many email records',
			description: 'Retrieve a list of email records, without their content',
			method: 'GET',
			path: PATH,
			fields: [
				...paging,
				simplify,
				fields.collection(
					'filters',
					'Filters',
					[
						contacts.field('contactId', 'Contact', { in: 'filter' }),
						fields.moment('createdAfter', 'Created After', { in: 'filter', key: 'start_created_time' }),
						fields.moment('createdBefore', 'Created Before', { in: 'filter', key: 'end_created_time' }),
						fields.email('email', 'Email', { in: 'filter', description: 'The address that the email was sent to' }),
					],
					'Add Filter',
				),
				fields.collection('options', 'Options', [fields.orderBy([['created_time', 'Created']])], 'Add Option'),
			],
			simplify: simplifyEmail,
			answer: 'records',
			records: 'emails',
		},
		{
			value: 'getTemplate',
			name: 'Get Template',
			action: 'Get an email template',
			description: 'Retrieve an email template with its content',
			method: 'GET',
			path: `${TEMPLATES}/{email_template_id}`,
			fields: [templateId({ in: 'path', key: 'email_template_id' }), simplify],
			simplify: simplifyTemplate,
		},
		{
			value: 'getTemplates',
			name: 'Get Templates',
			action: 'Get many email templates',
			description: 'Retrieve a list of email templates, without their content',
			method: 'GET',
			path: TEMPLATES,
			fields: [...paging, simplify, fields.collection('options', 'Options', [fields.orderBy([['id', 'ID']])], 'Add Option')],
			simplify: simplifyTemplate,
			answer: 'records',
			records: 'email_templates',
		},
		{
			value: 'sendTemplate',
			name: 'Send Template',
			action: 'Send an email template',
			description: 'Send an email made from a template to contacts. Items that send the same one share calls: 1,000 contacts each.',
			method: 'POST',
			path: `${TEMPLATES}:send`,
			fields: [
				recipients('contact_ids'),
				templateId({}),
				senderUser(true),
				fields.collection('additionalFields', 'Additional Fields', [addressField]),
			],
			bundledWrite: sendTemplateInBulk,
		},
	],
};
