import type { IDataObject } from 'n8n-workflow';

import { askKeap } from '../../../shared/catalogue/calls/request';
import type { Call, Perform, Work } from '../../../shared/catalogue/operation/types';
import { wordedError } from '../../../shared/catalogue/operation/wordedError';
import { markInDoubt } from '../../../shared/transport';

/** What Keap says of a charge that went through, in its description. Anything else is taken for one that did not. */
const CHARGED = 'APPROVED';

/**
 * Charges a card. Keap answers a card that is declined with 201 as well: what decides is its status message.
 * @throws NodeOperationError unless the answer says that the card was charged. It is never tried again by itself
 */
export const chargeCard: Perform = async (work, call) => {
	const answer = (await askKeap(work, call)) as IDataObject;
	const { payment_status_message: status } = answer;
	if (typeof status === 'string' && status.trim().toUpperCase() === CHARGED) return answer;
	throw notCharged(work, call, answer);
};

function notCharged({ context }: Work, { item, pathParams }: Call, answer: IDataObject): Error {
	const { payment_status_message: status, transaction_id: transaction } = answer;
	const said = typeof status === 'string' && status.trim() !== '' ? status.trim() : undefined;
	const order = pathParams.order_id ?? '';
	const lookUp =
		transaction === undefined ? 'Transaction > Get Many says why' : `Transaction > Get says why, with the ID ${String(transaction)}`;
	const error = wordedError(
		context.getNode(),
		said === undefined
			? `Keap does not say whether the card was charged for order ${order}`
			: `The card was not charged for order ${order}: Keap says ${said}`,
		{
			itemIndex: item,
			description: `${lookUp}. Nothing is charged again by itself, also not by Retry On Fail: look at the order in Keap before you run this item again.`,
		},
	);
	// The attempt was made, and with a status like PENDING the money may still move.
	markInDoubt(error, 'harmful');
	return error;
}
