import type { SandboxState } from '../../sandbox';
import { EVENT_KEYS } from '../../sandbox/hooks/events';
import type { RecordDraft } from '../../sandbox/store/recordStore';

const V1 = '/crm/rest/v1';
const V2 = '/crm/rest/v2';
const TIME = '2025-02-03T09:00:00.000Z';
const TIMES = { create_time: TIME, update_time: TIME };

/** Records beyond those that a new account holds, so that there is one of every kind to work on. */
const MORE: ReadonlyArray<readonly [collection: string, record: RecordDraft]> = [
	[`${V1}/appointments`, { title: 'Tasting', start_date: TIME, end_date: TIME, contact_id: 1, user: 9001 }],
	[`${V2}/affiliates`, { code: 'ada', name: 'Ada Adams', contact_id: '1', status: 'ACTIVE', ...TIMES }],
	[
		`${V2}/affiliates/commissionPrograms/resources`,
		{ title: 'Banner', type: 'BANNER', url: 'https://ada.example/banner.png', commission_program_ids: ['1'] },
	],
	[`${V2}/affiliates/redirects`, { name: 'Spring', code: 'spring', website_address: 'https://ada.example', affiliate_id: '1' }],
	[
		`${V2}/contacts/1/paymentMethods`,
		{
			contact_id: '1',
			payment_method_type: 'CARD',
			card_info: { brand: 'Visa', last_four: '1111', expiration_month: '03', expiration_year: '2030' },
		},
	],
	[
		`${V2}/deals/-/notes`,
		{ id: '5f6a7b8c-note', deal_id: '4e5f6a7b-deal', body: 'Three tiers', created_by: '9001', created_time: TIME, modified_time: TIME },
	],
	[
		`${V2}/emails`,
		{
			sent_to_address: 'ada@adams.example',
			subject: 'Offer',
			contact_id: '1',
			original_provider: 'UNKNOWN',
			original_provider_id: 'first',
			create_time: TIME,
		},
	],
	[
		`${V2}/files`,
		{
			file_name: 'menu.txt',
			data: 'Rye, Sourdough',
			file_size: 14,
			category: 'DOCUMENTS',
			file_box_type: 'CONTACT',
			contact_id: '1',
			created_by_id: '9001',
			is_public: false,
			created_time: TIME,
			updated_time: TIME,
		},
	],
	[`${V2}/leadSourceCategories`, { name: 'Fairs', ...TIMES }],
	[`${V2}/leadSourceExpenses`, { title: 'Stand', amount: 22550, lead_source_id: '801', incurred_time: TIME, ...TIMES }],
	[`${V2}/leadSourceRecurringExpenses`, { title: 'Posters', amount: 5000, lead_source_id: '801', start_time: TIME, ...TIMES }],
	[`${V2}/notes`, { title: 'Likes rye', text: 'And coffee', user_id: '9001', contact_id: '1', ...TIMES }],
	// Dear enough for every payment, and with a file to detach. The second one is paid: such an order can't be deleted.
	...['Wedding', 'Bread'].map(
		(order_title) =>
			[
				`${V2}/orders`,
				{ contact_id: '1', order_title, order_time: TIME, order_type: 'ONLINE', invoice_id: '1', file_ids: ['6001'], ...TIMES },
			] as const,
	),
	[`${V2}/orderItems`, { order_id: '1', item_type: 'PRODUCT', product_id: '1', quantity: 100, price_per_unit: 45_000, ...TIMES }],
	[`${V2}/sales/payments`, { order_id: '2', amount: 900, contact_id: '1', type: 'Cash', payment_time: TIME, status: 'NONE', ...TIMES }],
	[
		`${V2}/sales/transactions`,
		{ order_id: '2', amount: 900, contact_id: '1', transaction_time: TIME, status: 'APPROVED', transaction_method: 'MANUAL', ...TIMES },
	],
	[
		`${V2}/subscriptions`,
		{
			contact_id: '1',
			product_id: '4',
			subscription_plan_id: '1',
			active: true,
			quantity: 1,
			billing_amount: 12,
			billing_cycle: 'MONTH',
			billing_frequency: 1,
			start_date: '2025-02-03',
			next_bill_date: '2025-02-03',
			...TIMES,
		},
	],
	[
		`${V2}/productOptions`,
		{ product_id: '1', option_type: 'LIST', option_label: 'Size', list_items: [{ item_id: '8101', item_label: 'Large' }], ...TIMES },
	],
	[
		`${V2}/productInterestBundles`,
		{
			name: 'Breakfast',
			description: 'For two',
			interests: [{ interest_id: '71', id: '1', type: 'PRODUCT', quantity: 1, price: 450 }],
			...TIMES,
		},
	],
	// A discount of each kind, with a criterion of the type that comes first.
	...['freeTrials', 'orderTotals', 'productCategories', 'products', 'shipping'].map(
		(folder) =>
			[
				`${V2}/discounts/${folder}`,
				{
					name: 'Spring sale',
					product_category_ids: ['1'],
					criteria: [{ criteria_id: '101', type: 'DATE_RANGE', range_start_time: TIME, range_end_time: TIME }],
					...TIMES,
				},
			] as const,
	),
	[`${V2}/opportunities`, { opportunity_title: 'Wedding', contact_id: '1', stage_id: '91', user_id: '9001', ...TIMES }],
	[
		`${V2}/opportunities/stageMoves`,
		{
			opportunity_id: '6001',
			move_time: TIME,
			move_from_stage_id: '91',
			move_to_stage_id: '92',
			user_id: '9001',
			created_by: '9001',
			create_time: TIME,
		},
	],
	[`${V2}/pipelines`, { id: '1b2c3d4e-other', name: 'Other' }],
	[`${V2}/stages`, { id: '1b2c3d4e-first', name: 'First', pipeline_id: '1b2c3d4e-other' }],
	[`${V2}/tasks`, { title: 'Call', completed: false, contact_id: '1', assigned_to_user_id: '9001', ...TIMES }],
];

