import type { IDataObject } from 'n8n-workflow';

import { keapRequest, markInDoubt } from '../../transport';
import { type Failed, halve, sendBundled, type Send } from './bundle';
import type { Outcome } from '../operation/outcome';
import { asOperationError } from '../calls/readCall';
import { toRequest } from '../calls/request';
import { BadInput } from '../operation/badInput';
import { WRITE } from '../operation/tries';
import type { BundledCreate, Call, Work } from '../operation/types';

/**
 * Creates the records of many items in as few calls as Keap takes, each item's body being one record. A record that Keap refuses
 * fails its own item only. A call that may have been carried out is never repeated: all its items fail and say so.
 * @param failed called as soon as an item has failed
 */
export async function runBundledCreates(work: Work, bundle: BundledCreate, calls: readonly Call[], failed?: Failed): Promise<Outcome[]> {
	// Records have no id yet: the position among the calls stands for it.
	const { record = ({ body }: Call): IDataObject => body } = bundle;
	const callAt = (position: string | undefined): Call => calls[Number(position)] as Call;
	const send: Send<IDataObject> = async (positions) => {
		const sent = positions.map((position) => record(callAt(position)));
		// Every item of a shared call gets its error, so the error names no single item.
		const { body } = await keapRequest<IDataObject>(work.context, {
			...toRequest(callAt(positions[0]), work),
			body: { [bundle.list]: sent },
			...(sent.length > 1 && { item: undefined }),
		});
		const answers = bundle.answers(body ?? {}, sent);
		return new Map(positions.map((position, index) => [position, answers[index] ?? unsaid(work, callAt(position))]));
	};
	const positions = calls.map((_call, index) => String(index));
	const results = await sendBundled(positions, bundle.max, send, async (chunk, error) => await halve(chunk, error, send, failed), failed);
	return calls.map((call, index): Outcome => {
		const result = results.get(String(index)) ?? unsaid(work, call);
		if (!(result instanceof Error)) {
			work.tries.keep(call.item, WRITE, { answer: result });
			return { call, answer: result };
		}
		return { call, error: result.name === 'Error' ? refused(work, call, result) : result };
	});
}

/** Keap's answer does not mention a record: it may have been created. */
function unsaid({ context }: Work, { item }: Call): Error {
	const error = asOperationError(
		new BadInput('Keap did not say what became of it', 'Look in Keap whether it was created before you run this item again.'),
		context.getNode(),
		item,
	);
	markInDoubt(error, 'harmful');
	return error;
}

/** Keap's reason for one record, as an error of its item. */
const refused = ({ context }: Work, { item }: Call, { message }: Error): Error =>
	asOperationError(
		new BadInput(`Keap did not create it: ${message}`, 'Correct this item and run it again; the other items are not affected.'),
		context.getNode(),
		item,
	);
