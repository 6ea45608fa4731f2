import type { IDataObject } from 'n8n-workflow';

import { picked } from '../../catalogue/simplify';
import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

/** Its own fields. Keap gives the priority as a number where a program is written, and as a text where it is read. */
const shape = (program: IDataObject): IDataObject => ({
	...picked(program, ['id', 'name']),
	priority: program.priority === undefined || program.priority === null ? null : Number(program.priority),
	...picked(program, ['notes', 'affiliate_ids', 'create_time']),
});

/** The same with its commissions, which lists leave out. */
export const withCommissions = (program: IDataObject): IDataObject => ({
	...shape(program),
	...picked(program, ['default_commission', 'product_commissions', 'subscription_commissions']),
});

/** What affiliates earn, and for what. Keap's API calls them commission programs. */
export const affiliatePrograms = defineRecord({
	one: 'affiliate program',
	path: '/crm/rest/v2/affiliates/commissionPrograms',
	id: 'commission_program_id',
	records: 'commission_programs',
	created: 'create_time',
	order: [
		['date_created', 'Created'],
		['name', 'Name'],
	],
	label: nameLabel('name'),
	findBy: { by: 'list' },
	shape,
});
