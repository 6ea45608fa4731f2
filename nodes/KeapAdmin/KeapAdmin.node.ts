import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { toProperties } from '../shared/catalogue/properties';
import { methodsOfRows } from '../shared/catalogue/methods';
import { runCatalogue } from '../shared/catalogue/router';
import { subtitleOf } from '../shared/catalogue/subtitle';
import { resources } from './resources';
import { testKeapCredential } from '../shared/transport';

export class KeapAdmin implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Keap Admin',
		name: 'keapAdmin',
		icon: { light: 'file:../../icons/keap.svg', dark: 'file:../../icons/keap.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(resources),
		description: 'Set up a Keap account: custom fields, users, reports, hooks and settings',
		defaults: { name: 'Keap Admin' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'keapApi', required: true, testedBy: 'keapApiTest' }],
		properties: toProperties(resources),
	};

	methods = { ...methodsOfRows(resources), credentialTest: { keapApiTest: testKeapCredential } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runCatalogue(this, resources);
	}
}
