import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId, errorText, itemsOf, keapForEachTest, onlyBody, times, writes } from './helpers';

const V2 = '/crm/rest/v2';
const PRODUCTS = 'n8n-nodes-keap.keapProducts';

describe('what belongs to products', () => {
	const keap = keapForEachTest();
	const run = async (resource: string, operation: string, more: INodeParameters = {}, items: IDataObject[] = [{}]) =>
		await keap().run({ resource, operation, ...more }, items);
	const output = async (resource: string, operation: string, more: INodeParameters = {}, items: IDataObject[] = [{}]) =>
		await keap().output({ resource, operation, ...more }, items);
	const store = (name: string) => keap().sandbox.state.collection(`${V2}/${name}`);

	describe('subscription plans', () => {
		const plan = { productId: byId(4), subscriptionPlanId: byId(1) };

		it('are made at a price in the major unit', async () => {
			const more = { frequency: 3, totalCycles: 8, allowProrating: true };
			const [made] = await output('subscriptionPlan', 'create', {
				productId: byId(4),
				planPrice: '30.50',
				cycleType: 'month',
				additionalFields: more,
			});
			expect(onlyBody(keap())).toEqual({ plan_price: 3050, cycle_type: 'MONTHLY', frequency: 3, total_cycles: 8, allow_prorating: true });
			expect(made).toMatchObject({ plan_price: 30.5, currency_code: 'USD', cycle_type: 'MONTHLY', frequency: 3 });
			expect(await output('subscriptionPlan', 'getAll', { productId: byId(4), returnAll: true })).toHaveLength(3);
			expect(
				await output('subscriptionPlan', 'getAll', { productId: byId(4), filters: { cycleType: 'year', active: true } }),
			).toMatchObject([{ id: '2', plan_price: 120 }]);
		});

		it('get what Keap wants with every update as it is, in the unit that it takes', async () => {
			const [changed] = await output('subscriptionPlan', 'update', { ...plan, updateFields: { active: false } });
			expect(writes(keap())[0]?.query).toEqual({ update_mask: 'active' });
			expect(onlyBody(keap())).toEqual({ active: false, cycle_type: 'MONTHLY', plan_price: 1200 });
			expect(changed).toMatchObject({ active: false, plan_price: 12 });
			expect(keap().newCalls()).toEqual([`GET ${V2}/products/4/subscriptions/1`, `PATCH ${V2}/products/4/subscriptions/1`]);
		});

		it('are not read before an update that gives both', async () => {
			await output('subscriptionPlan', 'update', { ...plan, updateFields: { planPrice: '15', cycleType: 'YEARLY' } });
			expect(onlyBody(keap())).toEqual({ cycle_type: 'YEARLY', plan_price: 1500 });
			expect(
				keap()
					.newCalls()
					.filter((call) => call.startsWith('GET') && call.includes('subscriptions')),
			).toEqual([]);
		});

		it('of another product are not found, and are deleted', async () => {
			expect(errorText(await run('subscriptionPlan', 'get', { ...plan, productId: byId(1) }))).toMatch(/1/);
			expect(await output('subscriptionPlan', 'delete', plan)).toEqual([{ deleted: true }]);
			expect(store('subscriptionPlans').size).toBe(1);
		});
	});

	describe('options', () => {
		const SIZES = [
			{ itemLabel: 'Small', itemCode: 'S', itemDisplayOrder: '1', priceAdjustment: '-0.50' },
			{ itemLabel: 'Large', itemCode: '', itemDisplayOrder: '', priceAdjustment: '' },
		];
		const create = (more: INodeParameters = {}) => ({ productId: byId(1), optionLabel: 'Size', optionType: 'LIST', ...more });
		const made = async (more: INodeParameters = {}) => String((await output('productOption', 'create', create(more)))[0]?.id);
		const label = ({ item_label: one }: IDataObject) => one;

		it('are made with list items, and each is changed by itself', async () => {
			const id = await made({ listItems: { entries: SIZES }, additionalFields: { required: true } });
			expect(onlyBody(keap())).toEqual({
				option_label: 'Size',
				option_type: 'LIST',
				required: true,
				list_items: [{ item_label: 'Small', item_code: 'S', item_display_order: 1, price_adjustment: -0.5 }, { item_label: 'Large' }],
			});
			const naming = { productId: byId(1), productOptionId: byId(id) };
			const [read] = await output('productOption', 'get', naming);
			expect(read).toMatchObject({ id, option_label: 'Size', required: true });
			const [small, large] = read?.list_items as IDataObject[];
			const one = (item?: IDataObject) => ({ ...naming, itemId: byId(String(item?.item_id)) });
			await output('productOption', 'updateListItem', { ...one(small), updateFields: { itemLabel: 'Tiny', priceAdjustment: '-1.25' } });
			expect(writes(keap()).at(-1)?.query).toEqual({ update_mask: 'item_label,price_adjustment' });
			expect(writes(keap()).at(-1)?.body).toEqual({ item_label: 'Tiny', price_adjustment: -1.25 });
			expect(await output('productOption', 'deleteListItem', one(large))).toEqual([{ deleted: true }]);
			const [now] = await output('productOption', 'getAll', { productId: byId(1), returnAll: true });
			expect(now?.list_items).toMatchObject([{ item_label: 'Tiny', item_code: 'S', price_adjustment: -1.25 }]);
			await output('productOption', 'update', { ...naming, updateFields: { optionLabel: 'Weight' } });
			expect(writes(keap()).at(-1)?.query).toEqual({ update_mask: 'option_label' });
			expect(await output('productOption', 'delete', naming)).toEqual([{ deleted: true }]);
		});

		it('of the type Text have rules, nested in a new one and flat in an update', async () => {
			const id = await made({ optionType: 'TEXT', textRules: { minimumCharacters: 2, maximumCharacters: 20, onlyContains: 'LETTER' } });
			expect(onlyBody(keap()).text_rules).toEqual({ minimum_characters: 2, maximum_characters: 20, only_contains: 'LETTER' });
			await output('productOption', 'update', { productId: byId(1), productOptionId: byId(id), textRules: { maximumCharacters: 30 } });
			expect(writes(keap()).at(-1)?.body).toEqual({ maximum_characters: 30 });
			const [read] = await output('productOption', 'get', { productId: byId(1), productOptionId: byId(id) });
			expect(read?.text_rules).toEqual({ minimum_characters: 2, maximum_characters: 30, only_contains: 'LETTER' });
		});

		it.each<[what: string, form: INodeParameters, text: RegExp]>([
			[
				'list items of a text',
				{ optionType: '={{ "TEXT" }}', listItems: { entries: SIZES } },
				/List Items are given for an option of the type Text/,
			],
			[
				'rules of a list',
				{ optionType: '={{ "LIST" }}', textRules: { minimumCharacters: 1 } },
				/Text Rules are given for an option of the type List/,
			],
			[
				'a text of 5 to 2 characters',
				{ optionType: 'TEXT', textRules: { minimumCharacters: 5, maximumCharacters: 2 } },
				/Maximum Characters is less than Minimum Characters/,
			],
			[
				'an item without a label',
				{ listItems: { entries: [{ itemLabel: '={{ $json.label }}', itemCode: 'S' }] } },
				/List Item 1 > Label is empty/,
			],
			[
				'a price with separators',
				{ listItems: { entries: [{ itemLabel: 'S', priceAdjustment: '1.000,00' }] } },
				/List Item 1 > Price Adjustment has thousands separators/,
			],
		])('refuse %s before a call', async (_what, form, text) => {
			expect(errorText(await run('productOption', 'create', create(form)))).toMatch(text);
			expect(keap().newCalls()).toEqual([]);
		});

		it('get the list items of all n8n items in one call, and each gives the option', async () => {
			const id = await made({ listItems: { entries: [SIZES[1] ?? {}] } });
			keap().newCalls();
			const naming = { productId: byId(1), productOptionId: byId(id) };
			const many = itemsOf(60, (index) => ({ size: `Size ${index}` }));
			const add = { ...naming, listItems: { entries: [{ itemLabel: '={{ $json.size }}' }] } };
			const answers = await output('productOption', 'addListItems', add, many);
			expect(keap().newCalls()).toEqual([`POST ${V2}/products/1/options/${id}/listItems`]);
			expect(answers).toHaveLength(60);
			expect((answers[59]?.list_items as IDataObject[]).map(label)).toEqual(['Large', ...many.map(({ size }) => size)]);
			expect(answers[0]).not.toBe(answers[1]);
			expect(errorText(await run('productOption', 'addListItems', naming))).toMatch(/List Items is empty|List Items are empty/);
		});

		it('lose only the n8n item at fault where Keap refuses a call', async () => {
			const id = await made();
			const items = [{ size: 'S' }, { size: 'Refused' }, { size: 'M' }, { size: 'L' }];
			// All four; then the first half; then, of that half, the second.
			for (const after of [0, 1, 4]) keap().sandbox.fault({ method: 'POST', after }, { kind: 'status', status: 400 });
			const add = { productId: byId(1), productOptionId: byId(id), listItems: { entries: [{ itemLabel: '={{ $json.size }}' }] } };
			const result = await keap().run({ resource: 'productOption', operation: 'addListItems', ...add }, items, {
				onError: 'continueRegularOutput',
			});
			expect(result.items('Keap').map(({ error }) => error !== undefined)).toEqual([false, true, false, false]);
		});

		it('are not asked one by one where the option is gone', async () => {
			const add = { productId: byId(1), productOptionId: byId(99), listItems: { entries: [{ itemLabel: 'S' }] } };
			const result = await keap().run(
				{ resource: 'productOption', operation: 'addListItems', ...add },
				itemsOf(20, () => ({})),
				{
					onError: 'continueRegularOutput',
				},
			);
			expect(result.items('Keap').every(({ error }) => error !== undefined)).toBe(true);
			expect(keap().newCalls()).toHaveLength(1);
		});

		it('never add twice what may have been added', async () => {
			const id = await made();
			keap().newCalls();
			keap().sandbox.fault({ method: 'POST' }, { kind: 'status', status: 503 });
			const add = { productId: byId(1), productOptionId: byId(id), listItems: { entries: [{ itemLabel: 'S' }] } };
			expect(errorText(await run('productOption', 'addListItems', add, [{}, {}]))).not.toBe('');
			expect(keap().newCalls()).toHaveLength(1);
		});

		it('are found in the editor with their list items', async () => {
			const id = await made({ listItems: { entries: SIZES } });
			const search = async (method: string, parameters: INodeParameters, filter?: string) =>
				(await keap().engine.listSearch({ type: PRODUCTS, parameters }, method, filter)).results;
			expect(await search('searchProductOptions', { productId: byId(1) })).toEqual([{ name: 'Size', value: id }]);
			expect(await search('searchProductOptionItems', { productId: byId(1) })).toEqual([]);
			const found = await search('searchProductOptionItems', { productId: byId(1), productOptionId: byId(id) }, 'sma');
			expect(found).toEqual([{ name: 'Small', value: expect.any(String) as unknown }]);
		});
	});

	describe('categories', () => {
		const category = (id: string) => store('productCategories').get(id)?.product_ids;
		const bread = { productCategoryId: byId(1) };

		it('are made under another one, renamed, listed and deleted', async () => {
			const [made] = await output('productCategory', 'create', { name: 'Rolls', additionalFields: { parentCategoryId: byId(1) } });
			expect(onlyBody(keap())).toEqual({ name: 'Rolls', parent_category_id: '1' });
			await output('productCategory', 'update', { productCategoryId: byId(String(made?.id)), updateFields: { name: 'Buns' } });
			expect(await output('productCategory', 'getAll', { filters: { name: 'Bu*', idAtLeast: '1' } })).toMatchObject([{ name: 'Buns' }]);
			expect(await output('productCategory', 'getAll', { filters: { productId: byId(1) }, options: { orderBy: 'id desc' } })).toMatchObject(
				[{ name: 'Bread' }],
			);
			expect(await output('productCategory', 'get', bread)).toMatchObject([{ id: '1', name: 'Bread' }]);
			expect(await output('productCategory', 'delete', bread)).toEqual([{ deleted: true }]);
			expect(store('productCategories').size).toBe(0);
		});

		it('are not their own parents', async () => {
			const update = { ...bread, updateFields: { parentCategoryId: byId(1) } };
			expect(errorText(await run('productCategory', 'update', update))).toMatch(/Parent Category is the category itself/);
			expect(keap().newCalls()).toEqual([]);
		});

		it('keep their products when some come and go, in a read and a write for all items', async () => {
			const add = { ...bread, productIds: '={{ [$json.id] }}' };
			const answers = await output('productCategory', 'assign', add, [{ id: '3' }, { id: '4' }, { id: '1' }]);
			expect(answers).toEqual(['3', '4', '1'].map((id) => ({ category_id: '1', product_ids: [id], success: true })));
			expect(category('1')).toEqual(['1', '2', '3', '4']);
			expect(keap().newCalls()).toEqual([`GET ${V2}/productCategories/assignedProducts`, `POST ${V2}/productCategories/1:assignProducts`]);
			await output('productCategory', 'unassign', { ...bread, productIds: ['1', '3'] });
			expect(category('1')).toEqual(['2', '4']);
			await output('productCategory', 'replaceProducts', { ...bread, productIds: ['1'] });
			expect(category('1')).toEqual(['1']);
		});

		it('take many products for many categories in 100 categories a read', async () => {
			for (let index = 3; index <= 150; index += 1)
				store('productCategories').add({ id: String(index), name: `C${index}`, product_ids: ['2'] });
			const items = itemsOf(150, (index) => ({ category: String(index + 1) }));
			await output('productCategory', 'assign', { productCategoryId: byId('={{ $json.category }}'), productIds: ['3'] }, items);
			expect(
				keap()
					.newCalls()
					.filter((call) => call.startsWith('GET')),
			).toEqual(times(2, `GET ${V2}/productCategories/assignedProducts`));
			expect(category('150')).toEqual(['2', '3']);
			expect(category('2')).toEqual(['3']);
		});

		it('are not written where nothing changes', async () => {
			expect(await output('productCategory', 'assign', { ...bread, productIds: ['2'] })).toMatchObject([{ success: true }]);
			await output('productCategory', 'unassign', { ...bread, productIds: ['4'] });
			expect(writes(keap())).toEqual([]);
		});

		it('fail only the items that name a product which is gone', async () => {
			const add = { ...bread, productIds: '={{ [$json.id] }}' };
			const result = await keap().run(
				{ resource: 'productCategory', operation: 'assign', ...add },
				[{ id: '3' }, { id: '999' }, { id: '4' }],
				{
					onError: 'continueRegularOutput',
				},
			);
			expect(result.items('Keap').map(({ error }) => error)).toEqual([
				undefined,
				expect.stringMatching(/Product Names or IDs name what Keap does not have: 999/) as unknown,
				undefined,
			]);
			expect(category('1')).toEqual(['1', '2', '3', '4']);
		});

		it('keep a product that cannot be read while another one is looked for', async () => {
			keap().sandbox.fault({ times: Infinity }, { kind: 'badRow', id: '2' });
			const result = await keap().run({ resource: 'productCategory', operation: 'assign', ...bread, productIds: ['999'] });
			expect(result.status).toBe('error');
			expect(category('1')).toEqual(['1', '2']);
			const more = { ...bread, productIds: '={{ [$json.id] }}' };
			await keap().run({ resource: 'productCategory', operation: 'assign', ...more }, [{ id: '3' }, { id: '999' }], {
				onError: 'continueRegularOutput',
			});
			expect(category('1')).toEqual(expect.arrayContaining(['1', '2']));
		});

		it('that are gone fail, and their neighbours do not', async () => {
			const add = { productCategoryId: byId('={{ $json.id }}'), productIds: ['3'] };
			const result = await keap().run({ resource: 'productCategory', operation: 'assign', ...add }, [{ id: '77' }, { id: '2' }], {
				onError: 'continueRegularOutput',
			});
			expect(result.items('Keap').map(({ error }) => error !== undefined)).toEqual([true, false]);
			expect(category('2')).toEqual(['3']);
		});

		it('list their products', async () => {
			expect(await output('productCategory', 'getProducts', { filters: { productIds: ['2'] } })).toEqual([
				{ product_category_id: '1', product_ids: ['1', '2'] },
			]);
			expect(
				await output('productCategory', 'getProducts', {
					filters: { productCategoryIds: ['2'] },
					options: { orderBy: 'product_category_id desc' },
				}),
			).toEqual([]);
		});
	});

	describe('interest bundles', () => {
		const bundle = { interestBundleId: byId(1) };
		beforeEach(async () => {
			await output('interestBundle', 'create', { name: 'Breakfast', description: 'For two' });
			keap().newCalls();
		});

		it('hold products and plans at prices of their own', async () => {
			const [roll] = await output('interestBundle', 'addInterest', {
				...bundle,
				interestType: 'PRODUCT',
				productId: byId(1),
				price: '4.25',
				additionalFields: { quantity: 2, discountPercent: '10' },
			});
			expect(writes(keap()).at(-1)?.body).toEqual({ type: 'PRODUCT', entity_id: '1', price: 4.25, quantity: 2, discount_percent: 10 });
			expect(roll).toMatchObject({ interest_id: expect.any(String) as unknown, id: '1', price: 4.25, currency_code: 'USD', quantity: 2 });
			await output('interestBundle', 'addInterest', {
				...bundle,
				interestType: 'SUBSCRIPTION_PLAN',
				subscriptionPlanId: byId(2),
				price: '100',
			});
			const [read] = await output('interestBundle', 'get', bundle);
			expect(read).toMatchObject({
				name: 'Breakfast',
				product_interests: [{ price: 4.25 }],
				subscription_plan_interests: [{ id: '2', price: 100 }],
			});
			const one = { ...bundle, interestId: byId(String(roll?.interest_id)) };
			expect(await output('interestBundle', 'updateInterest', { ...one, updateFields: { price: '3.75' } })).toMatchObject([
				{ price: 3.75, quantity: 2 },
			]);
			expect(writes(keap()).at(-1)?.query).toEqual({ update_mask: 'price' });
			const { results } = await keap().engine.listSearch({ type: PRODUCTS, parameters: bundle }, 'searchInterests');
			expect(results.map(({ name }) => name)).toEqual(['2 × product 1, $3.75', '1 × plan 2, $100.00']);
			expect(await output('interestBundle', 'removeInterest', one)).toEqual([{ deleted: true }]);
			expect(await output('interestBundle', 'getAll', { filters: { name: 'Breakfast' }, options: { orderBy: 'name asc' } })).toMatchObject([
				{ product_interests: [] },
			]);
		});

		it.each<[what: string, form: INodeParameters, text: RegExp]>([
			['nothing', { interestType: 'PRODUCT', price: '5' }, /Product is empty/],
			['no price', { interestType: 'PRODUCT', productId: byId(1), price: '={{ $json.price }}' }, /Price is empty/],
			[
				'half a percent',
				{ interestType: 'PRODUCT', productId: byId(1), price: '5', additionalFields: { discountPercent: '0.5' } },
				/Discount Percent must be a whole number/,
			],
			[
				'101 %',
				{ interestType: 'PRODUCT', productId: byId(1), price: '5', additionalFields: { discountPercent: '101' } },
				/Discount Percent must be 100 or less/,
			],
		])('refuse %s before a call', async (_what, form, text) => {
			expect(errorText(await run('interestBundle', 'addInterest', { ...bundle, ...form }))).toMatch(text);
			expect(keap().newCalls()).toEqual([]);
		});

		it('are renamed and deleted', async () => {
			await output('interestBundle', 'update', { ...bundle, updateFields: { name: 'Brunch' } });
			expect(store('productInterestBundles').get('1')).toMatchObject({ name: 'Brunch', description: 'For two' });
			expect(await output('interestBundle', 'delete', bundle)).toEqual([{ deleted: true }]);
		});
	});

	describe('merchant accounts and shipping', () => {
		it('say which account is the default', async () => {
			const all = await output('merchant', 'getAll', { returnAll: true });
			expect(all).toMatchObject([
				{ id: '11', name: 'Till', is_default: true },
				{ id: '12', name: 'Trial', is_default: false },
			]);
			expect(await output('merchant', 'setDefault', { merchantAccountId: byId(12) })).toEqual([{ id: '12', success: true }]);
			expect(await output('merchant', 'getAll', { filters: { type: 'STRIPE' } })).toMatchObject([{ id: '12', is_default: true }]);
			expect(await output('merchant', 'getAll', { limit: 1 })).toHaveLength(1);
			expect(keap().sandbox.calls.at(-1)?.query).toEqual({ page_size: '1' });
		});

		it('are read over several pages', async () => {
			for (let index = 0; index < 1100; index += 1)
				store('merchants').add({ id: String(100 + index), name: `M${index}`, type: 'STRIPE', is_test: true });
			const all = await output('merchant', 'getAll', { returnAll: true });
			expect(all).toHaveLength(1102);
			expect(all.filter((account) => account.is_default)).toMatchObject([{ id: '11' }]);
			expect(keap().newCalls()).toHaveLength(2);
		});

		it('list the ways of shipping', async () => {
			expect(await output('shippingMethod', 'getAll', { returnAll: true })).toMatchObject([{ name: 'By post', type: 'FLAT_RATE' }]);
		});
	});
});
