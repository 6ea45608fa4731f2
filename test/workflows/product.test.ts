import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { keapNode, workflow, type RunResult } from '../support/engine';
import { byId, errorText, itemsOf, keapForEachTest, onlyBody, times, writes } from './helpers';

const PRODUCTS = '/crm/rest/v2/products';
const products = { type: 'n8n-nodes-keap.keapProducts' };
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

describe('products', () => {
	const keap = keapForEachTest();
	const given = (operation: string, more: INodeParameters = {}): INodeParameters => ({ resource: 'product', operation, ...more });
	const run = async (operation: string, more: INodeParameters = {}, items: IDataObject[] = [{}]) =>
		await keap().run(given(operation, more), items, products);
	const output = async (operation: string, more: INodeParameters = {}, items: IDataObject[] = [{}]) =>
		await keap().output(given(operation, more), items, products);
	const store = () => keap().sandbox.state.collection(PRODUCTS);
	const rye = { name: 'Rye roll', shortDescription: 'Small', price: '0.95' };

	it('are made with their inventory, priced in the major unit', async () => {
		const [made] = await output('create', {
			...rye,
			settings: { active: false },
			additionalFields: {
				sku: 'ROLL-1',
				weight: 0.1,
				inventoryCount: 12,
				inventoryLimit: 3,
				inventoryEmail: 'ida@bakery.example',
			},
		});
		expect(onlyBody(keap())).toEqual({
			name: 'Rye roll',
			short_description: 'Small',
			price: 95,
			sku: 'ROLL-1',
			active: false,
			weight: 0.1,
			inventory: { inventory_count: 12, inventory_limit: 3, email_for_inventory_notifications: 'ida@bakery.example' },
		});
		expect(made).toMatchObject({ name: 'Rye roll', price: 0.95, currency_code: 'USD', active: false, inventory_limit: 3 });
		expect(made).not.toHaveProperty('inventory_count');
	});

	it.each([
		['JPY', '1200', 1200],
		['KWD', '1.250', 1250],
		['USD', '1225.5', 122550],
	])('cost in %s what is written: %s', async (currency, price, sent) => {
		keap().sandbox.state.businessProfile.currency_code = currency;
		const [made] = await output('create', { ...rye, price });
		expect(onlyBody(keap()).price).toBe(sent);
		expect(made).toMatchObject({ price: Number(price), currency_code: currency });
	});

	it.each([
		['1,000.00', /Price has thousands separators: "1,000.00".*Write it as 1000.00/],
		['1.000,00', /Price has thousands separators and a decimal comma: "1.000,00".*Write it as 1000.00/],
		['-5', /Price must be 0 or more, not -5/],
		['four', /Price is not an amount: "four"/],
		['={{ $json.price }}', /Price is empty/],
		['$5', /Price is not an amount/],
	])('are refused at the price %j before a call', async (price, text) => {
		expect(errorText(await run('create', { ...rye, price }))).toMatch(text);
		expect(keap().newCalls()).toEqual([]);
	});

	it('are refused at a price with more decimals than the currency has, which is all that is asked of Keap', async () => {
		expect(errorText(await run('create', { ...rye, price: '4.505' }))).toMatch(/Price has more decimals than USD has: 4.505/);
		expect(keap().newCalls()).toEqual(['GET /crm/rest/v2/businessProfile']);
		expect(await output('create', { ...rye, price: '-0' })).toMatchObject([{ price: 0 }]);
	});

	it('are updated in what is given, the price in the major unit and the inventory in a form of its own', async () => {
		const [changed] = await output('update', {
			productId: byId(1),
			updateFields: { price: '4.75', inventoryLimit: 5, outOfStockEnabled: true, fieldsToClear: ['sku'] },
			settings: { taxable: true },
		});
		expect(keap().sandbox.calls.at(-1)?.query.update_mask?.split(',').sort()).toEqual([
			'inventory_limit',
			'out_of_stock_enabled',
			'price',
			'sku',
			'taxable',
		]);
		expect(onlyBody(keap())).toEqual({ price: 475, inventory_limit: 5, out_of_stock_enabled: true, taxable: true });
		expect(changed).toMatchObject({ id: '1', name: 'Rye bread', price: 4.75, inventory_limit: 5 });
		expect(store().get('1')?.sku).toBeUndefined();
	});

	it('are read 100 in a call, simplified the same as one alone', async () => {
		for (let index = 5; index <= 1000; index += 1) store().add({ name: `Roll ${index}`, price: index, inventory_count: 1 });
		const ids = itemsOf(1000, (index) => ({ id: String(index + 1) }));
		const read = await output('get', { productId: byId('={{ $json.id }}') }, ids);
		expect(keap().newCalls()).toEqual(times(10, `GET ${PRODUCTS}`));
		expect(read.map(({ id }) => id)).toEqual(ids.map(({ id }) => id));
		expect(read[999]).toMatchObject({ price: 10, currency_code: 'USD' });
		expect(await output('get', { productId: byId(4) })).toEqual([read[3]]);
		expect(read[3]).toMatchObject({ name: 'Bread of the month', price: 12, subscription_plans: [{ plan_price: 12 }, { plan_price: 120 }] });
	});

	it('are listed by every filter and order', async () => {
		const found = await output('getAll', { filters: { name: 'Bread*' }, options: { orderBy: 'name desc' } });
		expect(found.map(({ name }) => name)).toEqual(['Bread of the month', 'Bread course']);
		await output('getAll', { filters: { sku: 'RYE-1', shortDescription: 'A loaf*', description: 'x*', idAtLeast: '1', idAtMost: '3' } });
		expect(keap().sandbox.calls.at(-1)?.query.filter?.split(';').sort()).toEqual([
			'description==x*',
			'product_id<=3',
			'product_id>=1',
			'short_description==A loaf*',
			'sku==RYE-1',
		]);
		expect(await output('getAll', { filters: { ids: '1, 3' } })).toMatchObject([{ id: '1' }, { id: '3' }]);
	});

	it('have a stock that is read and adjusted', async () => {
		const stock = { id: '1', name: 'Rye bread', sku: 'RYE-1', inventory_limit: null, out_of_stock_enabled: null };
		expect(await output('getStock', { productId: byId(1) })).toEqual([{ ...stock, inventory_count: 40 }]);
		expect(await output('adjustInventory', { productId: byId(1), adjustment: 'DECREASE', quantity: 3 })).toEqual([
			{ ...stock, inventory_count: 37 },
		]);
		expect(onlyBody(keap())).toEqual({ type: 'DECREASE', quantity: 3 });
		expect(await output('getStock', { productId: byId(3) })).toMatchObject([{ name: 'Bread course', inventory_count: null }]);
		for (const quantity of [0, -1, 1.5])
			expect(errorText(await run('adjustInventory', { productId: byId(1), adjustment: 'INCREASE', quantity }))).toMatch(
				/^Quantity must be/,
			);
		expect(writes(keap())).toHaveLength(1);
	});

	it('adjust their stock once where the answer is lost', async () => {
		keap().sandbox.fault({ method: 'POST' }, { kind: 'status', status: 503 });
		expect(errorText(await run('adjustInventory', { productId: byId(1), adjustment: 'INCREASE', quantity: 1 }))).toMatch(
			/may (or may not )?have been/i,
		);
		expect(keap().newCalls()).toEqual([`POST ${PRODUCTS}/1:adjustInventory`]);
	});

	it('are deleted', async () => {
		expect(await output('delete', { productId: byId(4) })).toEqual([{ deleted: true }]);
		expect(store().has('4')).toBe(false);
	});

	describe('that have changed', () => {
		const changed = async (syncPoint = '') => await output('getChanged', { syncPoint });

		it('come one item each, with the token for the next time, in the major unit', async () => {
			const all = await changed();
			expect(all).toHaveLength(4);
			expect(all[0]).toMatchObject({ id: 1, product_name: 'Rye bread', product_price: 4.5, sync_token: expect.any(String) as unknown });
			const token = String(all[0]?.sync_token);
			expect(await changed(token)).toEqual([]);
			store().set('2', { ...store().get('2'), id: '2', update_time: '2999-01-01T00:00:00.000Z' });
			expect(await changed(token)).toMatchObject([{ id: 2 }]);
			expect(keap().newCalls()).toEqual(times(3, 'GET /crm/rest/v1/products/sync'));
			expect(keap().sandbox.calls.at(-1)?.query).toEqual({ sync_token: token, limit: '1000', offset: '0' });
		});

		it('are read to the end', async () => {
			for (let index = 5; index <= 1200; index += 1)
				store().add({ name: `Roll ${index}`, price: index, update_time: '2026-01-01T00:00:00.000Z' });
			expect(await changed()).toHaveLength(1200);
			expect(keap().sandbox.calls.map(({ query }) => query.offset)).toEqual(['0', '1000']);
		});

		it('are read to the end where Keap counts those of the page', async () => {
			const page = (count: number) =>
				JSON.stringify({ count, sync_token: 't', product_statuses: Array.from({ length: count }, (_unused, id) => ({ product: { id } })) });
			for (const count of [1000, 3]) keap().sandbox.fault({}, { kind: 'status', status: 200, body: page(count) });
			expect(await changed()).toHaveLength(1003);
		});
	});

	describe('with images', () => {
		const upload = async (
			data: Buffer,
			parameters: INodeParameters = {},
			resource = 'product',
			fileName = 'rye.png',
		): Promise<RunResult> => {
			const input: INodeExecutionData[] = [
				{ json: {}, binary: { data: { data: data.toString('base64'), mimeType: 'application/octet-stream', fileName } } },
			];
			const naming = resource === 'product' ? { productId: byId(1) } : { productCategoryId: byId(1) };
			return await keap().engine.run(
				workflow([keapNode('Keap', { resource, operation: 'addImage', ...naming, ...parameters }, products)]),
				{ input },
			);
		};

		it('take one, and give the legacy one back as it was', async () => {
			const result = await upload(PNG, { options: { legacy: true } });
			expect(errorText(result)).toBe('');
			expect(result.items('Keap')).toEqual([{ product_id: '1', success: true }]);
			expect(keap().sandbox.calls.at(-1)?.query).toEqual({ legacy: 'true' });
			const down = await keap().run(given('downloadImage', { productId: byId(1) }), [{}], products);
			expect(down.items('Keap')).toEqual([{ product_id: '1' }]);
			const file = down.itemsWithPairing('Keap')[0]?.binary?.data;
			expect(file).toMatchObject({ fileName: 'product-1.png', mimeType: 'image/png' });
			expect(Buffer.from(file?.data ?? '', 'base64')).toEqual(PNG);
			expect(await output('deleteImages', { productId: byId(1) })).toEqual([{ deleted: true }]);
			expect(errorText(await run('downloadImage', { productId: byId(1) }))).toMatch(/Legacy image of product/);
		});

		it('say so where what Keap gives back is no image', async () => {
			store().set('1', { ...store().get('1'), id: '1', legacy_image: Buffer.from('<html>').toString('base64') });
			expect(errorText(await run('downloadImage', { productId: byId(1) }))).toMatch(
				/What Keap gives as the image of the product 1 is no image/,
			);
		});

		it.each<[what: string, data: Buffer, resource: string, text: RegExp]>([
			[
				'of 40 MB',
				Buffer.concat([PNG, Buffer.alloc(40 * 1024 * 1024)]),
				'product',
				/Input Binary Field holds 40.0 MB, and Keap takes 3 MB at most: rye.png/,
			],
			['that is a web page', Buffer.from('<!doctype html><title>404'), 'product', /Input Binary Field holds no image: rye.png/],
			['that is empty', Buffer.alloc(0), 'product', /Input Binary Field holds no image/],
			[
				'that is a web page, for a category',
				Buffer.from('<!doctype html><title>404'),
				'productCategory',
				/Input Binary Field holds no image: rye.png/,
			],
		])('refuse one %s before a call', async (_what, data, resource, text) => {
			expect(errorText(await upload(data, {}, resource))).toMatch(text);
			expect(keap().newCalls()).toEqual([]);
		});

		it('refuse an item without one', async () => {
			expect(errorText(await run('addImage', { productId: byId(1) }))).toMatch(
				/Input Binary Field names "data", and this item has no file there/,
			);
			expect(keap().newCalls()).toEqual([]);
		});

		it('of categories go in and out', async () => {
			expect((await upload(PNG, {}, 'productCategory')).items('Keap')).toMatchObject([{ success: true }]);
			const categories = keap().sandbox.state.collection('/crm/rest/v2/productCategories');
			expect(Buffer.from(String(categories.get('1')?.image), 'latin1')).toEqual(PNG);
			const form = { resource: 'productCategory', operation: 'deleteImages', productCategoryId: byId(1) };
			expect(await keap().output(form, [{}], products)).toEqual([{ deleted: true }]);
			expect(categories.get('1')?.image).toBeUndefined();
		});
	});
});
