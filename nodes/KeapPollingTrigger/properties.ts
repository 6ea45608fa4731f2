import type { INodeProperties } from 'n8n-workflow';

import { opportunityStages } from '../shared/records/sales/opportunityStages';
import { tags } from '../shared/records/people/tags';
import { outputFieldsFor, outputProperty } from '../shared/catalogue/output/parameters';
import { LARGE_PAGE } from '../shared/polling/list/polledList';
import { customFieldsField, filterModel } from './customFields';
import { events, eventsThat, type PolledEvent } from './events';
import { kindOf } from './simplified';

const showFor = (test: (event: PolledEvent) => boolean): INodeProperties['displayOptions'] => ({ show: { event: eventsThat(test) } });

const size = (records: number): string => records.toLocaleString('en-US');

const FURTHER = `1 more for every further ${size(LARGE_PAGE)} records that are new since the last one`;
const TWO = 'A poll costs 2 calls: one for changed records, one for new ones that have no time of change yet';

/** What a poll costs, by how its lists are read. */
const COSTS: ReadonlyArray<readonly [name: string, text: string, test: (event: PolledEvent) => boolean]> = [
	[
		'costFiltered',
		`A poll costs 1 call, and ${FURTHER}`,
		({ list, newToo, comparison }) => isFiltered(list) && newToo === undefined && comparison === undefined,
	],
	['costFilteredTwo', `${TWO}. It costs ${FURTHER}`, ({ list, newToo }) => isFiltered(list) && newToo !== undefined],
	[
		'costPaid',
		`A poll costs 3 calls: new payments, new orders, and 100 orders to see which of them are paid; 1 more for every further 100 orders that are new or have a new payment. The first poll costs 1 more for every ${size(LARGE_PAGE)} unpaid orders`,
		({ comparison, onlyFromNow }) => comparison !== undefined && onlyFromNow !== true,
	],
	[
		'costStatus',
		`A poll costs 1 call in an account with at most ${size(LARGE_PAGE)} subscriptions, 2 in a larger one. The first poll costs 1 for every ${size(LARGE_PAGE)} subscriptions`,
		({ comparison, onlyFromNow }) => comparison !== undefined && onlyFromNow === true,
	],
	[
		'costNewest',
		`A poll costs 1 call, a second one when more than about 50 records are new, and ${FURTHER}`,
		({ list, newToo, comparison }) => list.reading === 'newestFirst' && newToo === undefined && comparison === undefined,
	],
	[
		'costNewestTwo',
		`${TWO}. It costs a third one when more than about 50 records are new, and ${FURTHER}`,
		({ list, newToo }) => list.reading === 'newestFirst' && newToo !== undefined,
	],
	[
		'costInNoOrder',
		`Keap can't be asked for new appointments alone: a poll costs 1 call for every ${size(LARGE_PAGE)} appointments in the account`,
		({ list }) => list.reading === 'inNoOrder' && !isFiltered(list),
	],
];

const isFiltered = ({ reading, since }: PolledEvent['list']): boolean =>
	reading === 'ascending' || reading === 'byNumber' || since !== undefined;

const DAY =
	"Polling every minute is 1,440 polls a day, every 5 minutes 288. The newest records are read again by each poll, so that none is missed; the first poll costs up to 4 calls. No poll spends more than a tenth of the day's calls: what is left comes with the next ones.";

const hasOutput = ({ asks, list }: PolledEvent): boolean => asks === 'tag' || kindOf(list) !== undefined;
const outputFields = outputFieldsFor(['event']);

/** The trigger's parameters beside the poll times, which are n8n's own. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Event',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: events.map(({ value, name, description }) => ({ name, value, description })),
		default: 'contactCreated',
	},
	...COSTS.map(([name, text, test]): INodeProperties => ({
		displayName: `${text}. ${DAY}`,
		name,
		type: 'notice',
		default: '',
		displayOptions: showFor(test),
	})),
	{
		...tags.field('tagId', 'Tag', { in: 'none', required: true, description: 'The tag to wait for' }).property,
		displayOptions: showFor(({ asks }) => asks === 'tag'),
	},
	{
		...opportunityStages.field('stageId', 'To Stage', { in: 'none', description: 'Only moves to this stage; leave empty for all moves' })
			.property,
		hint: 'Leave empty for moves to any stage',
		displayOptions: showFor(({ asks }) => asks === 'stage'),
	},
	{
		...customFieldsField.property,
		description:
			'Conditions on custom fields that a record must meet when a poll reads it. One that meets them only after it was made is reported then, unless some 50 newer ones have been; after a change, with its next one; of paid orders, once it meets them. Other conditions begin anew. Costs 1 more call a poll.',
		displayOptions: showFor((event) => filterModel(event) !== undefined),
	},
	{
		displayName: 'Start From',
		name: 'startFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'A Date',
				value: 'date',
				description: `What happened then or later, and then what is new. Costs 1 call for ${size(LARGE_PAGE)} records since then, and up to 20 more for new records.`,
			},
			{ name: 'Now', value: 'now', description: 'Only what happens after the workflow was activated for the first time' },
		],
		default: 'now',
		description:
			'Where the first poll begins. Afterwards the trigger goes on from where it was, also when the workflow was inactive for a while.',
		displayOptions: showFor(({ onlyFromNow }) => onlyFromNow !== true),
	},
	{
		displayName: 'Date',
		name: 'startDate',
		type: 'dateTime',
		noDataExpression: true,
		default: '',
		required: true,
		description: 'The first moment that counts. Another date begins anew from there.',
		hint: `A date far back costs 1 call for ${size(LARGE_PAGE)} records. Notes, opportunities, referrals, stage moves, subscriptions and changed tasks can't be filtered by date: the first polls only read down to it, a tenth of the day's calls a poll at most, then about 3 calls deliver ${size(LARGE_PAGE)} records, the oldest first.`,
		displayOptions: { show: { startFrom: ['date'], event: eventsThat(({ onlyFromNow }) => onlyFromNow !== true) } },
	},
	{
		...outputProperty,
		description:
			'What each record has in it. Names and labels that it needs are asked for once a poll that finds something: up to 3 more calls.',
		displayOptions: showFor(hasOutput),
	},
	{
		...outputFields.property,
		displayOptions: { show: { ...outputFields.property.displayOptions?.show, ...showFor(hasOutput)?.show } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Fetch Full Contact',
				name: 'fullContact',
				type: 'boolean',
				default: false,
				description:
					'Whether to fetch the whole contact instead of name and email address alone. Costs 1 more call for every 100 contacts.',
				displayOptions: { show: { '/event': eventsThat(({ asks }) => asks === 'tag') } },
			},
			{
				displayName: 'Max Records per Poll',
				name: 'maxRecords',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 10_000 },
				default: 1000,
				description: 'How many records start one execution at most. The next poll goes on with the rest.',
			},
		],
	},
];
