import type { INodeType } from 'n8n-workflow';

import { loadHookEvents } from '../shared/hooks/eventOptions';
import { opportunityStages } from '../shared/records/sales/opportunityStages';
import { tags } from '../shared/records/people/tags';
import { users } from '../shared/records/people/users';

/** What the editor may call while somebody fills in the form. */
export const methods: NonNullable<INodeType['methods']> = {
	loadOptions: {
		getHookEvents: loadHookEvents,
		getOpportunityStages: opportunityStages.list.load,
		getTags: tags.list.load,
		getUsers: users.list.load,
	},
};
