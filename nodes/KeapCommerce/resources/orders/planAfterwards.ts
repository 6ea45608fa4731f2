import type { IDataObject } from 'n8n-workflow';

import { simplified } from '../../../shared/catalogue/calls/request';
import type { Answer, Finished, Operation, Work } from '../../../shared/catalogue/operation/types';
import { wordedError } from '../../../shared/catalogue/operation/wordedError';
import { runInPool } from '../../../shared/catalogue/pool';
import { isRecord } from '../../../shared/runtime/isRecord';
import { doubtOf, keapRequest, markInDoubt } from '../../../shared/transport';

const AT_ONCE = 50;

/**
 * Gives new orders their payment plans: Keap takes none with the order itself.
 * @returns an error for each item whose order is there but has no plan
 */
export const planAfterwards: NonNullable<Operation['finish']> = async (work, done) => {
	const failures = new Map<number, Error>();
	const planned = done.filter(({ call }) => isRecord(call.values.paymentPlan));
	await runInPool(planned, { width: AT_ONCE, serialKey: () => undefined, stopped: () => false }, async (finished) => {
		const { call, answer } = finished;
		if (!hasId(finished)) return void failures.set(call.item, unnamed(work, finished));
		try {
			// What Keap answers is the order with its plan.
			Object.assign(answer, await simplified(work, call, await writePlan(work, finished)));
		} catch (error) {
			failures.set(call.item, halfDone(work, finished, error as Error));
		}
	});
	return failures;
};

const idOf = ({ answer }: Finished): string => String((answer as IDataObject).id);
const hasId = ({ answer }: Finished): boolean => ((answer as IDataObject).id ?? null) !== null;

/** Keap may confirm a write by its status alone (204). */
const unnamed = (work: Work, { call }: Finished): Error =>
	wordedError(work.context.getNode(), 'The order is in Keap, but Keap did not say its ID, so its payment plan was not set', {
		itemIndex: call.item,
		description: "Do not create the order again. Find it among the contact's orders, then give it its plan with Set Payment Plan.",
	});

async function writePlan({ context, signal }: Work, finished: Finished): Promise<Answer> {
	const { call } = finished;
	const { body } = await keapRequest<IDataObject>(context, {
		method: 'PATCH',
		path: '/crm/rest/v2/orders/{order_id}',
		pathParams: { order_id: idOf(finished) },
		query: { update_mask: ['payment_plan'] },
		body: { payment_plan: call.values.paymentPlan as IDataObject },
		item: call.item,
		signal,
		expects: { record: ['id'] },
	});
	return isRecord(body) ? body : {};
}

function halfDone(work: Work, finished: Finished, cause: Error): Error {
	const order = idOf(finished);
	const doubt = doubtOf(cause);
	const what = doubt === undefined ? 'was not set' : 'may not be set';
	const error = wordedError(work.context.getNode(), `Order ${order} is in Keap, but its payment plan ${what}: ${cause.message}`, {
		itemIndex: finished.call.item,
		description: `Do not create the order again. ${doubt === undefined ? '' : 'Look at it in Keap first. '}Give order ${order} its plan with Set Payment Plan, or with Payment Plan under Update.`,
	});
	// Another try would not know whether the first one has set it.
	if (doubt !== undefined) markInDoubt(error, doubt);
	return error;
}
