import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { orders } from '../../shared/records/commerce/orders';
import { HOOK_OBJECTS } from '../../shared/records/hookObjects';
import type { RecordKind } from '../../shared/records/kind/record';
import { isCancelled } from '../../shared/transport';
import type { Wanted } from './records';

/** The kind of record that is read for an object: for an invoice the order that it bills. */
const kindOf = ({ object }: Wanted): RecordKind | undefined => (object === 'invoice' ? orders : HOOK_OBJECTS[object]);

/**
 * A record as the nodes simplify it. Keap does not send an event again: a record that can't be simplified comes out as Keap has it.
 * @throws only when the execution was stopped
 */
export async function simplifiedRecord(context: IExecuteFunctions, wanted: Wanted, record: IDataObject): Promise<IDataObject> {
	const shaped = async (): Promise<IDataObject> => (await kindOf(wanted)?.simplify?.shape(record, context, true)) ?? record;
	return await shaped().catch((error: unknown): IDataObject => {
		if (isCancelled(error)) throw error;
		return record;
	});
}
