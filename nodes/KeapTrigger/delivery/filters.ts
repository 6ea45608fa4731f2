import { inner } from '../../shared/runtime/isRecord';
import type { IDataObject } from 'n8n-workflow';

import { isTagging } from './delivery';
import type { Filters } from '../form/settings';

/** The id in a text, a number, or an object that has one. */
function idIn(value: unknown): string | undefined {
	const id = inner(value).id ?? value;
	return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/** An event whose value is unknown passes the filter: one event too many is better than a lost one. */
const allows = (wanted: readonly string[], known: string | undefined): boolean =>
	wanted.length === 0 || known === undefined || wanted.includes(known);

/** Whether a tag event is about a tag that is wanted. Other events pass. */
export function passesTags({ event_key: eventKey, tag_id: tagId }: IDataObject, { tags }: Filters): boolean {
	return !isTagging(String(eventKey)) || allows(tags, idIn(tagId));
}

/** What a filter compares in the records of a kind of object. */
interface Rule {
	readonly objects: readonly string[];
	readonly isUsed: (filters: Filters, eventKey: string) => boolean;
	readonly passes: (record: IDataObject, filters: Filters) => boolean;
}

const lastEditor = (record: IDataObject): string | undefined => idIn(record.last_updated_by ?? record.last_updated_by_user_id);

/** Active or inactive, as affiliates and users say it, or products and subscriptions. */
function stateOf({ active, status }: IDataObject): string | undefined {
	if (typeof active === 'boolean') return active ? 'ACTIVE' : 'INACTIVE';
	return typeof status === 'string' ? status.toUpperCase() : undefined;
}

/** The products that a record is about: an order's items', a subscription's own. */
function productsOf({ order_items: items, product_id: product }: IDataObject): string[] | undefined {
	if (Array.isArray(items)) return items.flatMap((item) => idIn(inner(item).product) ?? []);
	const id = idIn(product);
	return id === undefined ? undefined : [id];
}

const RULES: readonly Rule[] = [
	{
		objects: ['opportunity'],
		isUsed: ({ stages }) => stages.length > 0,
		passes: ({ stage }, { stages }) => allows(stages, idIn(stage)),
	},
	{
		// An invoice's record is its order.
		objects: ['order', 'invoice'],
		isUsed: ({ orderStatuses }) => orderStatuses.length > 0,
		passes: ({ status }, { orderStatuses }) => allows(orderStatuses, idIn(status)),
	},
	{
		objects: ['order', 'invoice', 'subscription'],
		isUsed: ({ products }) => products.length > 0,
		passes: (record, { products }) => productsOf(record)?.some((id) => products.includes(id)) ?? true,
	},
	{
		objects: ['product'],
		isUsed: ({ products }) => products.length > 0,
		passes: ({ id }, { products }) => allows(products, idIn(id)),
	},
	{
		objects: ['affiliate', 'product', 'subscription'],
		isUsed: ({ states }) => states.length > 0,
		passes: (record, { states }) => allows(states, stateOf(record)),
	},
	{
		objects: ['invoice.payment'],
		isUsed: ({ minimumAmount }) => minimumAmount > 0,
		passes: ({ amount }, { minimumAmount }) => typeof amount !== 'number' || amount >= minimumAmount,
	},
	{
		objects: ['invoice.payment'],
		isUsed: ({ ignoreTestPayments }) => ignoreTestPayments,
		passes: ({ test }) => test !== true,
	},
	{
		objects: ['contact', 'opportunity', 'task'],
		isUsed: ({ ignoredUsers }, eventKey) => ignoredUsers.length > 0 && !eventKey.endsWith('.delete'),
		passes: (record, { ignoredUsers }) => !ignoredUsers.includes(lastEditor(record) ?? ''),
	},
	{
		objects: ['contact', 'order', 'invoice'],
		isUsed: ({ ignoreApi }, eventKey) => ignoreApi && eventKey.endsWith('.add'),
		passes: ({ source_type: source }) => source !== 'API',
	},
];

const objectOf = (eventKey: string): string => eventKey.slice(0, Math.max(0, eventKey.lastIndexOf('.')));

const rulesFor = (eventKey: string, filters: Filters): Rule[] =>
	RULES.filter(({ objects, isUsed }) => objects.includes(objectOf(eventKey)) && isUsed(filters, eventKey));

/** Whether a filter has to see the record before an event can be passed on. */
export const needsRecord = (eventKey: string, filters: Filters): boolean => rulesFor(eventKey, filters).length > 0;

/** Whether a record's event is wanted. A record that is gone passes: there is nothing to compare. */
export const passesRecord = (eventKey: string, record: IDataObject | undefined, filters: Filters): boolean =>
	record === undefined || rulesFor(eventKey, filters).every(({ passes }) => passes(record, filters));
