import * as fields from '../../../shared/catalogue/fields/fields';
import { reminder } from '../../../shared/catalogue/fields/reminder';
import { BadInput, nothingToUpdate } from '../../../shared/catalogue/operation/badInput';
import type { Call, Field, Resource } from '../../../shared/catalogue/operation/types';
import { appointments } from '../../../shared/records/activity/appointments';
import { contacts } from '../../../shared/records/people/contacts';
import { users } from '../../../shared/records/people/users';
import { crud } from '../../../shared/rows/crud';

const details: readonly Field[] = [
	fields.text('description', 'Description', { rows: 3 }),
	fields.text('location', 'Location'),
	reminder('remindTime', 'Reminder', {
		description: 'How long before the start Keap reminds the user. It needs a contact and a user.',
	}),
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

function checkChange(call: Call): void {
	if (Object.keys(call.body).length === 0) throw nothingToUpdate();
	checkTimes(call);
}

export const appointment: Resource = {
	value: 'appointment',
	name: 'Appointment',
	operations: crud(appointments, {
		one: appointments.inPath({
			description: 'The appointment to work on; the list shows those of the last 30 days and of the future',
		}),
		fields: [
			fields.text('title', 'Title', {
				required: true,
				placeholder: 'e.g. First consultation',
				description: 'What the appointment is about',
			}),
			fields.moment('startDate', 'Start', { required: true, description: 'When it begins' }),
			fields.moment('endDate', 'End', { required: true, description: 'When it ends' }),
			fields.asNumber(contacts.field('contactId', 'Contact', { description: 'The contact that the appointment is with' })),
		],
		more: details,
		filters: [
			contacts.field('contactId', 'Contact', { in: 'query' }),
			fields.moment('since', 'Since', { in: 'query', description: 'Appointments from this moment on' }),
			fields.moment('until', 'Until', { in: 'query', description: 'Appointments up to this moment' }),
		],
		create: { check: checkNew },
		update: { check: checkChange },
	}),
};
