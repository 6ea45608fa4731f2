import type { IDataObject } from 'n8n-workflow';

import { keapRequest } from '../../transport';
import { nameLabel } from '../../locators/labels';
import type { Maker } from '../../locators/names/named';
import { defineRecord } from '../kind/record';

/** The switch that lets a name which no tag has become a new tag. */
export const CREATE_MISSING_TAGS = { name: 'createMissingTags', displayName: 'Create Missing Tags' };

const PATH = '/crm/rest/v2/tags';

/** A new tag is in no category. */
const maker: Maker = {
	option: CREATE_MISSING_TAGS,
	make: async ({ context, signal }, name) => {
		const { body } = await keapRequest<IDataObject>(context, {
			method: 'POST',
			path: PATH,
			body: { name },
			signal,
			expects: { record: ['id'] },
		});
		return String(body.id);
	},
};

export const tags = defineRecord({
	one: 'tag',
	path: PATH,
	records: 'tags',
	byIds: { filter: 'tag_ids' },
	order: [
		['create_time', 'Created'],
		['name', 'Name'],
		['update_time', 'Updated'],
	],
	label: nameLabel('name'),
	findBy: { by: 'list', maker },
});
