import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { needsRecord, passesRecord } from './filters';
import { nameOf, readRecords, recordOf } from './records';
import { failWithReport } from '../subscription/report';
import { fetchesRecords, filtersOf, passesDeliveries } from '../form/settings';

/**
 * The trigger's part in the execution that a delivery started: fetches records and filters by them.
 * It stands here and not where the delivery comes in, because Keap has its answer by then, and because an execution that
 * fails on it keeps the delivery: it can be run again.
 *
 * @throws what `keapRequest` throws; NodeOperationError when it was started to report a failure
 */
export async function passOn(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	failWithReport(this);
	const items = this.getInputData();
	if (passesDeliveries(this)) return [items];
	const filters = filtersOf(this);
	const isFetching = fetchesRecords(this);
	const events = items.map(({ json }) => ({ json, eventKey: String(json.event_key), wanted: recordOf(json) }));
	const toRead = events.flatMap(({ eventKey, wanted }) => (wanted && (isFetching || needsRecord(eventKey, filters)) ? [wanted] : []));
	const records = await readRecords(this, toRead);
	const output = events.flatMap(({ json, eventKey, wanted }, item): INodeExecutionData[] => {
		const record = wanted && records.get(nameOf(wanted));
		if (!passesRecord(eventKey, record, filters)) return [];
		return [{ json: isFetching && wanted ? withRecord(json, record) : json, pairedItem: { item } }];
	});
	return [output];
}

/** A record that is gone by now is null: the event itself is still true. */
const withRecord = (json: IDataObject, record: IDataObject | undefined): IDataObject => ({ ...json, record: record ?? null });
