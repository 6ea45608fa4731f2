import * as fields from '../../../shared/catalogue/fields/fields';
import { percent } from '../../../shared/catalogue/fields/quantities';
import { money } from '../../../shared/catalogue/money/moneyField';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Call, Field, Resource } from '../../../shared/catalogue/operation/types';
import { orderItems } from '../../../shared/records/orders/orderItems';
import { orders } from '../../../shared/records/commerce/orders';
import { affiliates } from '../../../shared/records/marketing/affiliates';
import { crud } from '../../../shared/rows/crud';
import { row } from '../../../shared/rows/row';
import { simplifiedWrites } from '../../../shared/rows/simplifiedWrites';
import { changes, checkItem, newItem } from './items';

const ofOrder = orders.inPath({ description: 'The order that the item belongs to' });

const shownFor = (kind: string, { property, ...field }: Field): Field => ({
	...field,
	property: { ...property, displayOptions: { show: { commissionBy: [kind] } } },
});

/** Keap takes a percentage or an amount: the other one, which an expression may bring along, is left out. */
function checkCommission({ body, values }: Call): void {
	const [wanted, other, displayName] =
		values.commissionBy === 'amount'
			? (['commission_amount', 'pay_percent', 'Commission Amount'] as const)
			: (['pay_percent', 'commission_amount', 'Percent'] as const);
	delete body[other];
	if (body[wanted] === undefined)
		throw new BadInput('is needed', 'Say how much the affiliate gets, or choose another Commission By.', displayName);
}

export const orderItem: Resource = {
	value: 'orderItem',
	name: 'Order Item',
	operations: simplifiedWrites(orderItems, [
		...crud(orderItems, {
			within: [ofOrder],
			fields: newItem.fields,
			more: newItem.more,
			create: {
				name: 'Add',
				action: 'Add an order item',
				description: 'Add an item to an order: a product, a subscription, shipping, a fee or a discount. Do it before the first payment.',
				check: ({ body }) => checkItem(body),
			},
			delete: { description: 'Remove an item from an order permanently' },
			getAll: false,
			update: {
				without: [...newItem.fields, ...newItem.more].map(({ property }) => property.name),
				plus: changes,
			},
		}),
		row('applyCommission', 'Apply Commission', 'POST /crm/rest/v2/orders/{order_id}/items/{order_item_id}:applyCommission', {
			effect: 'charges',
			action: 'Apply a commission to an order item',
			description: 'Give an affiliate a commission on an item of an order. Each run gives another one.',
			fields: [
				ofOrder,
				orderItems.inPath(),
				affiliates.field('affiliateId', 'Affiliate', { required: true, description: 'The affiliate who earns it' }),
				fields.options('commissionBy', 'Commission By', {
					in: 'none',
					choices: [
						['percent', 'Percent', 'A part of the price of the item'],
						['amount', 'Amount'],
					],
					description: 'What the commission is reckoned by',
				}),
				shownFor('percent', percent('payPercent', 'Percent', { description: 'Write 15 for 15 %' })),
				shownFor('amount', money('commissionAmount', 'Commission Amount', { form: 'major', bounds: 'positive' })),
				fields.options('payoutType', 'Payout', {
					required: true,
					choices: [
						['PAYMENT_RECEIVED', 'When Payment Is Received'],
						['UPFRONT', 'Upfront'],
					],
					description: 'When the affiliate has earned it',
				}),
				fields.additionalFields([fields.day('commissionDate', 'Date'), fields.text('description', 'Description')]),
			],
			check: checkCommission,
		}),
	]),
};
