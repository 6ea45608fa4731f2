import * as fields from '../../../shared/catalogue/fields/fields';
import type { Field } from '../../../shared/catalogue/operation/types';
import { affiliates } from '../../../shared/records/marketing/affiliates';

/**
 * The affiliates who get the credit. One parameter for all forms, for locators are large.
 * @param sale Keap's name for the one who made the sale: that of orders, or that of subscriptions
 */
export function affiliateCredit(sale: 'sales_affiliate_id' | 'sale_affiliate_id'): Field & { readonly members: readonly Field[] } {
	const members = [
		affiliates.field('leadAffiliateId', 'Lead Affiliate', { description: 'Who brought the contact' }),
		affiliates.field('salesAffiliateId', 'Sales Affiliate', { key: sale, description: 'Who made the sale' }),
	];
	const group = fields.group('affiliates', 'Affiliates', members);
	return { ...group, members, property: { ...group.property, placeholder: 'Add Affiliates' } };
}
