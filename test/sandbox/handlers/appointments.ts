import { isIsoDate } from '../contract/schema';
import { badRequest, notFound } from '../errors';
import type { Exchange, Handler, KeapRecord } from '../types';
import { answerV1List } from './lists';
import { checkTimes } from './references';

type Fields = Readonly<Record<string, unknown>>;

const REMINDERS = [5, 10, 15, 30, 60, 120, 240, 480, 1_440, 2_880];
const storeOf = ({ state }: Exchange) => state.collection('/crm/rest/v1/appointments');

/** The contract forgets the id, without which nobody could change an appointment. */
const view = ({ id, ...rest }: KeapRecord) => ({ id: Number(id), ...rest });

function appointmentOf(exchange: Exchange): KeapRecord {
	const found = storeOf(exchange).get(exchange.params.appointmentId ?? '');
	if (!found) throw notFound('appointment', exchange.params.appointmentId ?? '');
	return found;
}

/** @param whole The appointment as it will be. */
function check(whole: Fields, { state }: Exchange): void {
	for (const name of ['title', 'start_date', 'end_date']) if (!whole[name]) throw badRequest(`${name} is required`, name);
	checkTimes(whole, 'start_date', 'end_date');
	if (String(whole.end_date) < String(whole.start_date)) throw badRequest('end_date must not be before start_date', 'end_date');
	const { remind_time: minutes, contact_id: contact, user } = whole;
	if (contact !== undefined && !state.contacts.has(String(contact)))
		throw badRequest(`contact_id: ${String(contact)} does not exist`, 'contact_id');
	if (user !== undefined && !state.users.has(String(user))) throw badRequest(`user: ${String(user)} does not exist`, 'user');
	if (minutes === undefined) return;
	if (!REMINDERS.includes(Number(minutes)))
		throw badRequest(`remind_time must be one of ${REMINDERS.join(', ')}, not ${String(minutes)}`, 'remind_time');
	if (contact === undefined || user === undefined) throw badRequest('remind_time needs contact_id and user', 'remind_time');
}

const create: Handler = (exchange) => {
	check(exchange.body as Fields, exchange);
	return { status: 201, body: view(storeOf(exchange).add(exchange.body as Fields)) };
};

const update: Handler = (exchange) => {
	const next = { ...appointmentOf(exchange), ...(exchange.body as Fields) };
	check(next, exchange);
	storeOf(exchange).set(next.id, next);
	return { status: 200, body: view(next) };
};

const list: Handler = (exchange) => {
	const { contact_id: contact, since, until } = exchange.query;
	for (const [name, time] of Object.entries({ since, until })) {
		if (time !== undefined && !isIsoDate(time, 'always'))
			throw badRequest(`${name} must be a date and time like 2024-01-31T12:00:00.000Z, not "${time}"`, name);
	}
	const rows = storeOf(exchange).rows.filter(
		(row) =>
			(contact === undefined || String(row.contact_id) === contact) &&
			(since === undefined || String(row.start_date) >= since) &&
			(until === undefined || String(row.start_date) <= until),
	);
	return answerV1List(exchange, exchange.operation.path, 'appointments', rows.map(view));
};

export const APPOINTMENT_HANDLERS: Readonly<Record<string, Handler>> = {
	'v1/deleteAppointmentsAppointmentId': (exchange) => {
		storeOf(exchange).delete(appointmentOf(exchange).id);
		return { status: 204 };
	},
	'v1/getAppointments': list,
	'v1/getAppointmentsAppointmentId': (exchange) => ({ status: 200, body: view(appointmentOf(exchange)) }),
	'v1/patchAppointmentsAppointmentId': update,
	'v1/postAppointments': create,
};
