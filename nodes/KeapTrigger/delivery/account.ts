import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { accountOf } from '../../shared/hooks/account';

/** Under this name the first item of an execution is handed the account that its delivery came from. No delivery of Keap's has it. */
const ACCOUNT = 'n8n-nodes-keap account';

/** The items of a delivery with the account of its hook; an empty one is left out. */
export const withAccount = (items: readonly IDataObject[], account: string): IDataObject[] =>
	items.map((item, index) => (index === 0 && account !== '' ? { ...item, [ACCOUNT]: account } : item));

/** The items as Keap sent them, and the account that they came from; none when that is unknown. */
export function splitAccount(items: readonly IDataObject[]): { items: IDataObject[]; account: string } {
	const [first, ...rest] = items;
	if (first === undefined) return { items: [], account: '' };
	const { [ACCOUNT]: account, ...own } = first;
	return { items: [own, ...rest], account: typeof account === 'string' ? account : '' };
}

/**
 * Why records may not be read for events of an account: the credential's key belongs to another one, where the same ID means
 * another record.
 *
 * @param account that of the events; empty when it is unknown, and then taken for the same
 * @returns `undefined` when they may be read
 */
export async function otherAccount(context: IExecuteFunctions, account: string): Promise<string | undefined> {
	const current = account === '' ? '' : await accountOf(context);
	if (current === '' || current === account) return undefined;
	return `This event came from the Keap account ${account}, but the key of the credential belongs to ${current}, where this ID means another record. Deactivate and activate the workflow, so that it gets hooks in the account of the key. Hooks of the former account are deleted with a key of that account: Keap Admin, Hook, Delete.`;
}
