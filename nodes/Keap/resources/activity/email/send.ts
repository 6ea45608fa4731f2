import { onlyOne } from '../../../../shared/catalogue/batching/bundledWrites';
import { BadInput } from '../../../../shared/catalogue/operation/badInput';
import { readBinary } from '../../../../shared/catalogue/calls/binary';
import { texts } from '../../../../shared/catalogue/fields/encodeMore';
import * as fields from '../../../../shared/catalogue/fields/fields';
import { askKeap } from '../../../../shared/catalogue/calls/request';
import type { BundledWrite, Call, Perform } from '../../../../shared/catalogue/operation/types';
import { contacts } from '../../../../shared/records/people/contacts';

const MOST_ATTACHMENTS = 10;
const LARGEST_ATTACHMENT = 1024 * 1024;

/** Keap's limit of contacts is not documented. What is wrong with a refused email is wrong for every contact that exists. */
const toContacts = { max: 1000, record: 'contact', lookup: contacts.lookup, whole: true };

export const sendTemplateInBulk: BundledWrite = { ...toContacts, ids: 'contact_ids' };

/** Files differ from item to item and are big: an email with attachments goes in a call of its own. */
export const sendInBulk: BundledWrite = { ...toContacts, ids: 'contacts', alone: ({ values }) => values.attachments !== undefined };

export const attachments = fields.field(
	{
		name: 'attachments',
		displayName: 'Attachments',
		in: 'none',
		placeholder: 'e.g. data, data2',
		description:
			'The input fields that hold the files to attach, separated by commas. At most 10 files of 1 MB each; an item with files has a call of its own.',
	},
	{ type: 'string', default: '' },
	texts,
);

/** Keap wants a sender, only one, and something to read. */
export function checkSendable({ body }: Call): void {
	if ((body.user_id === undefined) === (body.from_address === undefined)) {
		throw new BadInput(
			'Give either From User or From Address',
			'Keap takes exactly one sender: choose a user, or add From Address under Additional Fields.',
		);
	}
	if (body.html_content === undefined && body.plain_content === undefined) {
		throw new BadInput('The email has no content', 'Fill in HTML Content, or add Plain Text Content under Additional Fields.');
	}
}

/** One email with attachments. */
export const sendWithAttachments: Perform = async (work, call) => {
	const names = call.values.attachments as string[];
	if (names.length > MOST_ATTACHMENTS)
		throw new BadInput(`has ${names.length} files; Keap takes ${MOST_ATTACHMENTS}`, 'Send fewer files with one email.', 'Attachments');
	const files = [];
	for (const name of names) {
		const { data, fileName } = await readBinary(work, call.item, name, 'Attachments', LARGEST_ATTACHMENT);
		files.push({ file_name: fileName, file_data: data.toString('base64') });
	}
	await askKeap(work, { ...call, body: { ...call.body, attachments: files } });
	return { ...onlyOne('contacts', call.body.contacts as string[]), contacts: call.body.contacts, success: true };
};
