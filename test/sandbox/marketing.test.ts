import { filter } from './client';
import { bench } from './support';

const keap = bench();
const V2 = '/crm/rest/v2';

const partner = async (code = 'ada1') => String((await keap.ok('POST', '/affiliates', { code, contact_id: '1', name: code })).id);

describe('an affiliate', () => {
	test('has a code that no other one has', async () => {
		await partner();
		expect(await keap.refusal('POST', '/affiliates', { code: 'ADA1', contact_id: '2' })).toMatch(/^409 code/);
	});

	test('is put into a program and taken out', async () => {
		const id = await partner();
		const reply = await keap.send('POST', `/affiliates/${id}:assignToProgram`, { affiliate_program_id: '1' });
		expect([reply.status, reply.text]).toEqual([200, '']);
		expect(await keap.ok('GET', '/affiliates/commissionPrograms', undefined, 200, filter(`affiliate_id==${id}`))).toMatchObject({
			commission_programs: [{ id: '1', affiliate_ids: [id], priority: '1' }],
		});
		expect(await keap.refusal('POST', `/affiliates/${id}:assignToProgram`, { affiliate_program_id: '99' })).toContain('99 does not exist');
		expect(await keap.refusal('POST', `/affiliates/${id}:assignToProgram`, {})).toContain('affiliate_program_id is required');
		await keap.send('POST', `/affiliates/${id}:removeFromProgram`, { affiliate_program_id: '1' });
		expect(await keap.ok('GET', '/affiliates/commissionPrograms/1')).toMatchObject({ affiliate_ids: [] });
	});

	test('earns what orders give, and totals are those of the page', async () => {
		const id = await partner();
		const order = { contact_id: '2', order_title: 'Bread', order_time: '2026-01-01T00:00:00Z', order_type: 'ONLINE' };
		const { id: orderId, order_items: items } = (await keap.ok('POST', '/orders', {
			...order,
			order_items: [{ product_id: '3', quantity: 1 }],
		})) as unknown as {
			id: string;
			order_items: Array<{ id: string }>;
		};
		const apply = `/orders/${orderId}/items/${items[0]?.id}:applyCommission`;
		const commission = { affiliate_id: id, payout_type: 'UPFRONT' };
		expect(await keap.refusal('POST', apply, commission)).toMatch(/^400/);
		expect(await keap.ok('POST', apply, { ...commission, pay_percent: 10 })).toMatchObject({ price_per_unit: { amount: 7900 } });
		await keap.ok('POST', apply, { ...commission, commission_amount: 2.25, commission_date: '2026-01-05' });
		expect(await keap.ok('GET', `/affiliates/${id}:commissions`)).toMatchObject({
			affiliate_commissions: [
				{ amount_earned: 7.9, contact_id: '2' },
				{ amount_earned: 2.25, time_earned: '2026-01-05T00:00:00.000Z' },
			],
			commission_total: 10.15,
		});
		const first = await keap.ok('GET', `/affiliates/${id}:commissions`, undefined, 200, 'page_size=1');
		expect(first).toMatchObject({ commission_total: 7.9, amount_earned: 7.9 });
		expect(
			await keap.ok('GET', `/affiliates/${id}:commissions`, undefined, 200, `page_size=1&page_token=${String(first.next_page_token)}`),
		).toMatchObject({
			commission_total: 2.25,
		});
		expect(await keap.ok('GET', `/affiliates/${id}:commissions`, undefined, 200, filter('until_time==2026-01-10T00:00:00Z'))).toMatchObject(
			{
				commission_total: 2.25,
			},
		);
		expect(await keap.ok('GET', `/affiliates/${id}/commissionTotal`)).toMatchObject({ affiliate_commission_total: 10.15 });
	});

	test('was paid, and had something taken back', async () => {
		const [id, other] = [await partner(), await partner('ben12')];
		const { state } = keap.sandbox;
		state.collection(`${V2}/affiliateCommissions`).add({ affiliate_id: id, amount: 10_000, time_earned: '2026-01-01T00:00:00Z' });
		state.collection(`${V2}/affiliatePayments`).add({ affiliate_id: id, amount: 2_500, pay_date: '2026-01-02T00:00:00Z' });
		state.collection('/crm/rest/v1/affiliateClawbacks').add({ affiliate_id: id, amount: 150, date_earned: '2026-01-03' });
		expect(await keap.ok('GET', `/affiliates/${id}/payments`)).toMatchObject({ affiliate_payments: [{ pay_amount: 25 }] });
		expect(await keap.ok('GET', `/crm/rest/v1/affiliates/${id}/clawbacks`)).toMatchObject({ clawbacks: [{ amount: 1.5 }], count: 1 });
		expect(await keap.ok('GET', '/affiliates/summaries', undefined, 200, filter(`affiliate_ids==${id},${other}`))).toMatchObject({
			affiliate_summaries: [
				{ affiliateId: Number(id), amountEarned: 100, clawbacks: 1.5, balance: 73.5 },
				{ affiliateId: Number(other), amountEarned: 0, clawbacks: 0, balance: 0 },
			],
		});
	});

	test('has referrals, its own among all', async () => {
		const id = await partner();
		await keap.ok('POST', '/referrals', { contact_id: '2', referral_partner_id: id, source: 'Fair' });
		await keap.ok('POST', '/referrals', { contact_id: '3' });
		expect(((await keap.ok('GET', '/referrals')).referrals as object[]).length).toBe(2);
		expect(await keap.ok('GET', `/affiliates/${id}/referrals`, undefined, 200, filter('source==Fa*'))).toMatchObject({
			referrals: [{ contact_id: '2' }],
		});
		expect(await keap.ok('GET', '/referrals', undefined, 200, filter('type==MANUAL;contact_id==3'))).toMatchObject({
			referrals: [{ contact_id: '3' }],
		});
	});
});

