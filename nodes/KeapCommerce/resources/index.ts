import type { Resource } from '../../shared/catalogue/operation/types';
import { merchant } from './merchant';
import { order } from './orders/order';
import { orderItem } from './orders/orderItem';
import { payment } from './payments/payment';
import { paymentMethod } from './payments/paymentMethod';
import { transaction } from './payments/transaction';
import { shippingMethod } from './shippingMethod';
import { subscription } from './subscriptions/subscription';

/** The rows of the Keap Commerce node. The first is the one that a new node shows. */
export const resources: readonly Resource[] = [
	order,
	orderItem,
	payment,
	paymentMethod,
	subscription,
	transaction,
	merchant,
	shippingMethod,
];
