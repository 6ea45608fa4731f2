import type { INodeType } from 'n8n-workflow';

import { loadHookEvents } from '../shared/hooks/eventOptions';
import { opportunityStageList } from '../shared/locators/opportunityStages';
import { tagList } from '../shared/locators/tags';
import { userList } from '../shared/locators/users';

/** What the editor may call while somebody fills in the form. */
export const methods: NonNullable<INodeType['methods']> = {
	loadOptions: {
		getHookEvents: loadHookEvents,
		getOpportunityStages: opportunityStageList.load,
		getTags: tagList.load,
		getUsers: userList.load,
	},
};
