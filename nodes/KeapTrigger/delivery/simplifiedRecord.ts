import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Selection, Simplifier } from '../../shared/catalogue/operation/types';
import { matchFields, shapedRecord } from '../../shared/catalogue/output/selection';
import { isCancelled, type KeapContext } from '../../shared/transport';
import { byFieldName, kindOfObject } from '../form/recordOutput';
import type { Wanted } from './records';

/**
 * A record as the nodes simplify it. Keap does not send an event again: a record that can't be simplified comes out as Keap has it.
 * @param names the fields that are wanted, where not all are; what this kind of record does not have is left out
 * @throws only when the execution was stopped
 */
export async function simplifiedRecord(
	context: IExecuteFunctions,
	{ object }: Wanted,
	record: IDataObject,
	names?: readonly string[],
): Promise<IDataObject> {
	const simplify = kindOfObject(object)?.simplify;
	if (simplify === undefined) return record;
	const shaped = async (): Promise<IDataObject> =>
		await shapedRecord(simplify, record, context, {
			written: true,
			byFieldName: byFieldName(context),
			selection: await selectionFor(context, simplify, names),
		});
	return await shaped().catch((error: unknown): IDataObject => {
		if (isCancelled(error)) throw error;
		return record;
	});
}

async function selectionFor(
	context: KeapContext,
	simplify: Simplifier,
	names: readonly string[] | undefined,
): Promise<Selection | undefined> {
	return names === undefined ? undefined : (await matchFields(context, simplify, names)).selection;
}
