import type { IDataObject } from 'n8n-workflow';

import { listOf } from '../../runtime/listOf';
import { keapRequest } from '../../transport';
import { chosenRecord } from '../chosenRecord';
import { nameLabel } from '../labels';
import type { ListSearch } from '../locator';

/** The items of the order that is chosen already, by name; none without an order. */
export const itemsOfOrder: ListSearch = async function (filter = '') {
	const order = chosenRecord(this, 'orderId');
	if (order === undefined) return { results: [] };
	const path = '/crm/rest/v2/orders/{order_id}';
	const { body } = await keapRequest<IDataObject>(this, {
		method: 'GET',
		path,
		pathParams: { order_id: order },
		expects: { record: ['id'] },
	});
	const wanted = filter.trim().toLowerCase();
	const options = listOf(body.order_items).map((item) => ({
		name: `${String(item.quantity ?? 1)} × ${nameLabel('name')(item)}`,
		value: String(item.id),
	}));
	return { results: options.filter(({ name, value }) => name.toLowerCase().includes(wanted) || value === wanted) };
};
