import type { IDataObject } from 'n8n-workflow';

import { listOf } from '../shared/runtime/listOf';
import { becoming } from '../shared/polling/states/becoming';
import { changing } from '../shared/polling/states/changing';
import { changed, created } from './lists';

/** Money that came in: Keap lists a refund as a payment that names the one it gives back. */
export const isNoRefund = ({ refund_payment_id: of, amount }: IDataObject): boolean =>
	(of === undefined || of === null || of === '' || Number(of) === 0) && !(Number(amount) < 0);

const isNumber = (id: unknown): boolean => (typeof id === 'string' && /^\d+$/.test(id)) || typeof id === 'number';

/** Keap says which orders are paid, and not since when. A payment names its orders: these are looked at first. */
export const paidOrders = becoming({
	records: { list: created.orders },
	before: 'paid==false',
	after: 'paid==true',
	hints: { list: created.payments, counts: isNoRefund },
	hintsSince: 'since_time',
	hinted: ({ order_ids: ids }) => listOf(ids).filter(isNumber).map(Number).filter(Number.isSafeInteger),
	unreadable: ['unreadable', 'unreadablePayments'],
});

const WORDS = { true: 'active', false: 'inactive' } as const;

/** All that Keap says of a subscription's status is whether it is active. */
export const subscriptionStatuses = changing({
	records: { list: changed.subscriptions },
	statuses: [WORDS.true, WORDS.false],
	statusOf: ({ active }) => (typeof active === 'boolean' ? WORDS[`${active}`] : undefined),
	unreadable: 'unreadable',
});
