import { badRequest } from '../../errors';
import { without } from '../../without';
import type { Handler, KeapRecord } from '../../types';
import { answerList } from '../lists';
import { checkReference } from '../references';
import { bodyOf, crud, type Kind, recordOf } from './crud';
import { categories, products } from './places';
import { checkNotBlank } from './rules';

const CATEGORY: Kind = {
	what: 'product category',
	param: 'category_id',
	store: ({ state }) => categories(state),
	readers: {
		product_id: ({ product_ids: ids }) => (ids ?? []) as string[],
		product_category_id: ({ id }) => [id],
	},
	check: (fields, { state }, before) => {
		checkNotBlank(fields, 'name');
		checkReference(fields, 'parent_category_id', categories(state));
		if (before && fields.parent_category_id === before.id)
			throw badRequest('parent_category_id: a category is not its own parent', 'parent_category_id');
		return before ? fields : { product_ids: [], ...fields };
	},
	// Sub-categories go with their parent.
	removed: (record, { state }) => removeBelow(record.id, categories(state)),
};

function removeBelow(parent: string, store: ReturnType<typeof categories>): void {
	for (const { id } of store.rows.filter(({ parent_category_id: one }) => one === parent)) {
		removeBelow(id, store);
		store.delete(id);
	}
}

/** Replaces: what is not named any more is taken out. */
const assignProducts: Handler = (exchange) => {
	const category = recordOf(CATEGORY, exchange);
	const ids = bodyOf(exchange).product_ids as string[];
	const unknown = ids.find((id) => !products(exchange.state).has(id));
	if (unknown !== undefined) throw badRequest(`product_ids: ${unknown} does not exist`, 'product_ids');
	categories(exchange.state).set(category.id, { ...category, product_ids: [...new Set(ids)], update_time: exchange.now });
	return { status: 204 };
};

const assigned: Handler = (exchange) => {
	const store = categories(exchange.state);
	const idsOf = (record: KeapRecord) => (record.product_ids ?? []) as string[];
	return answerList(exchange, {
		rows: store.rows.filter((record) => idsOf(record).length > 0),
		version: String(store.version),
		path: exchange.operation.path,
		readers: { product_ids: idsOf, product_category_ids: ({ id }) => [id], product_category_id: ({ id }) => [id] },
		show: (record) => ({ product_category_id: record.id, product_ids: idsOf(record) }),
	});
};

/** Images go in and out of sight: nothing reads them back. */
const addImage: Handler = (exchange) => {
	const category = recordOf(CATEGORY, exchange);
	const { file } = bodyOf(exchange);
	if (file === '') throw badRequest('file must not be empty', 'file');
	categories(exchange.state).set(category.id, { ...category, image: file });
	return { status: 201 };
};

const removeImage: Handler = (exchange) => {
	const category = recordOf(CATEGORY, exchange);
	categories(exchange.state).set(category.id, without(category, 'image') as KeapRecord);
	return { status: 204 };
};

export const PRODUCT_CATEGORY_HANDLERS: Readonly<Record<string, Handler>> = {
	...crud(CATEGORY, {
		list: 'listProductCategories',
		create: 'createProductCategory',
		get: 'getProductCategory',
		update: 'updateProductCategory',
		remove: 'deleteProductCategory',
	}),
	'v2/assignProductsToCategory': assignProducts,
	'v2/createImageFile': addImage,
	'v2/deleteImageFile': removeImage,
	'v2/listAssignedProducts': assigned,
};
