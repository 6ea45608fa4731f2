import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId, errorText, keapForEachTest, onlyBody, writes } from './helpers';

const marketing = { type: 'n8n-nodes-keap.keapMarketing' };
const PROGRAMS = '/crm/rest/v2/affiliates/commissionPrograms';

describe('affiliate programs', () => {
	const keap = keapForEachTest();
	const on =
		(resource: string) =>
		async (operation: string, parameters: INodeParameters = {}): Promise<IDataObject[]> =>
			await keap().output({ resource, operation, ...parameters }, [{}], marketing);
	const program = on('affiliateProgram');
	const commission = on('affiliateProgramCommission');
	const resource = on('affiliateProgramResource');
	const refusal = async (operation: string, parameters: INodeParameters, of = 'affiliateProgramCommission'): Promise<string> =>
		errorText(await keap().run({ resource: of, operation, ...parameters }, [{}], marketing));
	const store = () => keap().sandbox.state.collection(PROGRAMS);
	const inFirst = { affiliateProgramId: byId(1) };

	it('have the same priority, a number, wherever they are read', async () => {
		const [made] = await program('create', { name: 'Gold', priority: 2 });
		const [read] = await program('get', { affiliateProgramId: byId(String(made?.id)) });
		const listed = await program('getAll', { filters: { name: 'Gold' } });
		expect([read, ...listed].map((one) => one?.priority)).toEqual([2, 2]);
	});

	it('pay a share or an amount, which Keap is sent as texts', async () => {
		const level1 = { salePercent: 10.5, saleAmount: '25.50' };
		const [whole] = await commission('create', { paidFor: 'default', ...inFirst, payoutType: 'UPFRONT', level1 });
		expect(onlyBody(keap())).toEqual({ payout_type: 'UPFRONT', level_1: { sale_percent: '10.5', sale_amount: '25.5' } });
		expect(whole).toMatchObject({ id: '1', default_commission: { level_1: { sale_percent: 10.5, sale_amount: 25.5 } } });
	});

	it('pay for one product or plan, each named in its own way', async () => {
		const terms = { ...inFirst, payoutType: 'UPFRONT', level1: { salePercent: '10' } };
		await commission('create', { paidFor: 'product', productId: byId(3), ...terms });
		await commission('create', { paidFor: 'subscriptionPlan', subscriptionPlanId: byId(1), ...terms });
		const level_1 = { sale_percent: '10' };
		expect(writes(keap()).map(({ path, body }) => [path, body])).toEqual([
			[`${PROGRAMS}/productCommissionPrograms/1`, { product_id: '3', payout_type: 'UPFRONT', level_1 }],
			[`${PROGRAMS}/subscriptionCommissionPrograms/1`, { subscription_id: '1', payout_type: 'UPFRONT', level_1 }],
		]);
		expect(store().get('1')).toMatchObject({
			product_commissions: [{ product_id: '3', level_1: { sale_percent: 10 } }],
			subscription_commissions: [{ subscription_id: '1', level_1: { sale_percent: 10 } }],
		});
		await commission('delete', { paidFor: 'subscriptionPlan', ...inFirst, productId: byId(4), subscriptionPlanId: byId(1) });
		await commission('delete', { paidFor: 'product', ...inFirst, productId: byId(3) });
		expect(store().get('1')).toMatchObject({ product_commissions: [], subscription_commissions: [] });
	});

	it('keep the other parts of a level that an update changes, for Keap replaces a level as a whole', async () => {
		const level_1 = { sale_percent: 10, sale_amount: 25 };
		store().set('1', { ...store().get('1'), id: '1', product_commissions: [{ product_id: '3', payout_type: 'UPFRONT', level_1 }] });
		await commission('update', { paidFor: 'product', ...inFirst, productId: byId(3), level1: { salePercent: '12' } });
		expect(writes(keap())[0]?.query).toEqual({ update_mask: 'level_1' });
		expect(onlyBody(keap())).toEqual({ level_1: { sale_percent: '12', sale_amount: '25' }, product_id: '3' });
		expect(store().get('1')).toMatchObject({
			product_commissions: [{ product_id: '3', payout_type: 'UPFRONT', level_1: { sale_percent: 12, sale_amount: 25 } }],
		});
	});

	it('are not changed where there is nothing to change', async () => {
		expect(await refusal('update', { paidFor: 'product', ...inFirst, productId: byId(3), level1: { salePercent: '12' } })).toMatch(
			/^Product has no commission of its own in this program: 3/,
		);
		expect(await refusal('create', { paidFor: 'default', ...inFirst, payoutType: 'UPFRONT' })).toMatch(/^Level 1 is empty/);
		const level1 = { salePercent: '101' };
		expect(await refusal('create', { paidFor: 'default', ...inFirst, payoutType: 'UPFRONT', level1 })).toMatch(
			/^Sale Percent must be 100 or less/,
		);
		expect(writes(keap())).toEqual([]);
	});

	describe('give their affiliates banners, emails and pages', () => {
		const banner = { title: 'Banner', resourceType: 'BANNER', programIds: ['1'] };

		it('that are listed by program, changed without leaving other programs, and deleted', async () => {
			const [made] = await resource('create', { ...banner, additionalFields: { url: 'https://ada.example/banner.png' } });
			expect(made).toMatchObject({ title: 'Banner', type: 'BANNER' });
			const other = store().add({ name: 'Other', priority: 2 }).id;
			const id = byId(String(made?.id));
			await resource('update', { affiliateProgramResourceId: id, updateFields: { programIds: [other] } });
			expect(writes(keap()).at(-1)?.body).toEqual({ commission_program_ids: ['1', other] });
			expect(await resource('getAll', { affiliateProgramId: byId(other) })).toMatchObject([{ title: 'Banner', program_ids: ['1', other] }]);
			await resource('update', { affiliateProgramResourceId: id, updateFields: { programIds: [other], listHandling: 'replace' } });
			expect(writes(keap()).at(-1)?.body).toEqual({ commission_program_ids: [other] });
			expect(await resource('delete', { affiliateProgramResourceId: id })).toMatchObject([{ deleted: true }]);
		});

		it('with what suits their type, or are refused before a call', async () => {
			const make = async (additionalFields: INodeParameters) =>
				await refusal('create', { ...banner, additionalFields }, 'affiliateProgramResource');
			expect(await make({ contentHtml: '<p>Hello</p>' })).toMatch(/^Content \(HTML\) is given for a banner/);
			expect(await make({ pageWidth: 800 })).toMatch(/^Page Width is given for what is no page/);
			expect(keap().newCalls()).toEqual([]);
		});
	});
});
