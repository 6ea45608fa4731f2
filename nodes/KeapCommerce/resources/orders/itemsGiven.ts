import type { IDataObject } from 'n8n-workflow';

import * as fields from '../../../shared/catalogue/fields/fields';
import { jsonList } from '../../../shared/catalogue/fields/encodeMore';
import { BadInput, shown } from '../../../shared/catalogue/operation/badInput';
import type { Call, Field } from '../../../shared/catalogue/operation/types';
import { isRecord } from '../../../shared/runtime/isRecord';
import { itemNames, orderItemEntries } from './items';

const specifyItems = fields.options('specifyItems', 'Specify Items', {
	in: 'none',
	choices: [
		['fields', 'Using Fields Below'],
		['json', 'Using JSON', 'A list from an expression: for orders of any number of items'],
	],
	description: 'How the items are given',
});

const shownFor = (kind: 'fields' | 'json', { property, ...field }: Field): Field => ({
	...field,
	property: { ...property, required: true, displayOptions: { show: { specifyItems: [kind] } } },
});

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** An item by the names of the form, which Keap's own stand for as well. @throws BadInput for a name that would be passed over in silence */
function namedAsInForm(item: unknown, index: number): unknown {
	if (!isRecord(item)) return item;
	const entries = Object.entries(item).map(([name, value]) => [camel(name), value] as const);
	const unknown = entries.find(([name]) => !itemNames.includes(name))?.[0];
	if (unknown !== undefined)
		throw new BadInput(
			`has a name in item ${index + 1} that is not one of an item: ${shown(unknown)}`,
			`The names are ${itemNames.join(', ')}, or Keap's own, such as product_id.`,
		);
	return Object.fromEntries(entries);
}

const itemsAsJson = fields.field(
	{
		name: 'orderItemsJson',
		displayName: 'Items (JSON)',
		key: 'order_items',
		placeholder: 'e.g. [{"productId":"101","quantity":2,"pricePerUnit":"4.50"}]',
		description: `What is ordered, as a list of objects such as {"productId": "101", "quantity": 2, "pricePerUnit": "4.50"}. Their names are ${itemNames.join(', ')}. itemType is PRODUCT unless given.`,
	},
	{ type: 'json', default: '[]' },
	(raw) => {
		const list = jsonList(raw) as unknown[] | undefined;
		return list === undefined ? undefined : orderItemEntries.encode?.(list.map(namedAsInForm));
	},
);

/** The items of a new order: one by one, or as a list from an expression. */
export const itemsGiven: readonly Field[] = [specifyItems, shownFor('fields', orderItemEntries), shownFor('json', itemsAsJson)];

/** Takes the items in the way that was chosen. @throws BadInput for an order without any */
export function checkItems({ body, values }: Call): void {
	const [items, displayName] =
		values.specifyItems === 'json' ? [values.orderItemsJson, 'Items (JSON)'] : [values.orderItems, orderItemEntries.property.displayName];
	if (items === undefined)
		throw new BadInput(
			'is empty',
			'Give at least one item, or check the expression: it may point to a field that this item does not have.',
			displayName,
		);
	body.order_items = items as IDataObject[];
}
