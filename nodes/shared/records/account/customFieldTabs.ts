import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';
import { FOLDER, searchOfRecordType } from './recordTypes';

const list = { path: `/crm/rest/v2/${FOLDER}/model/customFields/tabs`, records: 'tabs', unpaged: true, label: nameLabel('name') } as const;

/** A tab of a record's page, with groups of custom fields on it. */
export const customFieldTabs = defineRecord({
	one: 'custom field tab',
	id: 'tab_id',
	...list,
	findBy: { by: 'search', search: searchOfRecordType({ ...list, inOrder: true }) },
});
