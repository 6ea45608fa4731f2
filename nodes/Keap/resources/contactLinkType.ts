import { paging } from '../../shared/catalogue/fields/commonFields';
import * as fields from '../../shared/catalogue/fields/fields';
import type { Field, Resource } from '../../shared/catalogue/operation/types';
import { linkTypes } from '../../shared/locators/linkTypes';

const PATH = '/crm/rest/v2/contacts/links/types';
const ONE = '/crm/rest/v2/contacts/links/types/{link_type_id}';

const linkTypeId = linkTypes.field('linkTypeId', 'Link Type', { in: 'path', required: true, description: 'The link type to work on' });
const maxLinks = fields.number('maxLinks', 'Max Links', {
	min: 1,
	whole: true,
	default: 1,
	description: 'How many links of this type a contact may have',
});
const name = (required: boolean): Field =>
	fields.text('name', 'Name', { required, placeholder: 'e.g. Spouse', description: 'What the two contacts are to each other' });

export const contactLinkType: Resource = {
	value: 'contactLinkType',
	name: 'Contact Link Type',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a contact link type',
			description: 'Create a new way in which two contacts can belong together',
			method: 'POST',
			path: PATH,
			fields: [name(true), maxLinks],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a contact link type',
			description: 'Delete a link type permanently',
			method: 'DELETE',
			path: ONE,
			fields: [linkTypeId],
			answer: 'deleted',
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many contact link types',
			description: 'Retrieve a list of link types',
			method: 'GET',
			path: PATH,
			fields: [
				...paging,
				fields.collection('filters', 'Filters', [fields.text('name', 'Name', { in: 'filter' })], 'Add Filter'),
				fields.collection(
					'options',
					'Options',
					[
						fields.orderBy([
							['create_time', 'Created'],
							['max_links', 'Max Links'],
							['name', 'Name'],
						]),
					],
					'Add Option',
				),
			],
			answer: 'records',
			records: 'contact_link_types',
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a contact link type',
			description: 'Change the name of a link type, or how many links a contact may have',
			method: 'PATCH',
			path: ONE,
			fields: [linkTypeId, fields.collection('updateFields', 'Update Fields', [maxLinks, name(false)])],
			mask: true,
		},
	],
};
