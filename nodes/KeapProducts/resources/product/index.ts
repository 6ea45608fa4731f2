import * as fields from '../../../shared/catalogue/fields/fields';
import { quantity } from '../../../shared/catalogue/fields/quantities';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { products } from '../../../shared/records/commerce/products';
import { crud } from '../../../shared/rows/crud';
import { row } from '../../../shared/rows/row';
import { simplifiedWrites } from '../../../shared/rows/simplifiedWrites';
import { downloadImage, imageField, outputField, sendImage } from '../images/images';
import { readChanged } from './changed';
import { changedInventory, details, filters, needed, newInventory, settings } from './fields';
import { stockOf } from './stock';
import { writesAs } from '../../../shared/rows/writesAs';

const WITHOUT = newInventory.map(({ property }) => property.name);
const productId = products.inPath({ description: 'The product that it is about' });

export const product: Resource = writesAs('configures', {
	value: 'product',
	name: 'Product',
	operations: [
		...simplifiedWrites(
			products,
			crud(products, {
				one: productId,
				fields: [...needed, settings],
				more: [...details, ...newInventory],
				filters,
				delete: { description: 'Delete a product permanently, with its options and subscription plans' },
				get: {
					description:
						'Retrieve a product with its plans and options. Many items share calls: 100 products each. See Get Stock for the number in stock.',
				},
				update: { top: [settings], without: WITHOUT, plus: changedInventory },
			}),
		),
		row('adjustInventory', 'Adjust Inventory', 'POST /crm/rest/v2/products/{product_id}:adjustInventory', {
			effect: 'writes',
			action: 'Adjust the inventory of a product',
			description: 'Add to the number of a product in stock, or take from it',
			fields: [
				productId,
				fields.options('adjustment', 'Adjustment', {
					key: 'type',
					required: true,
					choices: [
						['INCREASE', 'Increase', 'Goods came in'],
						['DECREASE', 'Decrease', 'Goods went out'],
					],
					description: 'Which way the number in stock changes',
				}),
				quantity('quantity', 'Quantity', { required: true, description: 'By how many it changes' }),
			],
			perform: stockOf,
		}),
		row('addImage', 'Add Image', 'POST /crm/rest/v2/products/{product_id}/images', {
			action: 'Add an image to a product',
			description: 'Upload an image of the item to a product',
			fields: [
				productId,
				imageField,
				fields.moreOptions([
					fields.boolean('legacy', 'Use in Legacy Carts', {
						in: 'query',
						description: 'Whether the legacy shopping cart shows the image too. It has one image, which is replaced.',
					}),
				]),
			],
			answer: 'success',
			perform: sendImage,
		}),
		row('deleteImages', 'Delete Images', 'DELETE /crm/rest/v2/products/{product_id}/images', {
			action: 'Delete the images of a product',
			description: 'Delete the images of a product permanently',
			fields: [productId],
			answer: 'deleted',
		}),
		row('downloadImage', 'Download Image', 'GET /crm/rest/v2/products/{product_id}/images/legacyImageData', {
			action: 'Download the image of a product',
			description: 'Download the image that the legacy shopping cart shows; Keap gives back no other',
			fields: [productId, outputField],
			perform: downloadImage,
		}),
		row('getChanged', 'Get Changed', 'GET /crm/rest/v1/products/sync', {
			action: 'Get products that have changed',
			description: 'Retrieve the products made or changed since the last time, all of them. Deleted ones are not among them.',
			fields: [
				fields.text('syncPoint', 'Sync Token', {
					key: 'sync_token',
					in: 'query',
					description:
						'The sync_token that each item of the last time has; leave empty the first time. Where nothing came, the old one stays good.',
				}),
			],
			perform: readChanged,
		}),
		row('getStock', 'Get Stock', 'GET /crm/rest/v2/products/{product_id}', {
			action: 'Get the stock of a product',
			description: 'Retrieve how many of a product are in stock. It takes a call for each product.',
			fields: [productId],
			perform: stockOf,
		}),
	],
});
