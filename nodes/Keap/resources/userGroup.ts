import { paging } from '../../shared/catalogue/fields/commonFields';
import type { Resource } from '../../shared/catalogue/operation/types';
import { userGroups } from '../../shared/locators/userGroups';

const PATH = '/crm/rest/v2/userGroups';

export const userGroup: Resource = {
	value: 'userGroup',
	name: 'User Group',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get a user group',
			description: 'Retrieve a user group',
			method: 'GET',
			path: `${PATH}/{user_group_id}`,
			fields: [userGroups.field('userGroupId', 'User Group', { in: 'path', required: true, description: 'The user group to look up' })],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many user groups',
			description: 'Retrieve a list of user groups',
			method: 'GET',
			path: PATH,
			fields: paging,
			// Keap gives the list whole.
			answer: 'nested',
			records: 'user_groups',
		},
	],
};
