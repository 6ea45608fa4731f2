import type { IDataObject } from 'n8n-workflow';

import { fullName, picked } from '../../catalogue/simplify';
import { inner } from '../../runtime/isRecord';
import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

function shape(opportunity: IDataObject): IDataObject {
	const [person, at, user] = [inner(opportunity.contact), inner(opportunity.stage), inner(opportunity.user)];
	return {
		...picked(opportunity, ['id', 'opportunity_title']),
		contact_id: person.id ?? null,
		contact_name: fullName(person.first_name, person.last_name),
		contact_email: person.email ?? null,
		stage_id: at.id ?? null,
		stage_name: at.name ?? null,
		user_id: user.id ?? null,
		user_name: fullName(user.first_name, user.last_name),
		...picked(opportunity, [
			'projected_revenue_low',
			'projected_revenue_high',
			'estimated_close_time',
			'next_action_time',
			'next_action_notes',
			'opportunity_notes',
			'created_time',
			'last_updated_time',
		]),
	};
}

export const opportunities = defineRecord({
	one: 'opportunity',
	many: 'opportunities',
	path: '/crm/rest/v2/opportunities',
	records: 'opportunities',
	created: 'created_time',
	byIds: { filter: 'ids' },
	order: [
		['contact_name', 'Contact Name'],
		['created_time', 'Created'],
		['next_action_time', 'Next Action'],
		['opportunity_title', 'Title'],
		['update_time', 'Updated'],
	],
	label: nameLabel('opportunity_title'),
	findBy: { by: 'prefix', filters: (typed) => (typed === '' ? [] : [`opportunity_title==${typed}*`]) },
	customFields: true,
	// Further names belong to a legacy feature that few accounts have.
	fields: ['created_by', 'custom_fields', 'last_updated_by', 'status_id'],
	writesTakeFields: true,
	shape,
});
