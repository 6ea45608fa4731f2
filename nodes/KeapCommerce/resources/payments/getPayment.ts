import { deepCopy } from 'n8n-workflow';

import { readByIds } from '../../../shared/catalogue/batching/bundledReads';
import { notFound } from '../../../shared/catalogue/calls/notFound';
import type { Call, Operation } from '../../../shared/catalogue/operation/types';
import { payments } from '../../../shared/records/orders/payments';

const idOf = ({ values }: Call): string => String(values.paymentId);

/** Keap has no operation for one payment: its list finds 100 by their IDs in a call. An ID that it does not know fails its own items only. */
export const getPayments: NonNullable<Operation['performInGroups']> = {
	size: payments.lookup.max,
	begin: async (work, calls) => {
		const found = await readByIds(work, payments.lookup, [...new Set(calls.map(idOf))]);
		return async ({ context }, call) => {
			const record = found.get(idOf(call));
			if (record instanceof Error) throw record;
			if (record === undefined) throw notFound(context, call, idOf(call), payments.one);
			// Two items about one payment get one each: a node that changes its item must not change the other.
			return await Promise.resolve(deepCopy(record));
		};
	},
};
