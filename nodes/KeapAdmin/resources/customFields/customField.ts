import { texts } from '../../../shared/catalogue/fields/encodeMore';
import { entries } from '../../../shared/catalogue/fields/entries';
import * as fields from '../../../shared/catalogue/fields/fields';
import type { Field, Resource } from '../../../shared/catalogue/operation/types';
import { customFieldGroups } from '../../../shared/records/account/customFieldGroups';
import { customFields, MODEL_PATH } from '../../../shared/records/account/customFields';
import { FOLDER } from '../../../shared/records/account/recordTypes';
import { userGroups } from '../../../shared/records/people/userGroups';
import { crud } from '../../../shared/rows/crud';
import { checkOptions, FIELD_TYPES, unwrapped, WITH_OPTIONS, writtenForV1 } from './fieldTypes';
import { forRecordTypes, type Kinds } from './forRecordTypes';
import { updateInModel } from './updateInModel';
import { writesAs } from '../../../shared/rows/writesAs';

const label = fields.text('label', 'Label', {
	required: true,
	placeholder: 'e.g. Favourite Colour',
	description: 'What people read in Keap',
});

const fieldType = fields.options('fieldType', 'Field Type', {
	required: true,
	choices: FIELD_TYPES,
	default: 'TEXT',
	description: "What it holds. It can't be changed later.",
});

const optionLabel = fields.text('label', 'Label', { required: true });

const options = entries('fieldOptions', 'Options', {
	key: 'options',
	singular: 'Option',
	members: [optionLabel],
	description: 'What can be chosen, in this order. A dropdown, a list box and radio buttons need at least one.',
});

const shownForChoices: Field = {
	...options,
	property: { ...options.property, displayOptions: { show: { fieldType: [...WITH_OPTIONS] } } },
};

/** For options that come from an item: n8n takes no expression for a whole list of entries. */
const optionLabels: Field = fields.field(
	{
		name: 'optionLabels',
		displayName: 'Option Labels',
		key: 'options',
		placeholder: 'e.g. Small, Medium, Large',
		description: 'Instead of Options: their labels with commas between them, or a list of texts from an expression',
	},
	{ type: 'string', default: '' },
	(raw) => texts(raw)?.map((label) => ({ label })),
);

const moreOptions = entries('fieldOptions', 'Options', {
	key: 'options',
	singular: 'Option',
	clearable: false,
	members: [optionLabel, fields.id('id', 'ID', { description: 'The option to rename, as Get Many gives it; leave empty to add one' })],
	description: 'Options to add or to rename; the others stay as they are',
});

const group = customFieldGroups.field('groupId', 'Group', { clearable: false, description: 'The group that it stands in' });

const userGroup = userGroups.field('userGroupId', 'User Group', {
	clearable: false,
	description: 'For the field types User and User List Box: whose users can be chosen',
});

const removeOthers = fields.boolean('removeOtherOptions', 'Remove Other Options', {
	in: 'none',
	description: 'Whether to remove every option that is not listed under Options',
});

const rows = crud(customFields, {
	fields: [label, fieldType, shownForChoices],
	more: [group, optionLabels, userGroup],
	create: { check: checkOptions },
	delete: {
		description:
			'Delete a custom field permanently. Its values go with it, in all records; of a task, a note or an appointment in all three.',
	},
	get: false,
	getAll: { path: MODEL_PATH },
	update: {
		without: ['fieldType', 'fieldOptions', 'optionLabels', 'userGroupId'],
		plus: [moreOptions, removeOthers],
		description: 'Change the label, group and options of a custom field and leave the others alone',
		performInGroups: updateInModel,
	},
});

/** Where each operation differs by kind of record. */
const KINDS: Readonly<Record<string, Kinds>> = {
	create: {
		// Tasks alone wrap the new field in an object: https://developer.infusionsoft.com/docs/restv2/#tag/Task/operation/createTaskCustomField
		special: ({ value }) => (value === 'task' ? { expects: ['custom_field'], perform: unwrapped } : {}),
		appointment: {
			path: '/crm/rest/v1/appointments/model/customFields',
			fields: writtenForV1(rows.find(({ value }) => value === 'create')?.fields ?? []),
		},
	},
	getAll: { appointment: { path: '/crm/rest/v1/appointments/model' } },
	update: {
		without: { contact: "Keap's API can't change a custom field of contacts: change it in Keap, under Settings > Custom Fields." },
		// Keap wants the group with every update: `updateInModel` sends the one that the field is in.
		special: ({ folder }) => ({
			completion: { path: MODEL_PATH.replace(FOLDER, folder), records: 'custom_fields', fields: { group_id: '' } },
		}),
	},
};

export const customField: Resource = writesAs('configures', {
	value: 'customField',
	name: 'Custom Field',
	operations: rows.map((row) => forRecordTypes(row, KINDS[row.value])),
});