describe('a commission', () => {
	const program = '/affiliates/commissionPrograms';
	const LEVELS = { level_1: { sale_percent: '10', sale_amount: '2.50' }, payout_type: 'UPFRONT' };

	test('comes as texts and goes as numbers, inside its program', async () => {
		expect(await keap.ok('POST', `${program}/defaultCommissionPrograms/1`, LEVELS)).toMatchObject({
			default_commission: { level_1: { sale_percent: 10, sale_amount: 2.5 }, payout_type: 'UPFRONT' },
			priority: '1',
		});
		expect(
			await keap.ok('PATCH', `${program}/defaultCommissionPrograms/1`, { payout_type: 'PAYMENT_RECEIVED' }, 200, 'update_mask=payout_type'),
		).toMatchObject({
			default_commission: { level_1: { sale_percent: 10 }, payout_type: 'PAYMENT_RECEIVED' },
		});
		expect(await keap.refusal('POST', `${program}/defaultCommissionPrograms/1`, { level_1: { sale_percent: 10 } })).toContain(
			'sale_percent must be a string',
		);
		expect(await keap.refusal('POST', `${program}/defaultCommissionPrograms/1`, { level_1: { sale_percent: '101' } })).toContain(
			'sale_percent must be 0 to 100',
		);
		expect(await keap.refusal('POST', `${program}/defaultCommissionPrograms/1`, { level_1: { sale_amount: '1,000' } })).toContain(
			'sale_amount must be a number',
		);
	});

	test('is kept by product and by plan, and taken out again', async () => {
		expect(await keap.ok('POST', `${program}/productCommissionPrograms/1`, { ...LEVELS, product_id: '3' })).toMatchObject({
			product_commissions: [{ product_id: '3', product_name: 'Bread course', product_price: 79 }],
		});
		expect(
			await keap.ok(
				'PATCH',
				`${program}/productCommissionPrograms/1`,
				{ product_id: '3', level_2: { sale_percent: '5' } },
				200,
				'update_mask=level_2',
			),
		).toMatchObject({
			product_commissions: [{ level_1: { sale_percent: 10 }, level_2: { sale_percent: 5 } }],
		});
		expect(await keap.ok('POST', `${program}/subscriptionCommissionPrograms/1`, { ...LEVELS, subscription_id: '2' })).toMatchObject({
			subscription_commissions: [{ subscription_id: '2', plan_price: 120 }],
		});
		expect(
			await keap.ok(
				'PATCH',
				`${program}/subscriptionCommissionPrograms/1`,
				{ subscription_id: '2', payout_type: 'PAYMENT_RECEIVED' },
				200,
				'update_mask=payout_type',
			),
		).toMatchObject({
			subscription_commissions: [{ payout_type: 'PAYMENT_RECEIVED' }],
		});
		expect(await keap.refusal('POST', `${program}/productCommissionPrograms/1`, LEVELS)).toContain('product_id is required');
		expect((await keap.send('POST', `${program}/1:removeProductCommission`, { product_id: '3' })).text).toBe('');
		expect(await keap.refusal('POST', `${program}/1:removeSubscriptionCommission`, { subscription_plan_id: '2' })).toContain(
			'product_id is required',
		);
		expect(
			(await keap.send('POST', `${program}/1:removeSubscriptionCommission`, { product_id: '4', subscription_plan_id: '2' })).status,
		).toBe(200);
		expect(await keap.ok('GET', `${program}/1`)).toMatchObject({ product_commissions: [], subscription_commissions: [] });
	});

	test('has resources of its program', async () => {
		await keap.ok('POST', `${program}/resources`, { title: 'Banner', type: 'BANNER', commission_program_ids: ['1'] });
		const { id } = await keap.ok('POST', program, { name: 'Bakers', priority: 2 });
		expect(await keap.ok('GET', `${program}/1/resources`)).toMatchObject({
			resources: [{ title: 'Banner', commission_programs: [{ commission_program_id: '1' }] }],
		});
		expect(await keap.ok('GET', `${program}/${String(id)}/resources`)).toMatchObject({ resources: [] });
	});
});

