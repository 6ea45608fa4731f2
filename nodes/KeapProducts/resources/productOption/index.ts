import * as encode from '../../../shared/catalogue/fields/encode';
import { entries } from '../../../shared/catalogue/fields/entries';
import * as fields from '../../../shared/catalogue/fields/fields';
import { money } from '../../../shared/catalogue/money/moneyField';
import { UNSTATED_UNITS } from '../../../shared/catalogue/money/units';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Call, Field, Resource } from '../../../shared/catalogue/operation/types';
import { productOptionItems } from '../../../shared/records/commerce/productOptionItems';
import { productOptions } from '../../../shared/records/commerce/productOptions';
import { products } from '../../../shared/records/commerce/products';
import { crud } from '../../../shared/rows/crud';
import { row } from '../../../shared/rows/row';
import { simplifiedWrites } from '../../../shared/rows/simplifiedWrites';
import { countOrNone } from '../../../shared/catalogue/fields/entryParts';
import { addItems } from './addItems';
import { checkCharacters, textRules } from './textRules';
import { writesAs } from '../../../shared/rows/writesAs';

const ofProduct = products.inPath({ description: 'The product that it is about' });
const option = productOptions.inPath();
const item = productOptionItems.field('itemId', 'List Item', {
	in: 'path',
	key: 'item_id',
	required: true,
	description: 'The list item to work on',
});

const itemParts: readonly Field[] = [
	fields.text('itemLabel', 'Label', { required: true, placeholder: 'e.g. Large', description: 'What customers choose' }),
	fields.text('itemCode', 'Code', { placeholder: 'e.g. L' }),
	countOrNone('itemDisplayOrder', 'Display Order', { min: 0, placeholder: 'e.g. 1' }),
	money('priceAdjustment', 'Price Adjustment', {
		form: UNSTATED_UNITS.optionPriceAdjustment,
		bounds: 'any',
		placeholder: 'e.g. 1.50',
		description: 'What is added to the price of the product; with a minus it is taken off',
	}),
];

/** In a new option as in one that is there; only the latter needs some. */
const listItems = entries('listItems', 'List Items', {
	singular: 'List Item',
	members: itemParts,
	description: 'What customers choose from, for an option of the type List',
});

const neededListItems: Field = { ...listItems, encode: encode.required(listItems.encode ?? ((raw) => raw), 'Add at least one.') };

const TYPES: readonly fields.Choice[] = [
	['LIST', 'List', 'Customers choose one of its list items'],
	['TEXT', 'Text', 'Customers write something'],
];

/** Shown once this type of option is chosen: the other has none. */
const ofType = (type: 'LIST' | 'TEXT', { property, ...field }: Field): Field => ({
	...field,
	property: { ...property, displayOptions: { show: { optionType: [type] } } },
});

/** Of a type that an expression gives, both are shown. @throws BadInput when an option has what only the other type of option has */
function checkType(call: Call): void {
	const { option_type: type, list_items: items, text_rules: rules } = call.body;
	if (type === 'TEXT' && items !== undefined)
		throw new BadInput('are given for an option of the type Text', 'Remove them, or choose List as Option Type.', 'List Items');
	if (type === 'LIST' && rules !== undefined)
		throw new BadInput('are given for an option of the type List', 'Remove them, or choose Text as Option Type.', 'Text Rules');
	checkCharacters(call);
}

const rows = crud(productOptions, {
	within: [ofProduct],
	fields: [
		fields.text('optionLabel', 'Label', { required: true, placeholder: 'e.g. Size', description: 'What the option is called' }),
		fields.options('optionType', 'Option Type', {
			required: true,
			choices: TYPES,
			description: "How customers answer. It can't be changed later.",
		}),
		ofType('LIST', listItems),
		ofType('TEXT', textRules('text_rules.')),
	],
	more: [
		fields.number('displayOrder', 'Display Order', { min: 0, whole: true, description: 'Its place among the options of the product' }),
		fields.boolean('required', 'Required', { description: 'Whether the product is only sold with a choice' }),
	],
	create: { check: checkType },
	update: {
		description: 'Change some fields of a product option and leave the others alone. Its list items have operations of their own.',
		without: ['optionType', 'listItems'],
		top: [textRules('')],
		check: checkCharacters,
	},
});

const ITEMS = 'products/{product_id}/options/{product_option_id}/listItems';

export const productOption: Resource = writesAs('configures', {
	value: 'productOption',
	name: 'Product Option',
	operations: simplifiedWrites(productOptions, [
		...rows,
		row('addListItems', 'Add List Items', `POST /crm/rest/v2/${ITEMS}`, {
			action: 'Add list items to a product option',
			description: 'Add what customers can choose to an option of the type List. Items about one option share calls.',
			fields: [ofProduct, option, neededListItems],
			performInGroups: addItems,
		}),
		row('deleteListItem', 'Delete List Item', `DELETE /crm/rest/v2/${ITEMS}/{item_id}`, {
			action: 'Delete a list item of a product option',
			description: 'Delete one of the list items of a product option permanently',
			fields: [ofProduct, option, item],
			answer: 'deleted',
		}),
		row('updateListItem', 'Update List Item', `PATCH /crm/rest/v2/${ITEMS}/{item_id}`, {
			action: 'Update a list item of a product option',
			description: 'Change some fields of a list item and leave the others alone',
			fields: [ofProduct, option, item, fields.updateFields(itemParts.map(fields.optional))],
			mask: true,
		}),
	]),
});
