import { type IDataObject, type IPollFunctions, NodeOperationError } from 'n8n-workflow';

import { refusedParameter } from '../shared/catalogue/operation/badInput';
import { locatedId, moment, number, required } from '../shared/catalogue/fields/encode';
import { inZone } from '../shared/catalogue/fields/zone';
import type { PollPlan } from '../shared/polling/poll';
import { timeOf, type Watched } from '../shared/polling/polledList';
import { events, type PolledEvent } from './events';
import { fullContacts } from './fullContacts';

const LIMIT = 1_000;
const limitOf = number({ min: 1, max: 10_000, whole: true });

/**
 * What the form asks for, checked.
 *
 * @throws NodeOperationError that names the parameter which can't be used
 */
export function planOf(context: IPollFunctions): PollPlan {
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
				read('startDate', 'Date', (raw) => required(moment, 'Choose the first moment that counts.')(inZone(raw, context.getTimezone()))),
			)
		: undefined;
	const limit = read('options.maxRecords', 'Max Records per Poll', limitOf) ?? LIMIT;
	const full = asks === 'tag' && context.getNodeParameter('options.fullContact', false) === true;
	// Numbers of another account mean other records.
	const account = context.getNode().credentials?.keapApi?.id ?? '';
	const from = start === undefined ? undefined : Date.parse(start);
	return {
		watched: watchedOf(event, { tag, stage, from }),
		watch: [event.value, tag, stage, start, account].map((part) => part ?? '').join(' '),
		...(from !== undefined && { from }),
		limit,
		...(full && { complete: async (records: IDataObject[]) => await fullContacts(context, records) }),
	};
}

interface Chosen {
	readonly tag: string | undefined;
	readonly stage: string | undefined;
	/** Epoch milliseconds. */
	readonly from: number | undefined;
}

function watchedOf({ list, onlyUpdates }: PolledEvent, { tag, stage, from }: Chosen): Watched {
	const created = (record: IDataObject): number | undefined => timeOf(record, [list.created ?? '']);
	const tests: Array<(record: IDataObject) => boolean> = [];
	if (stage !== undefined) tests.push(({ move_to_stage_id: to }) => String(to) === stage);
	if (onlyUpdates === true) tests.push((record) => (timeOf(record, list.position) ?? 0) > (created(record) ?? 0));
	// Numbers follow the times of creation only by and large, and say nothing of a date that is still to come.
	if (from !== undefined && list.kind === 'number') tests.push((record) => (created(record) ?? Infinity) >= from);
	return {
		list,
		...(tag !== undefined && { pathParams: { tag_id: tag } }),
		...(tests.length > 0 && { counts: (record: IDataObject) => tests.every((test) => test(record)) }),
	};
}
