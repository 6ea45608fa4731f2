import type { IDataObject } from 'n8n-workflow';

import { datedLabel } from './labels';
import { defineLocator } from './locator';
import { searchByPrefix } from './prefixSearch';

const subject = datedLabel('subject', 'sent_time');

/** A subject alone says little: one email may have gone to thousands. */
const label = (record: IDataObject): string => `${subject(record)}, to ${String(record.sent_to_address ?? 'nobody')}`;

/** Records of emails, the last recorded first. Keap finds them by the whole address they went to. */
export const emails = defineLocator(
	'searchEmails',
	searchByPrefix({
		path: '/crm/rest/v2/emails',
		records: 'emails',
		query: { order_by: 'created_time desc' },
		label,
		filters: (typed) => (typed === '' ? [] : [`email==${typed}`]),
	}),
);
