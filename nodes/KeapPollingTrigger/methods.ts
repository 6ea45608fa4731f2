import type { INodeType } from 'n8n-workflow';

import { opportunityStages } from '../shared/locators/opportunityStages';
import { tags } from '../shared/locators/tags';

/** What the editor may call while somebody fills in the form. */
export const methods: NonNullable<INodeType['methods']> = {
	listSearch: Object.fromEntries([opportunityStages, tags].map(({ method, search }) => [method, search])),
};
