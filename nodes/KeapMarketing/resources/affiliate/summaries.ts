import { NodeApiError } from 'n8n-workflow';

import { readByIds } from '../../../shared/catalogue/batching/bundledReads';
import type { Call, Operation } from '../../../shared/catalogue/operation/types';
import { SUMMARIES_BY_ID } from '../../../shared/records/partners/affiliateEarnings';

const idOf = ({ values }: Call): string => String(values.affiliateId);

/** The filter without the affiliate: only items that ask for the same time share a call. */
const timeOf = (call: Call): string =>
	String(call.query.filter ?? '')
		.split(';')
		.filter((part) => !part.startsWith(`${SUMMARIES_BY_ID.filter}==`))
		.join(';');

/** Summaries of up to 100 affiliates in one call. Keap has no way to read a single one but its list. */
export const readSummaries: NonNullable<Operation['performInGroups']> = {
	size: SUMMARIES_BY_ID.max,
	begin: async (work, group) => {
		const times = [...new Set(group.map(timeOf))];
		const read = async (time: string) => {
			const ids = [...new Set(group.filter((call) => timeOf(call) === time).map(idOf))];
			return [time, await readByIds(work, SUMMARIES_BY_ID, ids, time === '' ? {} : { filter: time })] as const;
		};
		const found = new Map(await Promise.all(times.map(read)));
		return async (each, call) => {
			const summary = found.get(timeOf(call))?.get(idOf(call));
			if (summary instanceof Error) throw summary;
			if (summary !== undefined) return await Promise.resolve({ ...summary });
			const message = `Keap has no summary of an affiliate with the ID ${idOf(call)}`;
			throw new NodeApiError(
				each.context.getNode(),
				{ message },
				{
					message,
					description: 'Check the ID: it is that of the affiliate, not of the contact. The affiliate may have been deleted.',
					httpCode: '404',
					itemIndex: call.item,
				},
			);
		};
	},
};
