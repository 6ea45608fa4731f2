import type { INodeType } from 'n8n-workflow';

import { automations } from '../shared/locators/automations';
import { campaigns, sequences } from '../shared/locators/campaigns';
import { contacts } from '../shared/locators/contacts';

const locators = [automations, campaigns, contacts, sequences];

/** What the editor may call while somebody fills in the form. */
export const methods: NonNullable<INodeType['methods']> = {
	listSearch: Object.fromEntries(locators.map(({ method, search }) => [method, search])),
};
