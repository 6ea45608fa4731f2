import { type IDataObject, type IPollFunctions, NodeOperationError } from 'n8n-workflow';

import { BadInput, ofParameter } from '../shared/catalogue/badInput';
import { locatedId, moment, number, required } from '../shared/catalogue/encode';
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
	if (event === undefined) throw new NodeOperationError(context.getNode(), 'Event is not one that this trigger knows', { description: 'Choose an event from the list.' });
	const { asks, onlyFromNow } = event;
	const read = <T>(name: string, label: string, encode: (raw: unknown) => T): T => {
		try {
			return encode(context.getNodeParameter(name, ''));
		} catch (error) {
			const told = ofParameter(error, label);
			if (told instanceof BadInput) throw new NodeOperationError(context.getNode(), `${told.parameter ?? label} ${told.message}`, { description: told.advice });
			throw told;
		}
	};
	const tag = asks === 'tag' ? String(read('tagId', 'Tag', required(locatedId, 'Choose the tag to wait for.'))) : undefined;
	const stage = asks === 'stage' ? read('stageId', 'To Stage', locatedId) : undefined;
	const fromDate = onlyFromNow !== true && context.getNodeParameter('startFrom', 'now') === 'date';
	const start = fromDate ? String(read('startDate', 'Date', required(moment, 'Choose the first moment that counts.'))) : undefined;
	const limit = read('options.maxRecords', 'Max Records per Poll', limitOf) ?? LIMIT;
	const full = asks === 'tag' && context.getNodeParameter('options.fullContact', false) === true;
	// Numbers of another account mean other records.
	const account = context.getNode().credentials?.keapApi?.id ?? '';
	return {
		watched: watchedOf(event, tag, stage),
		watch: [event.value, tag, stage, start, account].map((part) => part ?? '').join(' '),
		...(start !== undefined && { from: Date.parse(start) }),
		limit,
		...(full && { complete: async (records: IDataObject[]) => await fullContacts(context, records) }),
	};
}

function watchedOf({ list, onlyUpdates }: PolledEvent, tag: string | undefined, stage: string | undefined): Watched {
	return {
		list,
		...(tag !== undefined && { pathParams: { tag_id: tag } }),
		...(stage !== undefined && { counts: ({ move_to_stage_id: to }) => String(to) === stage }),
		...(onlyUpdates === true && { counts: (record) => (timeOf(record, list.position) ?? 0) > (timeOf(record, [list.created ?? '']) ?? 0) }),
	};
}
