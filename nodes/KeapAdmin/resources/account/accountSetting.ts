import type { IDataObject } from 'n8n-workflow';

import { keapRequest } from '../../../shared/transport';
import { toRequest } from '../../../shared/catalogue/calls/request';
import * as fields from '../../../shared/catalogue/fields/fields';
import type { Perform, Resource } from '../../../shared/catalogue/operation/types';
import { row } from '../../../shared/rows/row';

const SECTIONS: readonly fields.Choice[] = [
	['AFFILIATE', 'Affiliate'],
	['APPOINTMENT', 'Appointment'],
	['CONTACT', 'Contact'],
	['ECOMMERCE', 'E-Commerce'],
	['EMAIL', 'Email'],
	['FORMS', 'Forms'],
	['FULFILLMENT', 'Fulfillment'],
	['INVOICE', 'Invoice'],
	['NOTE', 'Note'],
	['OPPORTUNITY', 'Opportunity'],
	['TASK', 'Task'],
	['TEMPLATE', 'Template'],
];

/** Keap returns the types as plain texts, and an n8n item must be an object: https://developer.infusionsoft.com/docs/restv2/#tag/Settings/operation/getContactOptionTypes */
const contactTypes: Perform = async (work, call) => {
	const { body } = await keapRequest<{ option_types: string[] }>(work.context, {
		...toRequest(call, work),
		expects: { list: 'option_types' },
	});
	return body.option_types.map((name): IDataObject => ({ name }));
};

export const accountSetting: Resource = {
	value: 'accountSetting',
	name: 'Account Setting',
	operations: [
		row('get', 'Get', 'GET /crm/rest/v2/settings/applications:getConfiguration', {
			action: 'Get the settings of the account',
			description: 'Retrieve the settings of the account, section by section',
			fields: [
				fields.multiOptions('sections', 'Sections', {
					in: 'query',
					key: 'fields',
					choices: SECTIONS,
					description: 'What to return; with none chosen, the company with its time zone and language',
				}),
			],
			expects: ['application', ...SECTIONS.map(([name]) => name.toLowerCase())],
		}),
		row('getContactTypes', 'Get Contact Types', 'GET /crm/rest/v2/settings/contactOptionTypes', {
			action: 'Get the contact types of the account',
			description: 'Retrieve what a contact can be in this account, such as Lead or Customer, one item each',
			fields: [],
			answer: 'nested',
			records: 'option_types',
			perform: contactTypes,
		}),
		// Only in version 1 of the API: https://developer.infusionsoft.com/docs/rest/
		row('getDefaultOptions', 'Get Default Options', 'GET /crm/rest/v1/locales/defaultOptions', {
			action: 'Get the default options of the account',
			description: 'Retrieve the types of contacts, phones and faxes, the titles and the suffixes that Keap offers',
			fields: [],
			expects: ['contact_types', 'fax_types', 'phone_types', 'suffix_types', 'title_types'],
		}),
		row('isEnabled', 'Is Enabled', 'GET /crm/rest/v2/settings/applications:isEnabled', {
			action: 'Check if the account is enabled',
			description: 'Retrieve whether Keap has the account of this key switched on',
			fields: [],
			expects: ['isEnabled'],
		}),
	],
};
