import { type INodeExecutionData, type INodeType, type INodeTypeDescription, type IPollFunctions, NodeConnectionTypes } from 'n8n-workflow';

import { pollOnce, sample } from '../shared/polling/poll';
import { methods } from './methods';
import { planOf } from './plan';
import { properties } from './properties';
import { testKeapCredential } from '../shared/transport';

export class KeapPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Keap Polling Trigger',
		name: 'keapPollingTrigger',
		icon: { light: 'file:../../icons/keap.svg', dark: 'file:../../icons/keap.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"].replace(/([A-Z])/g, " $1").toLowerCase() }}',
		description: 'Asks Keap at set times what is new, for an n8n that Keap cannot reach',
		defaults: { name: 'Keap Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'keapApi', required: true, testedBy: 'keapApiTest' }],
		properties,
	};

	methods = { ...methods, credentialTest: { keapApiTest: testKeapCredential } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const plan = await planOf(this);
		const records = this.getMode() === 'manual' ? await sample(this, plan) : await pollOnce(this, plan);
		return records.length === 0 ? null : [this.helpers.returnJsonArray(records)];
	}
}
