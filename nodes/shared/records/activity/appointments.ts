import { datedLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

/** Older ones are seldom meant, and the list of all could be long. */
const DAYS_BACK = 30;

const startOfList = (): string => new Date(Date.now() - DAYS_BACK * 86_400_000).toISOString();

/** Keap has appointments in version 1 of its API only: https://developer.infusionsoft.com/docs/rest/ */
export const appointments = defineRecord({
	one: 'appointment',
	path: '/crm/rest/v1/appointments',
	records: 'appointments',
	id: 'appointmentId',
	expects: ['title', 'start_date'],
	label: datedLabel('title', 'start_date'),
	findBy: { by: 'list', unnamed: true, query: () => ({ since: startOfList() }) },
});