/** Kinds of record that can have custom fields, by their part of the path; notes and appointments share those of tasks. */
const WITH_CUSTOM_FIELDS = ['affiliates', 'companies', 'contacts', 'opportunities', 'orders', 'subscriptions', 'tasks'];
export const CUSTOM_FIELD = '900';

/** A custom field of each kind, and two groups and tabs, of which the second has nothing in it. */
function furnishModels(state: SandboxState): void {
	for (const kind of WITH_CUSTOM_FIELDS) {
		const path = `${V2}/${kind}/model/customFields`;
		const options = [{ id: '1', label: 'Red' }];
		state.collection(path).add({ id: CUSTOM_FIELD, label: 'Colour', field_name: 'Colour', field_type: 'DROPDOWN', group_id: '1', options });
		for (const id of ['1', '2']) {
			state.collection(`${path}/tabs`).add({ id, name: id === '1' ? 'Custom Fields' : 'Empty', order: Number(id) });
			state.collection(`${path}/groups`).add({ id, name: id === '1' ? 'Custom Fields' : 'Empty', tab_id: '1', order: Number(id) });
		}
	}
}

/** Where each list that users choose from is kept, or what its IDs are. */
const LISTS: Readonly<Record<string, string | ((state: SandboxState) => Iterable<string>)>> = {
	searchAffiliateProgramResources: `${V2}/affiliates/commissionPrograms/resources`,
	searchAffiliatePrograms: `${V2}/affiliates/commissionPrograms`,
	searchAffiliateRedirects: `${V2}/affiliates/redirects`,
	searchAffiliates: `${V2}/affiliates`,
	searchAppointments: `${V1}/appointments`,
	searchAutomationCategories: `${V2}/automationCategory`,
	searchAutomations: `${V2}/automations`,
	searchCards: `${V2}/contacts/1/paymentMethods`,
	searchCreditCards: () => ['1'],
	searchCampaigns: `${V2}/campaigns`,
	searchCompanies: `${V2}/companies`,
	searchContacts: `${V2}/contacts`,
	searchContactTypes: ({ contactTypes }) => contactTypes,
	searchCountries: () => ['USA'],
	searchCustomFieldGroups: () => ['1'],
	searchCustomFields: () => [CUSTOM_FIELD],
	searchCustomFieldTabs: () => ['1'],
	searchDealCustomFields: `${V2}/customFields`,
	searchDiscountCriteria: () => ['101'],
	searchDiscounts: `${V2}/discounts/shipping`,
	searchEmails: `${V2}/emails`,
	searchEmailTemplates: `${V2}/emails/templates`,
	searchFiles: `${V2}/files`,
	searchHookEvents: () => EVENT_KEYS,
	searchHooks: ({ hooks }) => hooks.all.keys(),
	searchInterests: () => ['71'],
	searchLeadSourceCategories: `${V2}/leadSourceCategories`,
	searchLeadSourceExpenses: `${V2}/leadSourceExpenses`,
	searchLeadSourceRecurringExpenses: `${V2}/leadSourceRecurringExpenses`,
	searchLeadSources: `${V2}/leadSources`,
	searchLeadSourcesOrAll: () => ['-'],
	searchLinkTypes: `${V2}/contacts/links/types`,
	searchLocales: () => ['en_US'],
	searchNotes: `${V2}/notes`,
	searchMerchantAccounts: `${V2}/merchants`,
	searchOptInOptions: `${V2}/integrations/wordpress/options`,
	searchOpportunities: `${V2}/opportunities`,
	searchOpportunityStages: `${V2}/opportunities/stages`,
	searchOrderItems: `${V2}/orderItems`,
	searchOrders: `${V2}/orders`,
	searchPayments: `${V2}/sales/payments`,
	searchPaymentTypes: () => ['Cash'],
	searchPipelines: `${V2}/pipelines`,
	searchProductCategories: `${V2}/productCategories`,
	searchProductInterestBundles: `${V2}/productInterestBundles`,
	searchProductOptionItems: () => ['8101'],
	searchProductOptions: `${V2}/productOptions`,
	searchProducts: `${V2}/products`,
	searchProvinces: () => ['US-AZ'],
	searchReports: `${V2}/reporting/reports`,
	searchStageMoves: `${V2}/opportunities/stageMoves`,
	searchPipelineStages: `${V2}/stages`,
	searchSubscriptionPlans: `${V2}/subscriptionPlans`,
	searchSubscriptions: `${V2}/subscriptions`,
	searchTagCategories: `${V2}/tags/categories`,
	searchTags: `${V2}/tags`,
	searchTasks: `${V2}/tasks`,
	searchTimeZones: () => ['America/New_York'],
	searchUserGroups: `${V2}/userGroups`,
	searchUsers: `${V2}/users`,
	searchWebforms: `${V2}/webforms`,
};

