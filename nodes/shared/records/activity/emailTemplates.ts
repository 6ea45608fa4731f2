import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

export const emailTemplates = defineRecord({
	one: 'email template',
	path: '/crm/rest/v2/emails/templates',
	records: 'email_templates',
	label: nameLabel('piece_title'),
	findBy: { by: 'list' },
});
