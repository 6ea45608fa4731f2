import type { Resource } from '../../shared/catalogue/operation/types';
import { userGroups } from '../../shared/records/people/userGroups';
import { crud } from '../../shared/rows/crud';

export const userGroup: Resource = {
	value: 'userGroup',
	name: 'User Group',
	operations: crud(userGroups, { create: false, delete: false, update: false }),
};
