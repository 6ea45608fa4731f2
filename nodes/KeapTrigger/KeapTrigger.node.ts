import { type IHookFunctions, type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

import { passOn } from './delivery/execute';
import { watchHealth } from './subscription/health';
import { checkExists, create, remove } from './subscription/lifecycle';
import { methods } from './methods';
import { parameters } from './form/parameters';
import { receive } from './delivery/webhook';
import { testKeapCredential } from '../shared/transport';

export class KeapTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Keap Trigger',
		name: 'keapTrigger',
		icon: { light: 'file:../../icons/keap.svg', dark: 'file:../../icons/keap.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ [].concat($parameter["events"], $parameter["otherEvents"] ?? []).filter((key) => key !== "other").join(", ").replaceAll("contactGroup", "tag").replaceAll(".add", ".created").replaceAll(".edit", ".updated").replace(/[._]/g, " ") }}',
		description:
			'Work with contacts, companies, tags, orders and more of Keap by API key, or start a workflow when something changes there',
		defaults: { name: 'Keap Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'keapApi', required: true, testedBy: 'keapApiTest' }],
		// The address alone is of no use to anybody: hooks are made by the node, with a token.
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: 'noData', path: 'webhook', ndvHideUrl: true },
		],
		properties: parameters,
	};

	methods = { ...methods, credentialTest: { keapApiTest: testKeapCredential } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return await checkExists(this);
			},
			async create(this: IHookFunctions) {
				return await create(this);
			},
			async delete(this: IHookFunctions) {
				return await remove(this);
			},
		},
	};

	webhook = receive;

	trigger = watchHealth;

	execute = passOn;
}
