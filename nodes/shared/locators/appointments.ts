import { searchCachedList } from './cachedList';
import { datedLabel } from './labels';
import { defineLocator } from './locator';

/** Older ones are seldom meant, and the list of all could be long. */
const DAYS_BACK = 30;

const startOfList = (): string => new Date(Date.now() - DAYS_BACK * 86_400_000).toISOString();

/** Appointments of the last 30 days and of the future, by title. */
export const appointments = defineLocator(
	'searchAppointments',
	searchCachedList({
		path: '/crm/rest/v1/appointments',
		records: 'appointments',
		query: () => ({ since: startOfList() }),
		label: datedLabel('title', 'start_date'),
	}),
);
