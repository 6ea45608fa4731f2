import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { Selection, Shaping } from '../shared/catalogue/operation/types';
import { shapedRecord } from '../shared/catalogue/output/selection';
import type { PolledList } from '../shared/polling/list/polledList';
import { notes } from '../shared/records/activity/notes';
import { tasks } from '../shared/records/activity/tasks';
import { orders } from '../shared/records/commerce/orders';
import { subscriptions } from '../shared/records/commerce/subscriptions';
import type { RecordKind } from '../shared/records/kind/record';
import { affiliates } from '../shared/records/marketing/affiliates';
import { referrals } from '../shared/records/marketing/referrals';
import { payments } from '../shared/records/orders/payments';
import { companies } from '../shared/records/people/companies';
import { contacts } from '../shared/records/people/contacts';
import { opportunities } from '../shared/records/sales/opportunities';

const KINDS: readonly RecordKind[] = [
	affiliates,
	companies,
	contacts,
	notes,
	opportunities,
	orders,
	payments,
	referrals,
	subscriptions,
	tasks,
];

/** What the poll itself knows of a record: when it got the tag, and which status it had before. */
const OF_THE_POLL = ['applied_time', 'old_status', 'new_status'];

/** The kind of record that a list is of; none for those that have no simplified form, and for contacts as the list of a tag has them. */
export const kindOf = ({ path }: Pick<PolledList, 'path'>): RecordKind | undefined => KINDS.find((kind) => kind.path === path);

/**
 * Records as the nodes simplify them. It is a part of the poll: where labels can't be read the poll fails, and the next one reads the
 * same records again. A record that could not be read stays as it is: its empty fields would say that Keap has nothing there.
 *
 * @param how how custom fields are named, and the fields that are wanted, where not all are
 */
export async function simplified(
	context: IPollFunctions,
	{ simplify }: RecordKind,
	records: readonly IDataObject[],
	how: Shaping & { readonly selection?: Selection | undefined } = {},
): Promise<IDataObject[]> {
	if (simplify === undefined) return [...records];
	const shaped: IDataObject[] = [];
	for (const record of records) {
		if ('record_error' in record) {
			shaped.push(record);
			continue;
		}
		const own = OF_THE_POLL.filter((name) => name in record).map((name) => [name, record[name]] as const);
		shaped.push({ ...(await shapedRecord(simplify, record, context, how)), ...Object.fromEntries(own) });
	}
	return shaped;
}
