import { nameLabel } from '../../locators/labels';
import { OPAQUE } from '../../locators/locator';
import { defineRecord } from '../kind/record';

/** Custom fields of deals, by their label. */
export const dealCustomFields = defineRecord({
	one: 'deal custom field',
	path: '/crm/rest/v2/customFields',
	records: 'custom_fields',
	id: 'id',
	parameter: 'customFieldId',
	label: nameLabel('label'),
	findBy: { by: 'list' },
	idForm: OPAQUE,
});
