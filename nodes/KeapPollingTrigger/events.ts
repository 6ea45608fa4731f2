import type { IDataObject } from 'n8n-workflow';

import type { PolledList } from '../shared/polling/list/polledList';
import type { Comparison } from '../shared/polling/states/comparison';
import { isNoRefund, paidOrders, subscriptionStatuses } from './comparisons';
import { changed, created, tagged } from './lists';

/** Something that the trigger can watch for. */
export interface PolledEvent {
	/** The stored value of the parameter; never changed once released. */
	readonly value: string;
	readonly name: string;
	readonly description: string;
	readonly list: PolledList;
	/** The list of new records, to be read as well: from it come those that have no time of change yet. */
	readonly newToo?: PolledList;
	/** Whether records that have not been changed since they were made are left out. */
	readonly onlyUpdates?: boolean;
	/** What else the form asks for this event. */
	readonly asks?: 'tag' | 'stage';
	/** Keap does not say when such a record was made: it can't be watched from a date in the past. */
	readonly onlyFromNow?: boolean;
	/** How the event is found where no list shows it: by comparing what Keap has with what was noted. */
	readonly comparison?: Comparison;
	/** Leaves out records that are something else. */
	readonly counts?: (record: IDataObject) => boolean;
}

const NEW_TOO = 'New ones among them; several updates between two polls count as one';

/** Created, updated, and both, of one kind of record. */
const threefold = (value: string, name: string, plural: string, ofNew: PolledList, ofChanged: PolledList): PolledEvent[] => [
	{ value: `${value}Created`, name: `${name} Created`, description: `${plural} that are new`, list: ofNew },
	{
		value: `${value}CreatedOrUpdated`,
		name: `${name} Created or Updated`,
		description: `${plural} that were made or changed. ${NEW_TOO}.`,
		list: ofChanged,
		newToo: ofNew,
	},
	{
		value: `${value}Updated`,
		name: `${name} Updated`,
		description: `${plural} that were changed after they were made. Several updates between two polls count as one.`,
		list: ofChanged,
		onlyUpdates: true,
	},
];

/** Every event, by name. */
export const events: readonly PolledEvent[] = [
	{
		value: 'affiliateCreated',
		name: 'Affiliate Created',
		description: 'Affiliates (referral partners) that are new',
		list: created.affiliates,
		onlyFromNow: true,
	},
	{
		value: 'appointmentCreated',
		name: 'Appointment Created',
		description: 'Appointments that are new',
		list: created.appointments,
		onlyFromNow: true,
	},
	...threefold('company', 'Company', 'Companies', created.companies, changed.companies),
	...threefold('contact', 'Contact', 'Contacts', created.contacts, changed.contacts),
	{ value: 'contactTagged', name: 'Contact Tagged', description: 'Contacts that were given a certain tag', list: tagged, asks: 'tag' },
	...threefold('note', 'Note', 'Notes', created.notes, changed.notes),
	...threefold('opportunity', 'Opportunity', 'Opportunities', created.opportunities, changed.opportunities),
	{
		value: 'opportunityStageMoved',
		name: 'Opportunity Stage Moved',
		description: 'Moves of opportunities from one stage to another',
		list: created.stageMoves,
		asks: 'stage',
	},
	...threefold('order', 'Order', 'Orders', created.orders, changed.orders),
	{
		value: 'orderPaid',
		name: 'Order Paid',
		description:
			'Orders that have become paid, each once, by what Keap takes for paid. One that is paid when it is made counts. Of orders that no new payment names, about 30 newest are looked at by each poll and the others in turn.',
		list: created.orders,
		comparison: paidOrders,
	},
	{
		value: 'paymentReceived',
		name: 'Payment Received',
		description: 'Payments that were charged or recorded; no refunds. One that is not settled yet says so in its status.',
		list: created.payments,
		onlyFromNow: true,
		counts: isNoRefund,
	},
	{
		value: 'referralCreated',
		name: 'Referral Created',
		description: 'Contacts that were sent by an affiliate',
		list: created.referrals,
	},
	{
		value: 'subscriptionChangedStatus',
		name: 'Subscription Changed Status',
		description:
			'Subscriptions that have become inactive, or active again, with the old and the new status. What was changed back between two polls is not seen.',
		list: changed.subscriptions,
		comparison: subscriptionStatuses,
		onlyFromNow: true,
	},
	{
		value: 'subscriptionCreated',
		name: 'Subscription Created',
		description: 'Subscriptions that are new',
		list: created.subscriptions,
		onlyFromNow: true,
	},
	{
		value: 'subscriptionCreatedOrUpdated',
		name: 'Subscription Created or Updated',
		description: `Subscriptions that were made or changed. ${NEW_TOO}.`,
		list: changed.subscriptions,
		newToo: created.subscriptions,
	},
	...threefold('task', 'Task', 'Tasks', created.tasks, changed.tasks),
	{
		value: 'transaction',
		name: 'Transaction',
		description:
			'Charges, refunds and recorded payments, failed ones among them, by their date. One that is entered with a date in the past is among the payments alone.',
		list: created.transactions,
	},
];

/** The values of the events that a test picks out. */
export const eventsThat = (test: (event: PolledEvent) => boolean): string[] => events.filter(test).map(({ value }) => value);
