import type { SandboxState } from './state';

const V2 = '/crm/rest/v2';

/** The catalogue of a bakery; prices in the smallest unit. No orders: nothing is sold yet. */
const PRODUCTS = [
	{ name: 'Rye bread', sku: 'RYE-1', price: 450, short_description: 'A loaf of rye', inventory_count: 40 },
	{ name: 'Sourdough', sku: 'SOUR-1', price: 525, short_description: 'Three days old', inventory_count: 25 },
	{ name: 'Bread course', sku: 'COURSE-1', price: 7900, short_description: 'An evening at the oven', shippable: false },
	{ name: 'Bread of the month', sku: 'CLUB-1', price: 1200, short_description: 'A loaf by post', subscription_only: true },
];

const REPORTS = [
	{ name: 'Newsletter readers', columns: ['Id', 'First Name', 'Email'], rows: 3 },
	{ name: 'Orders of the week', columns: ['Order Id', 'Total', 'Total'], rows: 2 },
];

/** What an account that sells starts with: products, plans, merchants, shipping, affiliates, forms and reports. */
export function seedCommerce(state: SandboxState, time: string): void {
	const times = { create_time: time, update_time: time };
	const made = PRODUCTS.map((product) => state.collection(`${V2}/products`).add({ active: true, ...product, ...times }));
	const club = made.at(-1)?.id;
	for (const [cycle_type, plan_price] of [
		['MONTHLY', 1200],
		['YEARLY', 12000],
	])
		state
			.collection(`${V2}/subscriptionPlans`)
			.add({ product_id: club, active: true, frequency: 1, total_cycles: 0, cycle_type, plan_price, ...times });
	const bread = state
		.collection(`${V2}/productCategories`)
		.add({ name: 'Bread', product_ids: made.slice(0, 2).map(({ id }) => id), ...times });
	state.collection(`${V2}/productCategories`).add({ name: 'Rye', parent_category_id: bread.id, product_ids: [], ...times });
	state.collection(`${V2}/merchants`).add({ id: '11', name: 'Till', type: 'KEAP_PAY', is_test: false });
	state.collection(`${V2}/merchants`).add({ id: '12', name: 'Trial', type: 'STRIPE', is_test: true });
	state.commerce.defaultMerchant = '11';
	state.collection(`${V2}/shipping`).add({
		name: 'By post',
		description: 'Two days',
		type: 'FLAT_RATE',
		status: 'ACTIVE',
		international: false,
		settings: { price: 5 },
	});
	state.collection(`${V2}/affiliates/commissionPrograms`).add({ name: 'Friends', notes: '', priority: 1, affiliate_ids: [], ...times });
	for (const [name, type] of [
		['Newsletter sign-up', 'STANDALONE'],
		['Course enquiry', 'FUNNEL'],
	])
		state
			.collection(`${V2}/webforms`)
			.add({ name, webform_type: type, webform_url: 'https://forms.keap.example/1', xid: 'a1b2c3', ...times });
	state.collection(`${V2}/integrations/wordpress/options`).set('newsletter', { id: 'newsletter', name: 'Newsletter' });
	for (const { name, columns, rows } of REPORTS)
		state.collection(`${V2}/reporting/reports`).add({
			name,
			user_ids: ['ALL_USERS'],
			created_time: time,
			updated_time: time,
			columns: [...new Set(columns)].map((label) => ({ name: label.toLowerCase().replaceAll(' ', '_'), label })),
			rows: Array.from({ length: rows }, (_, row) =>
				columns.map((label, column) => ({
					field_name: label.toLowerCase().replaceAll(' ', '_'),
					value: `${label} ${row + 1}.${column + 1}`,
				})),
			),
		});
}
