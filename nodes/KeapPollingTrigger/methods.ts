import type { INodeType } from 'n8n-workflow';

import { opportunityStages } from '../shared/records/sales/opportunityStages';
import { tags } from '../shared/records/people/tags';

/** What the editor may call while somebody fills in the form. */
export const methods: NonNullable<INodeType['methods']> = {
	listSearch: Object.fromEntries([opportunityStages, tags].map(({ method, search }) => [method, search])),
};
