import { paging } from '../../../shared/catalogue/fields/commonFields';
import * as fields from '../../../shared/catalogue/fields/fields';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Call, Field, Resource } from '../../../shared/catalogue/operation/types';
import { productCategories } from '../../../shared/records/commerce/productCategories';
import { products } from '../../../shared/records/commerce/products';
import { crud } from '../../../shared/rows/crud';
import { WHOLE_OR_BEGINNING } from '../../../shared/rows/filterTexts';
import { idFilters } from '../../../shared/rows/idFilters';
import { row } from '../../../shared/rows/row';
import { imageField, sendImage } from '../images/images';
import { assign, ASSIGNED, ASSIGNED_RECORDS, unassign } from './assign';
import { writesAs } from '../../../shared/rows/writesAs';

const category = productCategories.inPath();

const productIds = (texts: fields.FieldTexts = {}): Field =>
	fields.recordList('productIds', 'Product Names or IDs', {
		of: products,
		required: true,
		description: 'Which products.',
		...texts,
	});

/** @throws BadInput for a category that would be its own parent */
function checkParent({ body, pathParams }: Call): void {
	if (body.parent_category_id !== undefined && body.parent_category_id === pathParams.category_id)
		throw new BadInput('is the category itself', 'Choose another one, or clear it to put the category at the top.', 'Parent Category');
}

const ASSIGN = 'POST /crm/rest/v2/productCategories/{category_id}:assignProducts';

export const productCategory: Resource = writesAs('configures', {
	value: 'productCategory',
	name: 'Product Category',
	operations: [
		...crud(productCategories, {
			fields: [fields.text('name', 'Name', { required: true, placeholder: 'e.g. Bread', description: 'What the category is called' })],
			more: [
				fields.number('displayOrderIndex', 'Display Order', { min: 0, whole: true, description: 'Its place among the categories' }),
				productCategories.field('parentCategoryId', 'Parent Category', { description: 'The category that it is a part of' }),
			],
			filters: [
				...idFilters({ one: 'product_category_id' }),
				fields.text('name', 'Name', { in: 'filter', description: WHOLE_OR_BEGINNING }),
				products.field('productId', 'Product', { in: 'filter' }),
			],
			delete: { description: 'Delete a product category permanently, with all categories below it. Its products stay.' },
			update: { check: checkParent },
		}),
		// Keap takes the whole list of a category's products: https://developer.infusionsoft.com/docs/restv2/#tag/Product-Categories
		row('assign', 'Add Products', ASSIGN, {
			action: 'Add products to a product category',
			description: 'Put products into a category, beside those that it has. Items about one category share a call.',
			fields: [category, productIds()],
			answer: 'success',
			performInGroups: assign,
		}),
		row('unassign', 'Remove Products', ASSIGN, {
			action: 'Remove products from a product category',
			description: 'Take products out of a category; the others stay in it. Items about one category share a call.',
			fields: [category, productIds({ in: 'none' })],
			// What is left of the category's products is known when these have been read.
			body: { product_ids: [] },
			answer: 'success',
			performInGroups: unassign,
		}),
		row('replaceProducts', 'Replace Products', ASSIGN, {
			action: 'Replace the products of a product category',
			description: 'Put products into a category and take all others out of it',
			fields: [category, productIds()],
			answer: 'success',
		}),
		row('getProducts', 'Get Products', `GET ${ASSIGNED}`, {
			action: 'Get the products of product categories',
			description: 'Retrieve which products are in which category, one item for each category that has some',
			fields: [
				...paging,
				fields.filters([
					fields.recordList('productCategoryIds', 'Product Category Names or IDs', {
						of: productCategories,
						in: 'filter',
						description: 'Which categories.',
					}),
					fields.recordList('productIds', 'Product Names or IDs', { of: products, in: 'filter', description: 'Which products.' }),
				]),
				fields.moreOptions([fields.orderBy([['product_category_id', 'Product Category ID']])]),
			],
			answer: 'records',
			records: ASSIGNED_RECORDS,
		}),
		row('addImage', 'Add Image', 'POST /crm/rest/v2/productCategories/{category_id}/images', {
			action: 'Add an image to a product category',
			description: 'Upload an image of the item to a product category. Keap does not give it back.',
			fields: [category, imageField],
			answer: 'success',
			perform: sendImage,
		}),
		row('deleteImages', 'Delete Images', 'DELETE /crm/rest/v2/productCategories/{category_id}/images', {
			action: 'Delete the image of a product category',
			description: 'Delete the image of a product category permanently',
			fields: [category],
			answer: 'deleted',
		}),
	],
});
