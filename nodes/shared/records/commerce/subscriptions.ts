import type { IDataObject } from 'n8n-workflow';

import { UNSTATED_UNITS } from '../../catalogue/money/units';
import { picked } from '../../catalogue/simplify';
import { searchSubscriptions } from '../../locators/commerce/subscriptions';
import { defineRecord } from '../kind/record';

const shape = (subscription: IDataObject): IDataObject =>
	picked(subscription, [
		'id',
		'active',
		'contact_id',
		'product_id',
		'subscription_plan_id',
		'quantity',
		'billing_amount',
		'billing_cycle',
		'billing_frequency',
		'auto_charge',
		'payment_method_id',
		'start_date',
		'last_bill_date',
		'next_bill_date',
		'end_date',
		'reason_stopped',
		'promo_code',
		'shipping_address',
		'modification_time',
	]);

export const subscriptions = defineRecord({
	one: 'subscription',
	path: '/crm/rest/v2/subscriptions',
	records: 'subscriptions',
	byIds: { filter: 'ids' },
	order: [
		['contact_id', 'Contact ID'],
		['id', 'ID'],
		['subscription_plan_id', 'Subscription Plan ID'],
		['modification_time', 'Updated'],
	],
	findBy: { by: 'search', search: searchSubscriptions },
	customFields: true,
	amounts: { billing_amount: UNSTATED_UNITS.subscriptionBillingAmount },
	shape,
});
