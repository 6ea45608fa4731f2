import type { IDataObject } from 'n8n-workflow';

import { askKeap } from '../../../shared/catalogue/calls/request';
import type { Perform } from '../../../shared/catalogue/operation/types';
import { inner } from '../../../shared/runtime/isRecord';

/** The inventory of a product; null where Keap does not count it. Lists of Keap's leave the count out, so each product is read alone. */
export const stockOf: Perform = async (work, call) => {
	const { id, name, sku, inventory } = (await askKeap(work, call)) as IDataObject;
	const { inventory_count: count, inventory_limit: limit, out_of_stock_enabled: canSellOut } = inner(inventory);
	return {
		id,
		name,
		sku: sku ?? null,
		inventory_count: count ?? null,
		inventory_limit: limit ?? null,
		out_of_stock_enabled: canSellOut ?? null,
	};
};
