import { BadInput, nothingToUpdate } from '../../shared/catalogue/operation/badInput';
import { paging } from '../../shared/catalogue/fields/commonFields';
import * as fields from '../../shared/catalogue/fields/fields';
import { reminder } from '../../shared/catalogue/fields/reminder';
import type { Call, Field, Resource } from '../../shared/catalogue/operation/types';
import { appointments } from '../../shared/locators/appointments';
import { contacts } from '../../shared/locators/contacts';
import { users } from '../../shared/locators/users';

const PATH = '/crm/rest/v1/appointments';
const ONE = '/crm/rest/v1/appointments/{appointmentId}';

const appointmentId = appointments.field('appointmentId', 'Appointment', {
	in: 'path',
	key: 'appointmentId',
	required: true,
	description: 'The appointment to work on; the list shows those of the last 30 days and of the future',
});

const title = (required: boolean): Field =>
	fields.text('title', 'Title', { required, placeholder: 'e.g. First consultation', description: 'What the appointment is about' });
const start = (required: boolean): Field => fields.moment('startDate', 'Start', { required, description: 'When it begins' });
const end = (required: boolean): Field => fields.moment('endDate', 'End', { required, description: 'When it ends' });
const contact = fields.asNumber(contacts.field('contactId', 'Contact', { description: 'The contact that the appointment is with' }));

const details: readonly Field[] = [
	fields.text('description', 'Description', { rows: 3 }),
	fields.text('location', 'Location'),
	reminder('remindTime', 'Reminder', { description: 'How long before the start Keap reminds the user. It needs a contact and a user.' }),
	fields.asNumber(users.field('userId', 'User', { key: 'user', description: 'The user who has the appointment' })),
];

function checkTimes({ body }: Call): void {
	const { start_date: begins, end_date: ends } = body;
	if (typeof begins === 'string' && typeof ends === 'string' && ends < begins)
		throw new BadInput('is before the start', 'Check both times, and their time zones.', 'End');
}

/** Keap shows its reminder to the user, beside the contact. */
function checkNew(call: Call): void {
	checkTimes(call);
	const { remind_time: minutes, contact_id: contactOfIt, user } = call.body;
	if (minutes !== undefined && (contactOfIt === undefined || user === undefined))
		throw new BadInput('needs a contact and a user', 'Fill in Contact, and add User under Additional Fields.', 'Reminder');
}

/** Keap has appointments in its older API only. */
export const appointment: Resource = {
	value: 'appointment',
	name: 'Appointment',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create an appointment',
			description: 'Create a new appointment',
			method: 'POST',
			path: PATH,
			expects: ['title', 'start_date'],
			fields: [title(true), start(true), end(true), contact, fields.collection('additionalFields', 'Additional Fields', details)],
			check: checkNew,
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete an appointment',
			description: 'Delete an appointment permanently',
			method: 'DELETE',
			path: ONE,
			fields: [appointmentId],
			answer: 'deleted',
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get an appointment',
			description: 'Retrieve an appointment',
			method: 'GET',
			path: ONE,
			expects: ['title', 'start_date'],
			fields: [appointmentId],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many appointments',
			description: 'Retrieve a list of appointments',
			method: 'GET',
			path: PATH,
			fields: [
				...paging,
				fields.collection(
					'filters',
					'Filters',
					[
						contacts.field('contactId', 'Contact', { in: 'query' }),
						fields.moment('since', 'Since', { in: 'query', description: 'Appointments from this moment on' }),
						fields.moment('until', 'Until', { in: 'query', description: 'Appointments up to this moment' }),
					],
					'Add Filter',
				),
			],
			answer: 'records',
			records: 'appointments',
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update an appointment',
			description: 'Change some fields of an appointment and leave the others alone',
			method: 'PATCH',
			path: ONE,
			expects: ['title', 'start_date'],
			fields: [
				appointmentId,
				fields.collection('updateFields', 'Update Fields', [contact, ...details, end(false), start(false), title(false)]),
			],
			check: (call) => {
				if (Object.keys(call.body).length === 0) throw nothingToUpdate();
				checkTimes(call);
			},
		},
	],
};
