import { nameLabel } from '../../locators/labels';
import { OPAQUE } from '../../locators/locator';
import { defineRecord } from '../kind/record';

export const pipelines = defineRecord({
	one: 'pipeline',
	path: '/crm/rest/v2/pipelines',
	records: 'pipelines',
	id: 'id',
	label: nameLabel('name'),
	findBy: { by: 'list' },
	idForm: OPAQUE,
});