/** Where the custom fields of each mapper are kept, and a value that the first of them takes. */
const CUSTOM_FIELDS: Readonly<Record<string, readonly [collection: string, value: string | number]>> = {
	mapAffiliateCustomFields: [`${V2}/affiliates/model/customFields`, 'Red'],
	mapCompanyCustomFields: [`${V2}/companies/model/customFields`, 'Monday'],
	mapContactCustomFields: [`${V2}/contacts/model/customFields`, 'Countess'],
	mapNoteCustomFields: [`${V2}/tasks/model/customFields`, 'Bakery'],
	mapOrderCustomFields: [`${V2}/orders/model/customFields`, 'Red'],
	mapOpportunityCustomFields: [`${V2}/opportunities/model/customFields`, 400],
	mapSubscriptionCustomFields: [`${V2}/subscriptions/model/customFields`, 'Red'],
	mapTaskCustomFields: [`${V2}/tasks/model/customFields`, 'Bakery'],
};

/** Gives the affiliate program a commission for the first product and the first plan. */
function furnishProgram(state: SandboxState): void {
	const programs = state.collection(`${V2}/affiliates/commissionPrograms`);
	const level_1 = { sale_percent: 10 };
	for (const [id, program] of [...programs])
		programs.set(id, {
			...program,
			product_commissions: [{ product_id: firstId(state, 'searchProducts'), level_1 }],
			subscription_commissions: [{ subscription_id: firstId(state, 'searchSubscriptionPlans'), level_1 }],
		});
}

/** Gives the first product an image that can be read back. */
function furnishImage(state: SandboxState): void {
	const products = state.collection(`${V2}/products`);
	const id = firstId(state, 'searchProducts');
	products.set(id, { ...products.get(id), id, legacy_image: Buffer.from('GIF89a').toString('base64') });
}

/** Puts a record of every kind into an account that has none yet. */
export function furnish(state: SandboxState): void {
	for (const [collection, record] of MORE) state.collection(collection).add(record);
	furnishProgram(state);
	furnishImage(state);
	furnishModels(state);
	// The addresses of the hooks here belong to nobody.
	state.hooks.handshakeOrder = 'never';
	state.hooks.add('contact.edit', 'https://listener.example/keap');
}

/**
 * The ID of the first record of a list.
 * @param method the name of the list's search, such as `searchContacts`
 * @throws Error for a list that has no line above, or holds nothing
 */
export function firstId(state: SandboxState, method: string): string {
	const list = LISTS[method];
	const [id] = list === undefined ? [] : typeof list === 'string' ? state.collection(list).keys() : list(state);
	if (id === undefined)
		throw new Error(`There is no record for ${method}: say in test/workflows/agent/records.ts where it is kept, and add one there`);
	return id;
}

/**
 * A value for one custom field, by its ID.
 * @param method the method that feeds the mapper, such as `mapContactCustomFields`
 * @throws Error for a mapper that has no line above
 */
export function customValue(state: SandboxState, method: string): Record<string, string | number> {
	const [path, value] = CUSTOM_FIELDS[method] ?? [];
	const [id] = path === undefined ? [] : state.collection(path).keys();
	if (id === undefined || value === undefined)
		throw new Error(`There is no custom field for ${method}: say in test/workflows/agent/records.ts where it is kept`);
	return { [id]: value };
}

/** A condition on a custom field as an agent gives it, and as it arrives in Keap's filter. */
export interface CustomCondition {
	readonly entry: { readonly field: string; readonly operator: string; readonly value: string | number };
	readonly arrives: string;
}

/**
 * A condition on the first custom field of a kind of record. The operator is not the one that n8n takes where none is given.
 * @param model the path of the kind's model, such as `/crm/rest/v2/contacts/model`
 * @throws Error for a kind without custom fields
 */
export function customCondition(state: SandboxState, model: string): CustomCondition {
	const path = `${model}/customFields`.replace('/notes/', '/tasks/');
	const [, value] = Object.values(CUSTOM_FIELDS).find(([collection]) => collection === path) ?? [];
	const [field] = state.collection(path).rows;
	if (field === undefined || value === undefined)
		throw new Error(`There is no custom field of ${model}: say in test/workflows/agent/records.ts where it is kept`);
	const [operator, sign, star] = typeof value === 'number' ? ['atLeast', '>=', ''] : ['beginsWith', '==', '*'];
	return { entry: { field: String(field.label), operator, value }, arrives: `${String(field.field_name)}${sign}${value}${star}` };
}
