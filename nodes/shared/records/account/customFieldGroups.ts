import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';
import { FOLDER, searchOfRecordType } from './recordTypes';

const list = {
	path: `/crm/rest/v2/${FOLDER}/model/customFields/groups`,
	records: 'groups',
	unpaged: true,
	label: nameLabel('name'),
} as const;

/** A heading on a tab, with custom fields under it. */
export const customFieldGroups = defineRecord({
	one: 'custom field group',
	id: 'group_id',
	...list,
	findBy: { by: 'search', search: searchOfRecordType({ ...list, inOrder: true }) },
});
