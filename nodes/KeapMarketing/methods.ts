import type { INodeType } from 'n8n-workflow';

import { automationCategories, loadAutomationCategories } from '../shared/locators/automationCategories';
import { automations } from '../shared/locators/automations';
import { campaigns, sequences } from '../shared/locators/campaigns';
import { contacts } from '../shared/locators/contacts';

const locators = [automationCategories, automations, campaigns, contacts, sequences];

/** What the editor may call while somebody fills in the form. */
export const methods: NonNullable<INodeType['methods']> = {
	listSearch: Object.fromEntries(locators.map(({ method, search }) => [method, search])),
	loadOptions: { getAutomationCategories: loadAutomationCategories },
};
