import { type IDataObject, NodeOperationError } from 'n8n-workflow';

import { cachedLookup, type KeapContext, keapRequest } from '../../transport';

/** An account's currency all but never changes. */
const GOOD_FOR_MS = 60 * 60_000;

/**
 * The code of the account's currency, such as `USD`: what all of its amounts are in, for no request of Keap's names one.
 * One call, then none for an hour.
 * @throws NodeOperationError when the account has none: without it nobody knows how many decimals its amounts have
 */
export async function accountCurrency(context: KeapContext): Promise<string> {
	return await cachedLookup(
		context,
		'account currency',
		async () => {
			const { body } = await keapRequest<IDataObject>(context, { method: 'GET', path: '/crm/rest/v2/businessProfile' });
			const code = body?.currency_code;
			if (typeof code === 'string' && /^[A-Za-z]{3}$/.test(code.trim())) return code.trim().toUpperCase();
			throw new NodeOperationError(context.getNode(), 'The Keap account has no currency', {
				description: 'Amounts depend on it. Choose one in Keap under Settings > Business Profile, then try again.',
			});
		},
		GOOD_FOR_MS,
	);
}
