import { picked } from '../../catalogue/simplify';
import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

/** Who brings customers for a commission. Newer screens of Keap call them referral partners. */
export const affiliates = defineRecord({
	one: 'affiliate',
	path: '/crm/rest/v2/affiliates',
	id: 'id',
	records: 'affiliates',
	created: 'date_created',
	order: [
		['code', 'Code'],
		['date_created', 'Created'],
		['id', 'ID'],
		['name', 'Name'],
		['status', 'Status'],
	],
	label: nameLabel('name'),
	findBy: { by: 'prefix', filters: (typed) => (typed === '' ? [] : [`name==${typed}*`]) },
	customFields: true,
	shape: (affiliate) =>
		picked(affiliate, [
			'id',
			'name',
			'code',
			'status',
			'contact_id',
			'parent_affiliate_id',
			'notify_on_sale',
			'notify_on_lead',
			'track_leads_days',
			'unique_site_id',
			'date_created',
		]),
});
