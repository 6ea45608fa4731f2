import type { IDataObject } from 'n8n-workflow';

import { isTagging } from './delivery';
import type { Filters } from '../form/settings';

const inner = (value: unknown): IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as IDataObject) : {};

/** The id in a text, a number, or an object that has one. */
function idIn(value: unknown): string | undefined {
	const id = inner(value).id ?? value;
	return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/** What can't be told lets an event through: too many are better than one too few. */
const allows = (wanted: readonly string[], told: string | undefined): boolean =>
	wanted.length === 0 || told === undefined || wanted.includes(told);

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

const RULES: readonly Rule[] = [
	{
		objects: ['opportunity'],
		isUsed: ({ stages }) => stages.length > 0,
		passes: ({ stage }, { stages }) => allows(stages, idIn(stage)),
	},
	{
		objects: ['order'],
		isUsed: ({ orderStatuses }) => orderStatuses.length > 0,
		passes: ({ status }, { orderStatuses }) => allows(orderStatuses, idIn(status)),
	},
	{
		objects: ['contact', 'opportunity', 'task'],
		isUsed: ({ ignoredUsers }, eventKey) => ignoredUsers.length > 0 && !eventKey.endsWith('.delete'),
		passes: (record, { ignoredUsers }) => !ignoredUsers.includes(lastEditor(record) ?? ''),
	},
	{
		objects: ['contact', 'order'],
		isUsed: ({ ignoreApi }, eventKey) => ignoreApi && eventKey.endsWith('.add'),
		passes: ({ source_type: source }) => source !== 'API',
	},
];

const rulesFor = (eventKey: string, filters: Filters): Rule[] =>
	RULES.filter(({ objects, isUsed }) => objects.includes(eventKey.split('.')[0] ?? '') && isUsed(filters, eventKey));

/** Whether a filter has to see the record before an event can be passed on. */
export const needsRecord = (eventKey: string, filters: Filters): boolean => rulesFor(eventKey, filters).length > 0;

/** Whether a record's event is wanted. A record that is gone passes: there is nothing to compare. */
export const passesRecord = (eventKey: string, record: IDataObject | undefined, filters: Filters): boolean =>
	record === undefined || rulesFor(eventKey, filters).every(({ passes }) => passes(record, filters));
