import { outputFieldsFor, outputProperty } from '../../shared/catalogue/output/parameters';
import type { INodeProperties } from 'n8n-workflow';

import { eventOptions, OTHER } from './events';
import { EVENTS, FILTERS, OPTIONS, OTHER_EVENTS, WINDOW_MINUTES } from './labels';

const EXPRESSION = '<a href="https://docs.n8n.io/code/expressions/">expression</a>';
const forRecords = { show: { items: ['records'] } };
const outputFields = outputFieldsFor(['events', 'otherEvents']);

/** Several records or events picked from the account's own list. */
const fromList = (name: string, displayName: string, loadOptionsMethod: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod },
	default: [],
	description: `${description}. Choose from the list, or specify IDs using an ${EXPRESSION}.`,
});

const filters: INodeProperties[] = [
	{
		displayName: FILTERS.states,
		name: 'states',
		type: 'multiOptions',
		options: [
			{ name: 'Active', value: 'ACTIVE' },
			{ name: 'Inactive', value: 'INACTIVE' },
		],
		default: [],
		description: 'Only affiliates, products and subscriptions that are so',
	},
	{
		displayName: 'Ignore Test Payments',
		name: 'ignoreTestPayments',
		type: 'boolean',
		default: false,
		description: 'Whether to leave out payments that were made in the test mode of a merchant account',
	},
	{
		displayName: 'Ignore What Programs Create',
		name: 'ignoreApi',
		type: 'boolean',
		default: false,
		description: 'Whether to leave out new contacts, orders and invoices that came in through the Keap API',
	},
	fromList(
		'ignoredUsers',
		FILTERS.ignoredUsers,
		'getUsers',
		'Leaves out contacts, opportunities and tasks that one of these users changed last: the user of this key, for example, so that the workflow does not start itself',
	),
	{
		displayName: FILTERS.minimumAmount,
		name: 'minimumAmount',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		default: 0,
		description: "Only payments of this amount or more, in the payment's own currency, such as 49.50",
	},
	fromList('stages', FILTERS.stages, 'getOpportunityStages', 'Only opportunities that are in one of these stages'),
	{
		displayName: FILTERS.orderStatuses,
		name: 'orderStatuses',
		type: 'multiOptions',
		options: ['Draft', 'Paid', 'Sent', 'Viewed'].map((name) => ({ name, value: name.toUpperCase() })),
		default: [],
		description: 'Only orders that have one of these statuses, and invoices whose order has',
	},
	fromList(
		'products',
		FILTERS.products,
		'getProducts',
		'Only orders with one of these products in them, their invoices, subscriptions to them, and the products themselves',
	),
	fromList('tags', FILTERS.tags, 'getTags', 'Only these tags, for tags applied to contacts and removed from them'),
];

const options: INodeProperties[] = [
	{
		displayName: OPTIONS.dropDuplicates,
		name: 'dropDuplicates',
		type: 'options',
		options: [
			{
				name: 'Another Change of the Same Record',
				value: 'record',
				description: 'The same event for the same record, within the window: many edits start one execution',
			},
			{ name: 'Nothing', value: 'nothing', description: 'Everything that Keap sends is passed on' },
			{
				name: 'The Same Change Sent Again',
				value: 'delivery',
				description: 'The same event for the same record with the same time, within the window',
			},
		],
		default: 'delivery',
		description:
			'What to leave out. Keap sends a change again when it missed the answer. A delivery as it came is left out when nothing in it is new.',
	},
	{
		displayName: OPTIONS.dedupeWindow,
		name: 'dedupeWindow',
		type: 'number',
		typeOptions: { minValue: WINDOW_MINUTES.min, maxValue: WINDOW_MINUTES.max },
		default: 60,
		description:
			'For how long a change that was passed on is remembered, a week (10,080) at most. Some 85,000 changes are kept; beyond that the oldest are forgotten first.',
	},
];

/** The trigger's form. */
export const parameters: INodeProperties[] = [
	{
		displayName:
			'Keap has to reach this n8n from the internet. Events come half a minute to a minute after the change, those of tags after five to ten minutes, which is longer than n8n listens for a test event.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{
		displayName: EVENTS,
		name: 'events',
		type: 'multiOptions',
		options: eventOptions,
		default: [],
		required: true,
		description: 'What starts the workflow',
	},
	{
		...fromList('otherEvents', OTHER_EVENTS, 'getHookEvents', 'Further events that this account has'),
		// Not required: where Events is an expression, n8n shows this and would ask for it. The trigger itself asks for it.
		displayOptions: { show: { events: [OTHER] } },
	},
	{
		displayName: 'Items',
		name: 'items',
		type: 'options',
		options: [
			{ name: 'One per Changed Record', value: 'records', description: 'With the record itself if it is fetched' },
			{ name: 'One per Delivery', value: 'deliveries', description: 'As it came: up to 1,000 IDs of one event' },
		],
		default: 'records',
		description: 'What the workflow gets an item for',
	},
	{
		displayName: 'Fetch Record',
		name: 'fetchRecord',
		type: 'boolean',
		default: true,
		displayOptions: forRecords,
		description:
			'Whether to get the whole record for each item. Keap sends only its ID. A hundred records cost one call for most kinds; companies, appointments, lead sources and affiliates cost one call each.',
	},
	{
		...outputProperty,
		displayOptions: { show: { ...forRecords.show, fetchRecord: [true] } },
		description: 'What each record has in it. Names and labels that it needs are asked for once an execution: up to 3 calls.',
	},
	{
		...outputFields.property,
		displayOptions: { show: { ...outputFields.property.displayOptions?.show, ...forRecords.show, fetchRecord: [true] } },
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: forRecords,
		options: filters,
	},
	{ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add Option', default: {}, options },
];
