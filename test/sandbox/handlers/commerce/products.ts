import { badRequest, notFound } from '../../errors';
import type { Exchange, Handler, KeapRecord } from '../../types';
import { without } from '../../without';
import { answerOne, bodyOf, crud, type Fields, type Kind, recordOf } from './crud';
import { checkMinor, currencyValue, toMajor } from './money';
import { categories, plans, productOptions, products } from './places';
import { planInProduct } from './plans';
import { optionsInProduct } from './productOptions';
import { checkGiven, checkLeast, checkNotBlank } from './rules';

/** One object when a product is made, single fields when it is changed; the count can't be changed at all. */
const INVENTORY = ['inventory_limit', 'inventory_count', 'out_of_stock_enabled', 'email_for_inventory_notifications'];

function inventoryOf(product: KeapRecord, names: readonly string[]): Fields {
	return Object.fromEntries(names.filter((name) => product[name] !== undefined).map((name) => [name, product[name]]));
}

const view = (product: KeapRecord, { state }: Pick<Exchange, 'state'>, inventory: readonly string[] = INVENTORY) => ({
	...product,
	price: currencyValue(state, Number(product.price)),
	inventory: inventoryOf(product, inventory),
	categories: categories(state)
		.rows.filter(({ product_ids: ids }) => (ids as string[] | undefined)?.includes(product.id))
		.map(({ id }) => id),
	options: optionsInProduct(state, product.id),
	subscription_plans: plans(state)
		.rows.filter(({ product_id: owner }) => owner === product.id)
		.map((plan) => planInProduct(plan, state)),
	has_legacy_image: product.legacy_image !== undefined,
});

export const PRODUCT: Kind = {
	what: 'product',
	param: 'product_id',
	store: ({ state }) => products(state),
	check: (fields, _exchange, before) => {
		checkNotBlank(fields, 'name', 'short_description');
		checkMinor(fields, 'price');
		checkLeast(fields, 0, 'weight');
		if (before) return fields;
		const { inventory = {}, ...rest } = fields;
		return { active: true, ...rest, ...(inventory as Fields) };
	},
	view,
	// Lists leave the count out.
	listView: (product, exchange) =>
		view(
			product,
			exchange,
			INVENTORY.filter((name) => name !== 'inventory_count'),
		),
	removed: ({ id }, { state }) => {
		for (const store of [plans(state), productOptions(state)])
			for (const one of [...store.rows]) if (one.product_id === id) store.delete(one.id);
	},
	readers: { last_updated_time: ({ update_time: time }) => [time] },
};

const adjustInventory: Handler = (exchange) => {
	const product = recordOf(PRODUCT, exchange);
	const fields = bodyOf(exchange);
	checkGiven(fields, 'type', 'quantity');
	checkLeast(fields, 1, 'quantity');
	const change = Number(fields.quantity) * (fields.type === 'INCREASE' ? 1 : -1);
	const next = { ...product, inventory_count: Number(product.inventory_count ?? 0) + change, update_time: exchange.now };
	products(exchange.state).set(product.id, next);
	return answerOne(PRODUCT, next, exchange);
};

const addImage: Handler = (exchange) => {
	const product = recordOf(PRODUCT, exchange);
	const { file } = bodyOf(exchange);
	if (file === '') throw badRequest('file must not be empty', 'file');
	// Bytes came as one character each.
	const image = Buffer.from(String(file), 'latin1').toString('base64');
	const images = [...((product.images ?? []) as string[]), image];
	const isLegacy = exchange.query.legacy === 'true';
	products(exchange.state).set(product.id, { ...product, ...(isLegacy ? { legacy_image: image } : { images }), update_time: exchange.now });
	return { status: 201 };
};

const removeImages: Handler = (exchange) => {
	const product = recordOf(PRODUCT, exchange);
	products(exchange.state).set(product.id, without(product, 'images', 'legacy_image') as KeapRecord);
	return { status: 204 };
};

/** Base64 as a JSON text; only the legacy image can be read back. */
const legacyImage: Handler = (exchange) => {
	const { id, legacy_image: image } = recordOf(PRODUCT, exchange);
	if (image === undefined) throw notFound('legacy image of product', id);
	return { status: 200, body: image };
};

const inV1 = ({ state }: Pick<Exchange, 'state'>, product: KeapRecord) => ({
	id: Number(product.id),
	product_name: product.name,
	product_desc: product.description ?? '',
	product_short_desc: product.short_description ?? '',
	product_price: toMajor(state, Number(product.price)),
	sku: product.sku ?? '',
	status: product.active === false ? 0 : 1,
	subscription_only: product.subscription_only ?? false,
	subscription_plans: plans(state)
		.rows.filter(({ product_id: owner }) => owner === product.id)
		.map((plan) => ({
			id: Number(plan.id),
			active: plan.active,
			plan_price: toMajor(state, Number(plan.plan_price)),
			frequency: plan.frequency,
		})),
});

/** What was made or changed since the token; what was deleted is not in it. */
const sync: Handler = ({ state, query, now, pageCap }) => {
	const token = query.sync_token === undefined ? '' : Buffer.from(query.sync_token, 'base64url').toString();
	if (token !== '' && Number.isNaN(Date.parse(token))) throw badRequest('sync_token was not given out by this API', 'sync_token');
	const rows = products(state).rows.filter(({ update_time: time }) => String(time) > token);
	const [offset, limit] = [Number(query.offset ?? 0), Math.min(Number(query.limit ?? 1_000), pageCap)];
	const page = rows.slice(offset, offset + limit).map((product) => ({ product: inV1({ state }, product) }));
	return {
		status: 200,
		body: { product_statuses: page, count: rows.length, sync_token: Buffer.from(now).toString('base64url') },
	};
};

export const PRODUCT_HANDLERS: Readonly<Record<string, Handler>> = {
	...crud(PRODUCT, {
		list: 'listProducts',
		create: 'createProduct',
		get: 'getProduct',
		update: 'updateProduct',
		remove: 'deleteProduct',
	}),
	'v1/getProductsSync': sync,
	'v2/adjustInventory': adjustInventory,
	'v2/createProductImage': addImage,
	'v2/deleteProductImage': removeImages,
	'v2/getFileData': legacyImage,
};
