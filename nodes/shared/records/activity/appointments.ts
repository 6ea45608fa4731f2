import { datedLabel } from '../../locators/labels';
import { picked } from '../../catalogue/simplify';
import { userName } from '../people/names';
import { defineRecord } from '../kind/record';

/** Older ones are seldom meant, and the list of all could be long. */
const DAYS_BACK = 30;

const startOfList = (): string => new Date(Date.now() - DAYS_BACK * 86_400_000).toISOString();

/** As text, as everywhere else: version 1 has numbers, and 0 or nothing for nobody. */
const idOf = (id: unknown): string | null =>
	['number', 'string'].includes(typeof id) && !['', '0'].includes(String(id)) ? String(id) : null;

/** Keap has appointments in version 1 of its API only: https://developer.infusionsoft.com/docs/rest/ */
export const appointments = defineRecord({
	one: 'appointment',
	path: '/crm/rest/v1/appointments',
	records: 'appointments',
	id: 'appointmentId',
	expects: ['title', 'start_date'],
	label: datedLabel('title', 'start_date'),
	shape: async (appointment, context, { wants = () => true } = {}) => ({
		id: idOf(appointment.id),
		...picked(appointment, ['title', 'start_date', 'end_date']),
		contact_id: idOf(appointment.contact_id),
		user_id: idOf(appointment.user),
		user_name: wants('user_name') ? await userName(context, appointment.user) : null,
		...picked(appointment, ['location', 'description', 'remind_time']),
	}),
	findBy: { by: 'list', unnamed: true, query: () => ({ since: startOfList() }) },
});
