import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { BadRows } from './list/badRows';
import type { PollSession } from './list/pollSession';
import type { PollPlan } from './plan';

/** What a poll delivers, and what takes into the store where it has come to. */
export interface Polling {
	readonly delivered: IDataObject[];
	readonly settle: () => void;
}

/** What has been found out about records that Keap can't write out, in n8n's log and as items. */
export function reported({ context }: PollSession, bad: BadRows): IDataObject[] {
	const reports = bad.takeReports();
	for (const { record_error: reason } of reports) log(context, String(reason));
	return reports;
}

/** As many of the records as there is time for, completed. */
export async function completedOf(
	session: PollSession,
	complete: PollPlan['complete'],
	records: readonly IDataObject[],
): Promise<IDataObject[]> {
	const { atOnce, records: completing } = complete ?? { atOnce: Infinity, records: asTheyAre };
	const completed: IDataObject[] = [];
	while (completed.length < records.length) {
		if (completed.length > 0 && !session.hasTime) break;
		completed.push(...(await completing(records.slice(completed.length, completed.length + atOnce))));
	}
	return completed;
}

const asTheyAre = async (records: IDataObject[]): Promise<IDataObject[]> => await Promise.resolve(records);

/** Says something in n8n's own log. */
export function log({ logger }: IPollFunctions, message: string): void {
	(logger as typeof logger | undefined)?.warn(`Keap Polling Trigger: ${message}`);
}
