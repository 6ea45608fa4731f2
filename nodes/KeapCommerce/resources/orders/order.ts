import * as encode from '../../../shared/catalogue/fields/encode';
import { texts } from '../../../shared/catalogue/fields/encodeMore';
import * as fields from '../../../shared/catalogue/fields/fields';
import type { Call, Effect, Field, Resource } from '../../../shared/catalogue/operation/types';
import { creditCards } from '../../../shared/locators/commerce/cards';
import { files } from '../../../shared/records/activity/files';
import { orders } from '../../../shared/records/commerce/orders';
import { products } from '../../../shared/records/commerce/products';
import { contacts } from '../../../shared/records/people/contacts';
import { crud } from '../../../shared/rows/crud';
import { idFilters } from '../../../shared/rows/idFilters';
import { row } from '../../../shared/rows/row';
import { simplifiedWrites } from '../../../shared/rows/simplifiedWrites';
import { affiliateCredit } from './affiliateCredit';
import { checkItems, itemsGiven } from './itemsGiven';
import { planNeeds, planOfKnown, planOfNew, planOptions } from './paymentPlan';
import { planAfterwards } from './planAfterwards';
import { shippingAddress } from './shipping';

const TYPES: readonly fields.Choice[] = [
	['ONLINE', 'Online', 'Ordered in a shop on the web'],
	['OFFLINE', 'Offline', 'Ordered in another way'],
];

const promoCodes = (description: string): Field =>
	fields.field(
		{ name: 'promoCodes', displayName: 'Promo Codes', placeholder: 'e.g. SUMMER20, FREESHIP', description },
		{ type: 'string', default: '' },
		texts,
	);

const details: readonly Field[] = [
	fields.moment('dueTime', 'Due'),
	fields.moment('externalCreateTime', 'External Created', { description: 'When it was made in the system it comes from' }),
	fields.moment('externalUpdateTime', 'External Updated'),
	fields.text('externalCreateUser', 'External User'),
	fields.text('invoiceTitle', 'Invoice Title', { key: 'title' }),
	fields.text('notes', 'Notes', { rows: 2 }),
	fields.moment('sentTime', 'Sent', { description: 'When the invoice was sent' }),
	fields.text('terms', 'Terms', { rows: 2 }),
];

const credit = affiliateCredit('sales_affiliate_id');

const filters: readonly Field[] = [
	...idFilters({ list: 'ids', one: 'id' }),
	contacts.field('contactId', 'Contact', { in: 'filter' }),
	fields.moment('createdAfter', 'Created After', { in: 'filter', key: 'created_since_time' }),
	fields.moment('createdBefore', 'Created Before', { in: 'filter', key: 'created_until_time' }),
	fields.id('invoiceId', 'Invoice ID', { in: 'filter' }),
	fields.text('invoiceXid', 'Invoice XID', { in: 'filter', description: 'What the address of the invoice ends with' }),
	fields.boolean('paid', 'Paid', { in: 'filter', default: false, description: 'Whether the order is paid' }),
	products.field('productId', 'Product', { in: 'filter' }),
	fields.text('shippingLocality', 'Shipping City', { in: 'filter' }),
	fields.field(
		{ name: 'shippingCountryCode', displayName: 'Shipping Country Code', in: 'filter', placeholder: 'e.g. USA' },
		{ type: 'string', default: '' },
		encode.countryCode,
	),
	fields.text('shippingPostalCode', 'Shipping Postal Code', { in: 'filter' }),
	fields.text('shippingRegionCode', 'Shipping Region Code', { in: 'filter', placeholder: 'e.g. US-AZ' }),
	fields.text('title', 'Title', { in: 'filter', description: 'The whole title, or its beginning followed by *' }),
	fields.options('orderType', 'Type', { in: 'filter', choices: TYPES }),
	fields.moment('updatedAfter', 'Updated After', { in: 'filter', key: 'modified_since_time' }),
	fields.moment('updatedBefore', 'Updated Before', { in: 'filter', key: 'modified_until_time' }),
];

const file = (description: string): Field => files.field('fileId', 'File', { required: true, description });

/** The order under the name that Keap's v1 has for it. */
const orderIdV1 = orders.inPath({ key: 'orderId' });

