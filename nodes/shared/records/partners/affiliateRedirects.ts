import { picked } from '../../catalogue/simplify';
import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

/** Links that credit an affiliate with who follows them. Two of Keap's fields repeat others under older names, and are left out. */
export const affiliateRedirects = defineRecord({
	one: 'affiliate redirect',
	path: '/crm/rest/v2/affiliates/redirects',
	id: 'redirect_id',
	records: 'affiliate_links',
	created: 'date_created',
	order: [
		['date_created', 'Created'],
		['name', 'Name'],
	],
	label: nameLabel('name'),
	findBy: { by: 'list' },
	shape: (link) => picked(link, ['id', 'name', 'code', 'website_address', 'affiliate_id', 'program_ids', 'date_created']),
});
