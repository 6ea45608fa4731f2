import { chosenRecord } from './chosenRecord';
import { datedLabel } from './labels';
import { defineLocator } from './locator';
import { searchByPrefix } from './prefixSearch';

/** Notes by their title, those of the chosen contact only. */
export const notes = defineLocator(
	'searchNotes',
	searchByPrefix({
		path: '/crm/rest/v2/notes',
		records: 'notes',
		label: datedLabel('title', 'create_time'),
		filters: (typed) => (typed === '' ? [] : [`title==${typed}*`]),
		scope: (context) => {
			const contact = chosenRecord(context, 'contactId');
			return contact === undefined ? undefined : `contact_id==${contact}`;
		},
	}),
);
