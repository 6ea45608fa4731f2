import type { INodeType } from 'n8n-workflow';

import { loadHookEvents } from '../shared/hooks/eventOptions';
import { loadOpportunityStages } from '../shared/locators/opportunityStages';
import { loadTags } from '../shared/locators/tags';
import { loadUsers } from '../shared/locators/users';

/** What the editor may call while somebody fills in the form. */
export const methods: NonNullable<INodeType['methods']> = {
	loadOptions: { getHookEvents: loadHookEvents, getOpportunityStages: loadOpportunityStages, getTags: loadTags, getUsers: loadUsers },
};
