import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';
import { FOLDER, searchOfRecordType } from './recordTypes';

/** Where Keap lists the custom fields of a kind of record. */
export const MODEL_PATH = `/crm/rest/v2/${FOLDER}/model`;

const list = { records: 'custom_fields', unpaged: true, label: nameLabel('label') } as const;

/** A custom field itself; its values are in the records. */
export const customFields = defineRecord({
	one: 'custom field',
	// Custom fields of pipelines have IDs of another form, under the usual name.
	parameter: 'fieldId',
	path: `${MODEL_PATH}/customFields`,
	...list,
	findBy: { by: 'search', search: searchOfRecordType({ ...list, path: MODEL_PATH }) },
});
