import * as fields from '../../shared/catalogue/fields/fields';
import type { Resource } from '../../shared/catalogue/operation/types';
import { linkTypes } from '../../shared/records/people/linkTypes';
import { crud } from '../../shared/rows/crud';
import { writesAs } from '../../shared/rows/writesAs';

export const contactLinkType: Resource = writesAs('configures', {
	value: 'contactLinkType',
	name: 'Contact Link Type',
	operations: crud(linkTypes, {
		fields: [
			fields.text('name', 'Name', { required: true, placeholder: 'e.g. Spouse', description: 'What the two contacts are to each other' }),
			fields.number('maxLinks', 'Max Links', {
				min: 1,
				whole: true,
				default: 1,
				clearable: false,
				description: 'How many links of this type a contact may have',
			}),
		],
		filters: [fields.text('name', 'Name', { in: 'filter' })],
		create: { action: 'Create a contact link type', description: 'Create a new way in which two contacts can belong together' },
		get: false,
		delete: { action: 'Delete a contact link type' },
		getAll: { action: 'Get many contact link types' },
		update: {
			action: 'Update a contact link type',
			description: 'Change the name of a link type, or how many links a contact may have',
		},
	}),
});
