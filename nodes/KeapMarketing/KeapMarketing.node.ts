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

export class KeapMarketing implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Keap Marketing',
		name: 'keapMarketing',
		icon: { light: 'file:../../icons/keap.svg', dark: 'file:../../icons/keap.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(resources),
		description:
			'Work with affiliates, commissions, referrals, lead sources and their costs, UTM values, automations, campaigns and web forms in Keap, within its quota',
		defaults: { name: 'Keap Marketing' },
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
