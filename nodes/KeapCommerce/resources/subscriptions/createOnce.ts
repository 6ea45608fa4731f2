import { NodeApiError } from 'n8n-workflow';

import { askKeap } from '../../../shared/catalogue/calls/request';
import type { Perform } from '../../../shared/catalogue/operation/types';
import { httpCodeOf } from '../../../shared/transport';

/** Creates a subscription. Keap refuses one that is identical to another of the contact, and the error says what to do then. */
export const createOnce: Perform = async (work, call) =>
	await askKeap(work, call).catch((error: unknown) => {
		throw explained(error);
	});

function explained(error: unknown): unknown {
	if (error instanceof NodeApiError && httpCodeOf(error) === 409)
		error.description =
			'The contact has an identical subscription, and nothing was made. If a second one is meant, which is billed beside it, switch on Allow Duplicate under Additional Fields.';
	return error;
}
