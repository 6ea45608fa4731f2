import { row } from '../../../shared/rows/row';
import { paging } from '../../../shared/catalogue/fields/commonFields';
import { emails } from '../../../shared/catalogue/fields/encodeMore';
import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';

const PATH = '/crm/rest/v2/emailAddresses';

const email = fields.email('email', 'Email', { in: 'path', required: true, description: 'The email address to work on' });

const STATUSES: readonly fields.Choice[] = [
	['ADMIN', 'Admin'],
	['BOUNCE', 'Bounce'],
	['CONFIRMED', 'Confirmed'],
	['DEACTIVATED', 'Deactivated'],
	['DOUBLE_OPT_IN', 'Double Opt-In'],
	['FEEDBACK', 'Feedback'],
	['HARD_BOUNCE', 'Hard Bounce'],
	['INVALID', 'Invalid'],
	['LIST_UNSUBSCRIBE', 'List Unsubscribe'],
	['LOCKDOWN', 'Lockdown'],
	['MANUAL', 'Manual'],
	['NON_MARKETABLE', 'Non-Marketable'],
	['SINGLE_OPT_IN', 'Single Opt-In'],
	['SPAM', 'Spam'],
	['SYSTEM', 'System'],
	['UNENGAGED_MARKETABLE', 'Unengaged, Marketable'],
	['UNENGAGED_NON_MARKETABLE', 'Unengaged, Non-Marketable'],
];

export const emailAddress: Resource = {
	value: 'emailAddress',
	name: 'Email Address',
	operations: [
		row('getAll', 'Get Many', 'GET /crm/rest/v2/emailAddresses', {
			action: 'Get many email address statuses',
			description: 'Retrieve a list of email addresses with their opt-in status',
			fields: [
				...paging,
				fields.filters([
					fields.field(
						{ name: 'emails', displayName: 'Emails', in: 'filter', placeholder: 'e.g. ada@example.com, ben@example.com' },
						{ type: 'string', default: '' },
						emails,
					),
					fields.boolean('optedIn', 'Opted In', {
						in: 'filter',
						default: true,
						description: 'Whether the address may get marketing email',
					}),
					fields.multiOptions('statuses', 'Statuses', { in: 'filter', choices: STATUSES }),
				]),
				fields.moreOptions([
					fields.orderBy([
						['create_time', 'Created'],
						['email', 'Email'],
						['last_click_time', 'Last Click'],
						['last_open_time', 'Last Open'],
						['last_sent_time', 'Last Sent'],
						['status', 'Status'],
					]),
				]),
			],
			answer: 'records',
			records: 'email_addresses',
		}),
		row('getStatus', 'Get Status', 'GET /crm/rest/v2/emailAddresses/{email}/status', {
			expects: ['email'],
			action: 'Get the status of an email address',
			description: 'Retrieve the opt-in status of an email address. Many items share calls: 50 addresses each.',
			fields: [email],
			// Addresses are long, and the list of them stands in the address of the call.
			bundledRead: { path: PATH, filter: 'emails', records: 'email_addresses', id: 'email', key: 'email', max: 50 },
		}),
		row('updateStatus', 'Update Status', 'PATCH /crm/rest/v2/emailAddresses/{email}/status', {
			expects: ['email'],
			effect: 'opens',
			action: 'Update the status of an email address',
			description: 'Opt an email address in or out, with the reason. Keap opts nobody in who has unsubscribed or complained.',
			fields: [
				email,
				fields.boolean('optedIn', 'Opted In', {
					required: true,
					default: true,
					description: 'Whether the address may get marketing email',
				}),
				fields.text('reason', 'Reason', {
					required: true,
					placeholder: 'e.g. Asked for the newsletter on our web form',
					description: 'Why; Keap keeps it as evidence',
				}),
			],
		}),
	],
};
