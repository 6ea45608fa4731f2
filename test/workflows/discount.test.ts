import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { criterionLabel } from '../../nodes/shared/records/commerce/discountCriteria';
import type { RunResult } from '../support/engine';
import { byId, errorText, itemsOf, keapForEachTest, onlyBody, times } from './helpers';

const ROOT = '/crm/rest/v2/discounts';
const products = { type: 'n8n-nodes-keap.keapProducts' };
const SPRING = { criterionType: 'PROMO_CODE', code: 'SPRING' };
const APRIL = { criterionType: 'DATE_RANGE', rangeStartTime: '2027-04-01T00:00:00Z', rangeEndTime: '2027-05-01T00:00:00Z' };

describe('discounts', () => {
	const keap = keapForEachTest();
	const parameters = (operation: string, discountKind: string, more: INodeParameters = {}): INodeParameters => ({
		resource: 'discount',
		operation,
		discountKind,
		...more,
	});
	const run = async (...given: Parameters<typeof parameters>): Promise<RunResult> => await keap().run(parameters(...given), [{}], products);
	const output = async (...given: Parameters<typeof parameters>): Promise<IDataObject[]> =>
		await keap().output(parameters(...given), [{}], products);
	const store = (folder: string) => keap().sandbox.state.collection(`${ROOT}/${folder}`);
	const category = (more: IDataObject = {}) =>
		store('productCategories').add({
			name: 'Bread week',
			discount_percent: 10,
			apply_to_commissions: false,
			product_category_ids: ['1'],
			criteria: [
				{ criteria_id: '801', type: 'PROMO_CODE', code: 'RYE' },
				{ criteria_id: '802', type: 'DATE_RANGE', range_start_time: '2027-01-01T00:00:00Z', range_end_time: '2027-02-01T00:00:00Z' },
			],
			...more,
		}).id;

	it.each<[kind: string, folder: string, form: INodeParameters, body: IDataObject]>([
		[
			'orderTotal',
			'orderTotals',
			{ discountType: 'AMOUNT', discountValue: '5.50', additionalFields: { discountStrategy: 'NET', applyToCommissions: true } },
			{ discount_type: 'AMOUNT', discount_value: 5.5, discount_strategy: 'NET', apply_to_commissions: true },
		],
		[
			'product',
			'products',
			{ discountedProductId: byId(1), discountType: 'PERCENT', discountValue: '15' },
			{ product_id: '1', discount_type: 'PERCENT', discount_value: 15 },
		],
		[
			'productCategory',
			'productCategories',
			{ productCategoryIds: ['1', '2'], discountPercent: '7.5', applyToCommissions: false },
			{ product_category_ids: ['1', '2'], discount_percent: 7.5, apply_to_commissions: false },
		],
		[
			'shipping',
			'shipping',
			{ discountType: 'PERCENT', discountValue: '100', additionalFields: { description: 'All month' } },
			{ discount_type: 'PERCENT', discount_value: 100, description: 'All month' },
		],
		[
			'freeTrial',
			'freeTrials',
			{ subscriptionPlanId: byId(1), freeTrialDays: 30, additionalFields: { hidePrice: true } },
			{ subscription_plan_id: '1', free_trial_days: 30, hide_price: true },
		],
	])('of the kind %s are made with criteria, read, listed, renamed and deleted', async (kind, folder, form, body) => {
		const [made] = await output('create', kind, { name: 'Sale', ...form, criteria: { entries: [SPRING, APRIL] } });
		const criteria = [
			{ type: 'PROMO_CODE', code: 'SPRING' },
			{ type: 'DATE_RANGE', range_start_time: '2027-04-01T00:00:00.000Z', range_end_time: '2027-05-01T00:00:00.000Z' },
		];
		expect(onlyBody(keap())).toEqual({ name: 'Sale', ...body, criteria });
		const discountId = byId(String(made?.id));
		expect(await output('get', kind, { discountId })).toMatchObject([{ id: made?.id, name: 'Sale', criteria }]);
		expect(await output('getAll', kind, { returnAll: true, options: { orderBy: 'name asc' } })).toHaveLength(1);
		keap().newCalls();
		expect(await output('update', kind, { discountId, updateFields: { name: 'Big sale' } })).toMatchObject([
			{ name: 'Big sale', criteria },
		]);
		expect(keap().newCalls()).toEqual([`PATCH ${ROOT}/${folder}/${String(made?.id)}`]);
		expect(keap().sandbox.calls.at(-1)?.query).toEqual({ update_mask: 'name' });
		expect(await output('delete', kind, { discountId })).toEqual([{ deleted: true }]);
		expect(store(folder).size).toBe(0);
	});

	it('take every type of criterion, with all that it needs', async () => {
		const all = [
			{ criterionType: 'PRODUCT', productId: byId(2), productQuantityMin: 2, productQuantityMax: '10' },
			{ criterionType: 'SUBSCRIPTION_PLAN', planId: byId(1), subscriptionQuantity: 3 },
			{ criterionType: 'ORDER_TOTAL', operator: 'GREATER_THAN', totalAmount: '99.95' },
		];
		await output('create', 'shipping', { name: 'Sale', discountType: 'AMOUNT', discountValue: '1', criteria: { entries: all } });
		const criteria = [
			{ type: 'PRODUCT', product_id: '2', product_quantity_min: 2, product_quantity_max: 10 },
			{ type: 'SUBSCRIPTION_PLAN', plan_id: '1', subscription_quantity: 3 },
			{ type: 'ORDER_TOTAL', operator: 'GREATER_THAN', total_amount: 99.95 },
		];
		expect(onlyBody(keap()).criteria).toEqual(criteria);
		const { id } = store('freeTrials').add({ name: 'Trial', subscription_plan_id: '1', criteria: [] });
		for (const [index, one] of all.entries()) {
			const [added] = await output('addCriterion', 'freeTrial', { discountId: byId(id), ...one });
			expect(added).toEqual({ ...criteria[index], criteria_id: expect.any(String) as unknown });
		}
		expect(store('freeTrials').get(id)?.criteria).toMatchObject(criteria);
	});

	it.each<[what: string, kind: string, form: INodeParameters, text: RegExp]>([
		[
			'101 %',
			'product',
			{ discountedProductId: byId(1), discountType: 'PERCENT', discountValue: '101' },
			/Discount Value must be 100 or less, not 101/,
		],
		[
			'101 % of a category',
			'productCategory',
			{ productCategoryIds: ['1'], discountPercent: '101' },
			/Percent must be 100 or less, not 101/,
		],
		[
			'a percent sign',
			'productCategory',
			{ productCategoryIds: ['1'], discountPercent: '15 %' },
			/Percent must be a number without a percent sign/,
		],
		[
			'thousands',
			'shipping',
			{ discountType: 'AMOUNT', discountValue: '1,000.00' },
			/Discount Value has thousands separators: "1,000.00".*Write it as 1000.00/,
		],
		[
			'a decimal comma',
			'shipping',
			{ discountType: 'AMOUNT', discountValue: '1.000,00' },
			/Discount Value has thousands separators and a decimal comma/,
		],
		['a negative', 'orderTotal', { discountType: 'AMOUNT', discountValue: '-5' }, /Discount Value must be 0 or more, not -5/],
		['no value', 'orderTotal', { discountType: 'AMOUNT' }, /Discount Value is empty/],
		['no product', 'product', { discountType: 'AMOUNT', discountValue: '5' }, /Product is empty/],
		['no category', 'productCategory', { discountPercent: '5' }, /Product Category Names or IDs is empty/],
		['no plan', 'freeTrial', {}, /Subscription Plan is empty/],
		['no days', 'freeTrial', { subscriptionPlanId: byId(1), freeTrialDays: 0 }, /Free Trial Days must be 1 or more, not 0/],
		['an unknown kind', 'coupon', {}, /Discount Kind can't be "coupon" for this operation.*orderTotal, product, productCategory/],
	])('say what is wrong with %s before a call', async (_what, kind, form, text) => {
		expect(errorText(await run('create', kind, { name: 'Sale', ...form }))).toMatch(text);
		expect(keap().newCalls()).toEqual([]);
	});

	it.each<[what: string, kind: string, criterion: INodeParameters, text: RegExp]>([
		[
			'of a kind that the discount does not take',
			'productCategory',
			{ criterionType: 'ORDER_TOTAL', operator: 'LESS_THAN', totalAmount: '5' },
			/Criterion 1 > Criterion Type must be one of DATE_RANGE, PROMO_CODE, not "ORDER_TOTAL"/,
		],
		['without its code', 'shipping', { criterionType: 'PROMO_CODE' }, /Criterion 1 > Promo Code is empty.*of the type Promo Code needs it/],
		['without an end', 'shipping', { ...APRIL, rangeEndTime: '' }, /Criterion 1 > End is empty/],
		['that ends before it starts', 'shipping', { ...APRIL, rangeEndTime: '2026-04-01T00:00:00Z' }, /Criterion 1 > End is before Start/],
		[
			'of two types at once, given by an expression',
			'shipping',
			{ criterionType: '={{ "DATE_RANGE" }}', rangeStartTime: APRIL.rangeStartTime, rangeEndTime: APRIL.rangeEndTime, code: 'SPRING' },
			/Criterion 1 > Promo Code does not belong to a criterion of the type Date Range/,
		],
		[
			'from 5 to 2 of a product',
			'shipping',
			{ criterionType: 'PRODUCT', productId: byId(1), productQuantityMin: 5, productQuantityMax: '2' },
			/Criterion 1 > Quantity at Most is less than Quantity at Least/,
		],
		[
			'of half a product',
			'shipping',
			{ criterionType: 'PRODUCT', productId: byId(1), productQuantityMin: 1, productQuantityMax: '1.5' },
			/Criterion 1 > Quantity at Most must be a whole number, not 1.5/,
		],
		[
			'of a total with thousands separators',
			'shipping',
			{ criterionType: 'ORDER_TOTAL', operator: 'GREATER_THAN', totalAmount: '1,000.00' },
			/Criterion 1 > Total Amount has thousands separators/,
		],
	])('refuse a criterion %s before a call', async (_what, kind, criterion, text) => {
		const value =
			kind === 'productCategory' ? { productCategoryIds: ['1'], discountPercent: '5' } : { discountType: 'AMOUNT', discountValue: '5' };
		const form = { name: 'Sale', ...value, criteria: { entries: [criterion] } };
		expect(errorText(await run('create', kind, form))).toMatch(text);
		if (kind === 'shipping') expect(errorText(await run('addCriterion', kind, { discountId: byId(1), ...criterion }))).not.toBe('');
		expect(keap().newCalls()).toEqual([]);
	});

	it('refuse more decimals than the currency has, where the value is an amount', async () => {
		keap().sandbox.state.businessProfile.currency_code = 'JPY';
		const value = (discountType: string) => ({ name: 'Sale', discountType, discountValue: '12.5' });
		expect(errorText(await run('create', 'shipping', value('AMOUNT')))).toMatch(/Discount Value has more decimals than JPY has: 12.5/);
		expect(await output('create', 'shipping', value('PERCENT'))).toMatchObject([{ discount_value: 12.5 }]);
	});

	it('take a new value only with what it is', async () => {
		const { id } = store('shipping').add({ name: 'Sale', discount_type: 'PERCENT', discount_value: 5, criteria: [] });
		const update = async (updateFields: INodeParameters) =>
			errorText(await run('update', 'shipping', { discountId: byId(id), updateFields }));
		expect(await update({ discountValue: '50' })).toMatch(/Discount Type is missing beside Discount Value/);
		expect(await update({ discountType: 'AMOUNT' })).toMatch(/Discount Value is missing beside Discount Type/);
		expect(keap().newCalls()).toEqual([]);
		expect(await update({ discountType: 'AMOUNT', discountValue: '50' })).toBe('');
		expect(onlyBody(keap())).toEqual({ discount_type: 'AMOUNT', discount_value: 50 });
	});

	describe('with criteria of their own', () => {
		const KNOWN = [
			{ criteria_id: '801', type: 'PRODUCT', product_id: '1', product_quantity_min: 2, product_quantity_max: 5 },
			{ criteria_id: '802', type: 'PROMO_CODE', code: 'RYE' },
		];
		const add = (folder: string, more: IDataObject = {}) => store(folder).add({ name: 'Sale', criteria: KNOWN, ...more }).id;
		const update = (discountId: string, entries: INodeParameters[]): INodeParameters => ({
			discountId: byId(discountId),
			criteria: { entries },
		});
		const changed = [{ ...KNOWN[0], product_quantity_max: 8 }, KNOWN[1]];

		it.each<[kind: string, folder: string, withType: boolean]>([
			['shipping', 'shipping', false],
			['freeTrial', 'freeTrials', true],
		])('keep them when one of a discount of the kind %s changes, and its other parts too', async (kind, folder, withType) => {
			const id = add(folder, { subscription_plan_id: '1' });
			await output('update', kind, update(id, [{ criteriaId: byId(801), criterionType: 'PRODUCT', productQuantityMax: '8' }]));
			const sent = (changed as IDataObject[]).map(({ type, ...rest }) => ({ ...rest, ...(withType && { type }) }));
			expect(onlyBody(keap())).toEqual({ criteria: sent });
			expect(store(folder).get(id)?.criteria).toEqual(changed);
			expect(keap().newCalls()).toEqual([`GET ${ROOT}/${folder}/${id}`, `PATCH ${ROOT}/${folder}/${id}`]);
			expect(keap().sandbox.calls.at(-1)?.query).toEqual({ update_mask: 'criteria' });
		});

		it('are changed one after the other, each on what the one before has written', async () => {
			const id = add('shipping');
			const change = {
				criteriaId: byId('={{ $json.id }}'),
				criterionType: '={{ $json.type }}',
				productQuantityMax: '={{ $json.max }}',
				code: '={{ $json.code }}',
			};
			const items = [
				{ id: '801', type: 'PRODUCT', max: 8 },
				{ id: '802', type: 'PROMO_CODE', code: 'SPRING' },
			];
			await keap().output(parameters('update', 'shipping', update(id, [change])), items, products);
			expect(store('shipping').get(id)?.criteria).toEqual([
				{ ...KNOWN[0], product_quantity_max: 8 },
				{ ...KNOWN[1], code: 'SPRING' },
			]);
		});

		it.each<[what: string, entry: INodeParameters, text: RegExp]>([
			['of another discount', { criteriaId: byId(803), code: 'X' }, /Criteria name a criterion that the discount does not have: 803/],
			[
				'of another type',
				{ criteriaId: byId(802), productQuantityMax: '3' },
				/Quantity at Most does not belong to a criterion of the type Promo Code/,
			],
			[
				'into a range the wrong way round',
				{ criteriaId: byId(801), productQuantityMin: '6' },
				/Quantity at Most is less than Quantity at Least/,
			],
		])('are not changed into one %s', async (_what, entry, text) => {
			const id = add('shipping');
			// By an expression, for the form hides what the chosen type does not have.
			const given = { criterionType: '={{ "PRODUCT" }}', ...entry };
			expect(errorText(await run('update', 'shipping', update(id, [given])))).toMatch(text);
			expect(keap().newCalls()).toEqual([`GET ${ROOT}/shipping/${id}`]);
		});

		it('lose the one that is removed', async () => {
			const id = add('products', { product_id: '1' });
			expect(await output('removeCriterion', 'product', { discountId: byId(id), criteriaId: byId(801) })).toEqual([{ deleted: true }]);
			expect(store('products').get(id)?.criteria).toEqual([KNOWN[1]]);
		});
	});

	describe('of product categories', () => {
		it('keep their categories and the criteria of other types', async () => {
			const id = category();
			await output('update', 'productCategory', {
				discountId: byId(id),
				criteria: { entries: [SPRING] },
				updateFields: { productCategoryIds: ['2', '1'] },
			});
			expect(onlyBody(keap())).toEqual({
				product_category_ids: ['1', '2'],
				criteria: [
					{ type: 'DATE_RANGE', range_start_time: '2027-01-01T00:00:00Z', range_end_time: '2027-02-01T00:00:00Z' },
					{ type: 'PROMO_CODE', code: 'SPRING' },
				],
			});
		});

		it('lose categories only where that is chosen', async () => {
			const id = category();
			const update = async (updateFields: INodeParameters) =>
				await run('update', 'productCategory', { discountId: byId(id), updateFields });
			expect(errorText(await update({ removeOtherCategories: true }))).not.toBe('');
			expect(keap().newCalls()).toEqual([]);
			expect(errorText(await update({ removeOtherCategories: true, productCategoryIds: ['2'] }))).toBe('');
			expect(keap().newCalls()).toEqual([`PATCH ${ROOT}/productCategories/${id}`]);
			expect(store('productCategories').get(id)?.product_category_ids).toEqual(['2']);
		});

		it('are read 100 in a call, before updates that set a list too', async () => {
			const ids = itemsOf(150, (index) => ({ id: category({ name: `Week ${index}` }) }));
			const read = await keap().output(parameters('get', 'productCategory', { discountId: byId('={{ $json.id }}') }), ids, products);
			expect(read.map(({ name }) => name)).toEqual(ids.map((_, index) => `Week ${index}`));
			expect(keap().newCalls()).toEqual(times(2, `GET ${ROOT}/productCategories`));
			const form = { discountId: byId('={{ $json.id }}'), updateFields: { productCategoryIds: ['2'] } };
			await keap().output(parameters('update', 'productCategory', form), ids, products);
			expect(
				keap()
					.newCalls()
					.filter((call) => call.startsWith('GET')),
			).toEqual(times(2, `GET ${ROOT}/productCategories`));
			expect(store('productCategories').rows.every(({ product_category_ids: all }) => String(all) === '1,2')).toBe(true);
		});

		it('say of each one that is gone that it is', async () => {
			const items = [{ id: category() }, { id: '999' }];
			const form = parameters('update', 'productCategory', {
				discountId: byId('={{ $json.id }}'),
				updateFields: { productCategoryIds: ['2'] },
			});
			const result = await keap().run(form, items, { ...products, onError: 'continueRegularOutput' });
			expect(result.items('Keap')).toMatchObject([
				{ product_categories: ['1', '2'] },
				{ error: expect.stringMatching(/999|not found/i) as unknown },
			]);
		});
	});

	it('are filtered and ordered as each kind allows', async () => {
		const query = async (kind: string, form: INodeParameters) => {
			await output('getAll', kind, form);
			return keap().sandbox.calls.at(-1)?.query;
		};
		expect(
			await query('shipping', { filters: { discountType: 'AMOUNT', discountValue: '12.50' }, options: { orderBy: 'discount_value desc' } }),
		).toMatchObject({
			filter: 'discount_type==AMOUNT;discount_value==12.5',
			order_by: 'discount_value desc',
		});
		expect(await query('freeTrial', { filters: { freeTrialDays: 14, hidePrice: false, subscriptionPlanId: byId(1) } })).toMatchObject({
			filter: 'free_trial_days==14;hide_price==false;subscription_plan_id==1',
		});
		expect(await query('productCategory', { filters: { name: 'Bread*', ids: '1,2' } })).toMatchObject({
			filter: 'ids==1,2;name==Bread*',
		});
		expect(await query('product', { filters: { discountedProductId: byId(1), applyToCommissions: true } })).toMatchObject({
			filter: 'apply_to_commissions==true;product_id==1',
		});
	});

	it('and their criteria are found by name in the editor', async () => {
		const { id } = store('shipping').add({
			name: 'Free shipping',
			criteria: [
				{ criteria_id: '801', type: 'PROMO_CODE', code: 'RYE' },
				{ criteria_id: '802', type: 'DATE_RANGE', range_start_time: '2027-01-01T00:00:00Z', range_end_time: '2027-02-01T00:00:00Z' },
				{ criteria_id: '803', type: 'PRODUCT', product_id: '1', product_quantity_min: 2, product_quantity_max: 5 },
				{ criteria_id: '804', type: 'SUBSCRIPTION_PLAN', plan_id: '2', subscription_quantity: 3 },
				{ criteria_id: '805', type: 'ORDER_TOTAL', operator: 'GREATER_THAN', total_amount: 100 },
			],
		});
		const form = { discountKind: 'shipping', discountId: byId(id) };
		const search = async (given: INodeParameters, method: string, filter?: string) =>
			(await keap().engine.listSearch({ ...products, parameters: given }, method, filter)).results;
		expect(await search({}, 'searchDiscounts')).toEqual([]);
		expect(await search(form, 'searchDiscounts', 'free')).toEqual([{ name: 'Free shipping', value: id }]);
		expect(await search({ discountKind: 'shipping' }, 'searchDiscountCriteria')).toEqual([]);
		expect(await search(form, 'searchDiscountCriteria', 'rye')).toEqual([{ name: 'Promo code: RYE', value: '801' }]);
		expect((await search(form, 'searchDiscountCriteria')).map(({ name }) => name)).toEqual([
			'Promo code: RYE',
			'Date range: 2027-01-01 to 2027-02-01',
			'Product #1: 2 to 5',
			'Subscription plan #2: 3',
			'Order total: more than 100',
		]);
		// Of a type that Keap may have one day.
		expect(criterionLabel({ criteria_id: '806', type: 'WEATHER' })).toBe('#806');
	});
});
