import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { needsRecord, passesRecord } from './filters';
import { otherAccount, splitAccount } from './account';
import { failedFor, type Readings, readRecords } from './readRecords';
import { nameOf, recordOf, type Wanted } from './records';
import { failWithReport } from '../subscription/report';
import { fetchesRecords, filtersOf, passesDeliveries, simplifiesRecords } from '../form/settings';
import { isRecord } from '../../shared/runtime/isRecord';
import { namesWanted } from '../form/recordOutput';
import { simplifiedRecord } from './simplifiedRecord';

/**
 * The trigger's part in the execution that a delivery started: fetches records and filters by them. It runs in the execution
 * and not in the webhook, so that Keap does not wait for its answer.
 *
 * Every event comes out, for Keap does not send it again: a record that could not be read is null, and `record_error` says why.
 *
 * @throws when the execution was stopped; NodeOperationError when it was started to report a failure
 */
export async function passOn(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	failWithReport(this);
	const input = this.getInputData();
	if (passesDeliveries(this)) return [input];
	const { items, account } = splitAccount(input.map(({ json }) => json));
	const filters = filtersOf(this);
	const isFetching = fetchesRecords(this);
	const events = items.map((json) => ({ json, eventKey: String(json.event_key), wanted: recordOf(json) }));
	const toRead = events.flatMap(({ eventKey, wanted }) => (wanted && (isFetching || needsRecord(eventKey, filters)) ? [wanted] : []));
	const refusal = toRead.length === 0 ? undefined : await otherAccount(this, account);
	const readings = refusal === undefined ? await readRecords(this, toRead) : failedFor(toRead, refusal);
	const output = events.flatMap(({ json, eventKey, wanted }, item): INodeExecutionData[] => {
		const record = wanted && readings.records.get(nameOf(wanted));
		if (!passesRecord(eventKey, record, filters)) return [];
		return [{ json: wanted ? withRecord(json, wanted, readings, isFetching) : json, pairedItem: { item } }];
	});
	hintAtFailures(this, readings, toRead.length);
	const names = namesWanted(this);
	if (isFetching && simplifiesRecords(this))
		for (const { json, pairedItem } of output) {
			const { wanted } = events[(pairedItem as { item: number }).item] ?? {};
			if (wanted !== undefined && isRecord(json.record)) json.record = await simplifiedRecord(this, wanted, json.record, names);
		}
	return [output];
}

/** A record that was deleted meanwhile is null without an error, because the event did happen. */
function withRecord(json: IDataObject, wanted: Wanted, { records, failures }: Readings, isFetching: boolean): IDataObject {
	const reason = failures.get(nameOf(wanted));
	return {
		...json,
		...(isFetching && { record: records.get(nameOf(wanted)) ?? null }),
		...(reason !== undefined && { record_error: reason }),
	};
}

function hintAtFailures(context: IExecuteFunctions, { failures }: Readings, wanted: number): void {
	if (failures.size === 0 || typeof context.addExecutionHints !== 'function') return;
	context.addExecutionHints({
		type: 'warning',
		location: 'outputPane',
		message: `${failures.size} of ${wanted} records could not be read. Their events are passed on with the reason in record_error, and filters that look at records have let them through.`,
	});
}
