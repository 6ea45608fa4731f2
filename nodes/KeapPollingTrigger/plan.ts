import { type IDataObject, type IPollFunctions, NodeOperationError } from 'n8n-workflow';

import { BadInput, refusedParameter } from '../shared/catalogue/operation/badInput';
import { locatedId, moment, number, required } from '../shared/catalogue/fields/encode';
import { texts } from '../shared/catalogue/fields/encodeMore';
import { momentInZone } from '../shared/catalogue/fields/zone';
import type { Selection } from '../shared/catalogue/operation/types';
import { FIELD_NAMES, FIELDS, FIELDS_LABEL, OUTPUT, SELECTED } from '../shared/catalogue/output/parameters';
import { selectionOf } from '../shared/catalogue/output/selection';
import type { PollPlan } from '../shared/polling/plan';
import { type PolledList, timeOf, type Watched } from '../shared/polling/list/polledList';
import { customFieldFilter } from './customFields';
import { events, type PolledEvent } from './events';
import type { RecordKind } from '../shared/records/kind/record';
import { contacts } from '../shared/records/people/contacts';
import { fullContacts } from './fullContacts';
import { kindOf, simplified } from './simplified';

const LIMIT = 1_000;
const limitOf = number({ min: 1, max: 10_000, whole: true });

/**
 * What the form asks for, checked. Custom fields are looked up in the account, once a minute.
 *
 * @throws NodeOperationError that names the parameter which can't be used
 */
export async function planOf(context: IPollFunctions): Promise<PollPlan> {
	const event = events.find(({ value }) => value === context.getNodeParameter('event'));
	if (event === undefined)
		throw new NodeOperationError(context.getNode(), 'Event is not one that this trigger knows', {
			description: 'Choose an event from the list.',
		});
	const { asks, onlyFromNow } = event;
	const read = <T>(name: string, label: string, encode: (raw: unknown) => T): T => {
		try {
			return encode(context.getNodeParameter(name, ''));
		} catch (error) {
			throw refusedParameter(context.getNode(), label, error);
		}
	};
	const tag = asks === 'tag' ? String(read('tagId', 'Tag', required(locatedId, 'Choose the tag to wait for.'))) : undefined;
	const stage = asks === 'stage' ? read('stageId', 'To Stage', locatedId) : undefined;
	const fromDate = onlyFromNow !== true && context.getNodeParameter('startFrom', 'now') === 'date';
	const start = fromDate
		? String(
				read('startDate', 'Date', (raw) =>
					required(moment, 'Choose the first moment that counts.')(momentInZone(raw, context.getTimezone())),
				),
			)
		: undefined;
	const limit = read('options.maxRecords', 'Max Records per Poll', limitOf) ?? LIMIT;
	const full = asks === 'tag' && context.getNodeParameter('options.fullContact', false) === true;
	const from = start === undefined ? undefined : Date.parse(start);
	const filter = await customFieldFilter(context, event);
	return {
		...(event.comparison === undefined
			? { lists: listsOf(event, { tag, stage, from, filter }) }
			: { lists: {}, comparison: event.comparison, ...(filter !== undefined && { filter }) }),
		watch: [event.value, tag, stage, start, ...(filter === undefined ? [] : [filter])].map((part) => part ?? '').join(' '),
		...(from !== undefined && { from }),
		limit,
		...(await completion(context, full, event)),
	};
}

/** Records of one poll that are made simple before it is looked how much time is left. */
const MOST_AT_ONCE = 1_000;

/** Whole contacts in place of short ones, and the simplified form or the selected fields, where these are wanted. */
async function completion(context: IPollFunctions, full: boolean, { list }: PolledEvent): Promise<Pick<PollPlan, 'complete'>> {
	const output = context.getNodeParameter(OUTPUT, 'simplified');
	const kind = output === 'raw' ? undefined : full ? contacts : kindOf(list);
	const how = { byFieldName: output === FIELD_NAMES, selection: await selectionFor(context, kind) };
	if (kind === undefined && !full) return {};
	return {
		complete: {
			atOnce: full ? contacts.lookup.max : MOST_AT_ONCE,
			records: async (records) => {
				const whole = full ? await fullContacts(context, records) : records;
				return kind === undefined ? whole : await simplified(context, kind, whole, how);
			},
		},
	};
}

/** @throws NodeOperationError where a field is named that the records do not have, and where there are none to select from */
async function selectionFor(context: IPollFunctions, kind: RecordKind | undefined): Promise<Selection | undefined> {
	if (context.getNodeParameter(OUTPUT, 'simplified') !== SELECTED) return undefined;
	try {
		if (kind?.simplify === undefined)
			throw new BadInput('can be chosen of the whole contact alone', 'Switch on Options > Fetch Full Contact.', FIELDS_LABEL);
		return await selectionOf(context, kind.simplify, texts(context.getNodeParameter(FIELDS, [])) ?? []);
	} catch (error) {
		throw refusedParameter(context.getNode(), FIELDS_LABEL, error);
	}
}

interface Chosen {
	readonly tag: string | undefined;
	readonly stage: string | undefined;
	/** Epoch milliseconds. */
	readonly from: number | undefined;
	readonly filter: string | undefined;
}

/** Numbers follow the times of creation only by and large: this long before the start they are still looked at. */
const DAY_MS = 86_400_000;

function listsOf({ list, newToo, onlyUpdates, counts }: PolledEvent, { tag, stage, from, filter }: Chosen): Record<string, Watched> {
	const hasChanged = (record: IDataObject): number | undefined => timeOf(record, list.position);
	const created = ({ created: field }: PolledList, record: IDataObject): number | undefined =>
		field === undefined ? undefined : timeOf(record, field);
	const watched = (one: PolledList, ...tests: Array<(record: IDataObject) => boolean>): Watched => {
		const isDated = from !== undefined && one.kind === 'number' && one.created !== undefined;
		// The number of a record does not say when it was made.
		if (isDated) tests.push((record) => (created(one, record) ?? Infinity) >= from);
		return {
			list: one,
			...(filter !== undefined && { filter }),
			...(tag !== undefined && { pathParams: { tag_id: tag } }),
			...(tests.length > 0 && { counts: (record: IDataObject) => tests.every((test) => test(record)) }),
			...(isDated && { isTooOld: (record: IDataObject) => (created(one, record) ?? Infinity) < from - DAY_MS }),
		};
	};
	const tests: Array<(record: IDataObject) => boolean> = [];
	if (counts !== undefined) tests.push(counts);
	if (stage !== undefined) tests.push(({ move_to_stage_id: to }) => String(to) === stage);
	if (onlyUpdates === true) tests.push((record) => (hasChanged(record) ?? 0) > (created(list, record) ?? 0));
	return {
		...(newToo !== undefined && { new: watched(newToo, (record) => hasChanged(record) === undefined) }),
		[list.kind === 'number' ? 'new' : 'changed']: watched(list, ...tests),
	};
}
