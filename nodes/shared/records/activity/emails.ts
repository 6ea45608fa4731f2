import type { IDataObject } from 'n8n-workflow';

import { datedLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

const subject = datedLabel('subject', 'sent_time');

/** A subject alone says little: one email may have gone to thousands. */
const label = (record: IDataObject): string => `${subject(record)}, to ${String(record.sent_to_address ?? 'nobody')}`;

/** Records of emails, the last recorded first. Keap finds them by the whole address they went to. */
export const emails = defineRecord({
	one: 'email',
	path: '/crm/rest/v2/emails',
	records: 'emails',
	id: 'id',
	label,
	findBy: {
		by: 'prefix',
		query: { order_by: 'created_time desc' },
		filters: (typed) => (typed === '' ? [] : [`email==${typed}`]),
	},
});
