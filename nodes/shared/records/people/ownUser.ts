import type { IDataObject } from 'n8n-workflow';

import { askKeap } from '../../catalogue/calls/request';
import type { Operation, Work } from '../../catalogue/operation/types';
import { keapRequest } from '../../transport';

/** Asked once in a run of a node. */
const known = new WeakMap<Work['context'], Promise<string>>();

/** The ID of the user whom the API key belongs to: https://developer.infusionsoft.com/docs/restv2/#tag/Users/operation/getUserInfo */
async function ownUserId(work: Work, item: number): Promise<string> {
	const asked = known.get(work.context) ?? askKeapWhoseKey(work, item);
	known.set(work.context, asked);
	return await asked;
}

async function askKeapWhoseKey({ context, signal }: Work, item: number): Promise<string> {
	const path = '/crm/rest/v2/oauth/connect/userinfo';
	const { body } = await keapRequest<IDataObject>(context, { method: 'GET', path, item, signal, expects: { record: ['id'] } });
	return String(body.id);
}

/** For a row that writes what Keap wants a user for: the one who was chosen, or else the key's own. @param key Keap's name of the field */
export const withOwnUser = (key: string): Required<Pick<Operation, 'filledIn' | 'perform'>> => ({
	filledIn: [key],
	perform: async (work, call) =>
		await askKeap(work, key in call.body ? call : { ...call, body: { ...call.body, [key]: await ownUserId(work, call.item) } }),
});