/** By a plan, Keap may charge a card by itself; an affiliate who gets the credit is paid a commission. */
const withPlan = ({ paymentPlan, leadAffiliateId, salesAffiliateId }: Call['values']): Effect =>
	(paymentPlan ?? leadAffiliateId ?? salesAffiliateId) ? 'charges' : 'writes';

export const order: Resource = {
	value: 'order',
	name: 'Order',
	operations: simplifiedWrites(orders, [
		...crud(orders, {
			fields: [
				contacts.field('contactId', 'Contact', { required: true, description: 'The contact who ordered' }),
				fields.text('orderTitle', 'Title', { required: true, placeholder: 'e.g. Order 1001', description: 'What the order is called' }),
				fields.moment('orderTime', 'Order Time', {
					required: true,
					default: '={{ $now.toISO() }}',
					description: 'When the order was made; now, unless you say something else',
				}),
				fields.options('orderType', 'Type', { required: true, choices: TYPES, description: 'How the order was made' }),
				...itemsGiven,
				promoCodes('Keap applies the discounts of these codes'),
				shippingAddress,
				planOfNew,
				credit,
			],
			more: details,
			filters,
			create: {
				description:
					'Create a new order with its items. Nothing is charged, unless Keap is to charge a payment plan by itself. Add all items before the first payment: Keap achieves purchase goals with that one.',
				effect: withPlan,
				check: checkItems,
				finish: planAfterwards,
			},
			delete: { description: 'Delete an order with its items permanently. Keap refuses it once a payment is recorded.' },
			update: {
				effect: withPlan,
				description:
					'Change some fields of an order and leave the others alone. Items have operations of their own. A payment plan that charges automatically can charge a card.',
				top: [shippingAddress, planOfKnown, credit],
				cleared: [shippingAddress, planOfKnown, ...credit.members],
				without: ['specifyItems', 'orderItems', 'orderItemsJson', 'promoCodes'],
				plus: [{ ...promoCodes('Replace those that the order has'), clearable: false }],
			},
		}),
		row('applyTax', 'Apply Tax', 'POST /crm/rest/v2/orders/{order_id}:applyTax', {
			action: 'Apply tax to an order',
			description: "Let Keap work out the order's taxes again",
			fields: [orders.inPath()],
		}),
		row('attachFile', 'Attach File', 'POST /crm/rest/v2/orders/{order_id}:attachFile', {
			action: 'Attach a file to an order',
			description: 'Attach a file that is in Keap already. Pro and Max editions only.',
			fields: [orders.inPath(), file('The file to attach')],
		}),
		row('detachFile', 'Detach File', 'POST /crm/rest/v2/orders/{order_id}:detachFile', {
			action: 'Detach a file from an order',
			description: 'Take a file off an order; Keap keeps the file. Pro and Max editions only.',
			fields: [orders.inPath(), file('The file to detach')],
		}),
	]).concat(
		// Version 2 has this only as a part of Update; version 1 replaces the plan as a whole, and answers with it.
		row('setPaymentPlan', 'Set Payment Plan', 'PUT /crm/rest/v1/orders/{orderId}/paymentPlan', {
			effect: ({ autoCharge }) => (autoCharge === true ? 'charges' : 'writes'),
			action: 'Set the payment plan of an order',
			description: 'Replace the payment plan of an order as a whole. With Charge Automatically, Keap charges a card on its dates.',
			expects: ['plan_start_date', 'number_of_payments', 'days_between_payments'],
			fields: [
				orderIdV1,
				...planNeeds,
				planOptions.autoCharge,
				fields.additionalFields([
					...planOptions.more,
					fields.asNumber(
						creditCards.field('creditCardId', 'Card', { description: 'The card that is charged; the list shows those of the contact' }),
					),
					fields.asNumber(
						fields.id('merchantAccountId', 'Merchant Account ID', {
							key: 'payment_gateway.merchant_account_id',
							description: 'Through which the card is charged; a card works only with the one it was entered for',
						}),
					),
					fields.boolean('useDefault', 'Use Default Merchant Account', {
						key: 'payment_gateway.use_default',
						default: true,
						description: 'Whether the card is charged through the default merchant account',
					}),
				]),
			],
		}),
	),
};