describe('a lead source', () => {
	test('has expenses; a dash lists those of all, and reads none', async () => {
		const { id } = await keap.ok('POST', '/leadSources/801/expenses', { title: 'Stand', amount: 2500 });
		await keap.ok('POST', '/leadSources/802/expenses', { title: 'Dinner', amount: 900 });
		const all = (await keap.ok('GET', '/leadSources/-/expenses')) as { lead_source_expenses: object[] };
		expect(all.lead_source_expenses.length).toBe(2);
		expect(await keap.ok('GET', '/leadSources/801/expenses')).toMatchObject({ lead_source_expenses: [{ id, lead_source_id: '801' }] });
		expect(await keap.ok('GET', '/leadSources/-/expenses', undefined, 200, filter('amount==900'))).toMatchObject({
			lead_source_expenses: [{ title: 'Dinner' }],
		});
		expect(await keap.refusal('GET', `/leadSources/-/expenses/${String(id)}`)).toMatch(/^400/);
		expect(await keap.refusal('GET', `/leadSources/802/expenses/${String(id)}`)).toMatch(/^404/);
		expect(await keap.refusal('GET', '/leadSources/999/expenses')).toMatch(/^404/);
	});

	test('has recurring expenses, and what came of them', async () => {
		const { id } = await keap.ok('POST', '/leadSources/801/recurringExpenses', { title: 'Ads', amount: 10_000 });
		keap.sandbox.state
			.collection(`${V2}/leadSourceExpenses`)
			.add({ lead_source_id: '801', lead_source_recurring_expense_id: id, amount: 10_000, title: 'Ads' });
		expect(await keap.ok('GET', '/leadSources/-/recurringExpenses')).toMatchObject({ lead_source_recurring_expenses: [{ title: 'Ads' }] });
		expect(await keap.ok('GET', `/leadSources/801/recurringExpenses/${String(id)}/expenses`)).toMatchObject({
			lead_source_expenses: [{ amount: { amount: 10_000 } }],
		});
	});

	test('is of a category whose name no other one has', async () => {
		const { id } = await keap.ok('POST', '/leadSourceCategories', { name: 'Fairs' });
		expect(await keap.refusal('POST', '/leadSourceCategories', { name: 'Fairs' })).toMatch(/^409/);
		await keap.ok('POST', '/leadSources', { name: 'Autumn fair', lead_source_category_id: id });
		expect(await keap.ok('GET', '/leadSources', undefined, 200, filter(`lead_source_category_id==${String(id)}`))).toMatchObject({
			lead_sources: [{ name: 'Autumn fair' }],
		});
	});
});

test('a webform is listed, and its HTML read', async () => {
	expect(await keap.ok('GET', '/webforms', undefined, 200, filter('webform_type==FUNNEL'))).toMatchObject({
		webforms: [{ id: '2', name: 'Course enquiry' }],
	});
	const { status, text, headers } = await keap.send('GET', '/webforms/1:data');
	expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
	expect(text).toContain('<form');
	expect((await keap.send('GET', '/webforms/1')).status).toBe(404);
});
