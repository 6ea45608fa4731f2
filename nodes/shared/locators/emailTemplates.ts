import { searchCachedList } from './cachedList';
import { nameLabel } from './labels';
import { defineLocator } from './locator';

export const emailTemplates = defineLocator(
	'searchEmailTemplates',
	searchCachedList({ path: '/crm/rest/v2/emails/templates', records: 'email_templates', label: nameLabel('piece_title') }),
);
