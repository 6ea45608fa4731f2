import { row } from '../../../../shared/rows/row';
import { paging } from '../../../../shared/catalogue/fields/commonFields';
import * as encode from '../../../../shared/catalogue/fields/encode';
import * as fields from '../../../../shared/catalogue/fields/fields';
import type { Call, Effect, Field, Resource } from '../../../../shared/catalogue/operation/types';
import { contacts } from '../../../../shared/records/people/contacts';
import { files } from '../../../../shared/records/activity/files';
import { users } from '../../../../shared/records/people/users';
import { checkBelongs, download, sendForm } from './transfer';

const fileId = files.field('fileId', 'File', { in: 'path', required: true, description: 'The file to work on' });

const inputField = (required: boolean): Field =>
	fields.text('binaryPropertyName', 'Input Binary Field', {
		key: 'file',
		required,
		default: required ? 'data' : '',
		placeholder: 'e.g. data',
		description: 'The name of the input field that holds the file',
	});

const fileName = (description: string): Field => fields.text('fileName', 'File Name', { placeholder: 'e.g. invoice.pdf', description });

/** A public file lies open to everybody who knows its address. */
const opensIfPublic = ({ isPublic }: Call['values']): Effect => (String(isPublic) === 'true' ? 'opens' : 'writes');

/** A switch that goes into a form, where everything is text. */
const isPublic = (asText: boolean): Field => {
	const field = fields.boolean('isPublic', 'Public', { description: 'Whether everybody who knows its address may see the file' });
	return asText ? { ...field, encode: (raw) => encode.boolean(raw)?.toString() } : field;
};

const contact = contacts.field('contactId', 'Contact', { description: 'The contact that the file belongs to' });
// Not marked as required: n8n would ask for it too where an expression under Belongs To says another place.
const ofContact: Field = { ...contact, property: { ...contact.property, displayOptions: { show: { fileAssociation: ['CONTACT'] } } } };

const CATEGORIES: readonly fields.Choice[] = [
	['ATTACHMENTS', 'Attachments'],
	['CART', 'Cart'],
	['DOCUMENTS', 'Documents'],
	['FUNNEL', 'Funnel'],
	['HIDDEN', 'Hidden'],
	['INVOICE', 'Invoice'],
	['LOGO', 'Logo'],
	['TICKETS', 'Tickets'],
	['WEB_FORM', 'Web Form'],
];

const BOXES: readonly fields.Choice[] = [
	['APPLICATION', 'Application'],
	['ATTACHMENT', 'Attachment'],
	['BRANDING_CENTER_LOGO', 'Branding Center Logo'],
	['CONTACT', 'Contact'],
	['DIGITAL_PRODUCT', 'Digital Product'],
	['FAX', 'Fax'],
	['FUNNEL', 'Funnel'],
	['HIDDEN', 'Hidden'],
	['IMAGE', 'Image'],
	['IMPORT', 'Import'],
	['LOGO_THUMBNAIL', 'Logo Thumbnail'],
	['RESAMPLED_IMAGE', 'Resampled Image'],
	['STYLED_CART', 'Styled Cart'],
	['TEMPLATE_THUMBNAIL', 'Template Thumbnail'],
	['TICKET', 'Ticket'],
	['UNLAYER', 'Unlayer'],
	['WEB_FORM', 'Web Form'],
];

export const file: Resource = {
	value: 'file',
	name: 'File',
	operations: [
		// Sent as a form, not as JSON: https://developer.infusionsoft.com/docs/restv2/#tag/Files/operation/createFile
		row('upload', 'Upload', 'POST /crm/rest/v2/files', {
			effect: opensIfPublic,
			action: 'Upload a file',
			description: 'Upload a file of the item, for instance an invoice to a contact',
			fields: [
				inputField(true),
				fields.options('fileAssociation', 'Belongs To', {
					required: true,
					choices: [
						['CONTACT', 'Contact', 'The files of a contact'],
						['COMPANY', 'Company', 'The files of your company, which all its users share'],
						['USER', 'User', 'The files of the user of the API key'],
					],
					description: 'Where Keap keeps the file',
				}),
				ofContact,
				fields.additionalFields([fileName('The name of the file in Keap, in place of the one it has'), isPublic(true)]),
			],
			// Keap wants a name; the file's own is put in when it is sent. Nothing becomes public by mistake.
			body: { file_name: '', is_public: 'false' },
			check: checkBelongs,
			perform: sendForm,
		}),
		row('delete', 'Delete', 'DELETE /crm/rest/v2/files/{file_id}', {
			action: 'Delete a file',
			description: 'Delete a file permanently',
			fields: [fileId],
			answer: 'deleted',
		}),
		// The answer is the file itself: https://developer.infusionsoft.com/docs/restv2/#tag/Files/operation/getFileData_1
		row('download', 'Download', 'GET /crm/rest/v2/files/{file_id}:data', {
			action: 'Download a file',
			description: 'Download a file with its name: two calls, or one when the name is given',
			fields: [
				fileId,
				fields.text('binaryPropertyName', 'Put Output File in Field', {
					in: 'none',
					required: true,
					default: 'data',
					description: 'The name of the output field to put the file in',
				}),
				fields.moreOptions([
					fields.text('fileName', 'File Name', {
						in: 'none',
						placeholder: 'e.g. invoice.pdf',
						description: 'The name to give the file. Keap is then not asked for it, which saves a call.',
					}),
				]),
			],
			perform: download,
		}),
		row('get', 'Get', 'GET /crm/rest/v2/files/{file_id}', {
			action: 'Get a file',
			description: 'Retrieve what Keap knows of a file, without its content',
			fields: [fileId],
		}),
		row('getAll', 'Get Many', 'GET /crm/rest/v2/files', {
			action: 'Get many files',
			description: 'Retrieve a list of files, without their content',
			fields: [
				...paging,
				fields.filters([
					fields.options('category', 'Category', { in: 'filter', description: 'What the file is for', choices: CATEGORIES }),
					contacts.field('contactId', 'Contact', { in: 'filter' }),
					fields.options('fileBoxType', 'File Box', {
						in: 'filter',
						description: 'The part of Keap that keeps the file',
						choices: BOXES,
					}),
					fields.text('fileName', 'File Name', { in: 'filter' }),
					fields.boolean('isPublic', 'Public', {
						in: 'filter',
						default: true,
						description: 'Whether to return files that everybody who knows the address may see, or the others',
					}),
					users.field('userId', 'User', { in: 'filter' }),
				]),
				fields.moreOptions([
					fields.orderBy([
						['file_name', 'File Name'],
						['updated_time', 'Updated'],
					]),
				]),
			],
			answer: 'records',
			records: 'files',
		}),
		// A form again, and a POST where Keap otherwise has PATCH: https://developer.infusionsoft.com/docs/restv2/#tag/Files/operation/updateFile
		row('update', 'Update', 'POST /crm/rest/v2/files/{file_id}', {
			effect: opensIfPublic,
			action: 'Update a file',
			description: 'Change the name, the visibility or the content of a file',
			fields: [fileId, fields.updateFields([fileName('The new name'), inputField(false), isPublic(false)])],
			mask: true,
			perform: sendForm,
		}),
	],
};
