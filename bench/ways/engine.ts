import type { IDataObject } from 'n8n-workflow';
import { createEngine, keapNode, manualTrigger, type NodeDraft, workflow } from '../../test/support/engine';
import { type Scene, TAG, type Way } from '../work';

const CONTACTS = '/crm/rest/v2/contacts';

const itemsOf = ({ work, contactIds }: Scene): IDataObject[] => {
	if (work.name === 'list') return [{}];
	return Array.from({ length: work.size }, (_, index) => ({ index, id: contactIds[index] ?? '' }));
};

/** Runs one node over the items in n8n's engine; an item that failed carries an error. */
async function run({ url, apiKey, ...scene }: Scene, withBaseNodes: boolean, node: NodeDraft): Promise<number> {
	const engine = await createEngine({
		withBaseNodes,
		credentials: {
			cred1: { type: 'keapApi', data: { apiKey, advancedSettings: true, baseUrl: url } },
			header: { type: 'httpHeaderAuth', data: { name: 'X-Keap-API-Key', value: apiKey } },
		},
	});
	begin();
	const drafts = withBaseNodes ? [manualTrigger(), node] : [node];
	const result = await engine.run(workflow(drafts), { items: itemsOf({ url, apiKey, ...scene }) });
	return result.status === 'success' ? result.items(node.name).filter((item) => item.error === undefined).length : 0;
}

let begin: () => void = () => undefined;

/** Told when the engine is loaded: loading it is not the work. */
export function onBegin(listener: () => void): void {
	begin = listener;
}

const id = { __rl: true, mode: 'id', value: '={{ $json.id }}' };

/** Our node, as a user sets it up. */
export const ours: Way = async (scene) =>
	await run(
		scene,
		false,
		keapNode(
			'Keap',
			{
				create: { resource: 'contact', operation: 'create', email: '=bench{{ $json.index }}@people.example' },
				tag: { resource: 'tag', operation: 'apply', tagIds: [TAG], contactIds: '={{ $json.id }}' },
				get: { resource: 'contact', operation: 'get', contactId: id },
				list: { resource: 'contact', operation: 'getAll', returnAll: true },
			}[scene.work.name],
			{ onError: 'continueRegularOutput' },
		),
	);

/** n8n's HTTP Request node, one request an item every 500 ms: what 120 a minute makes one enter under Batching. */
export const httpRequestNode: Way = async (scene) => {
	const { work, url } = scene;
	const pages = {
		pagination: {
			paginationMode: 'updateAParameterInEachRequest',
			parameters: { parameters: [{ type: 'qs', name: 'page_token', value: '={{ $response.body.next_page_token }}' }] },
			paginationCompleteWhen: 'other',
			completeExpression: '={{ !$response.body.next_page_token }}',
			requestInterval: 500,
		},
	};
	const json = (method: string, path: string, jsonBody: string) => ({
		method,
		url: url + path,
		sendBody: true,
		specifyBody: 'json',
		jsonBody,
	});
	const parameters = {
		create: json('POST', CONTACTS, '={"email_addresses":[{"email":"bench{{ $json.index }}@people.example","field":"EMAIL1"}]}'),
		tag: json('POST', `/crm/rest/v2/tags/${TAG}/contacts:applyTags`, '={"contact_ids":["{{ $json.id }}"]}'),
		get: { url: `=${url}${CONTACTS}/{{ $json.id }}` },
		list: { url: `${url}${CONTACTS}?page_size=1000` },
	}[work.name];
	const answers = await run(scene, true, {
		name: 'HTTP',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		onError: 'continueRegularOutput',
		credentials: { httpHeaderAuth: { id: 'header', name: 'Header' } },
		parameters: {
			...parameters,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			options: { batching: { batch: { batchSize: 1, batchInterval: 500 } }, ...(work.name === 'list' && { pagination: pages }) },
		},
	});
	// Its pages come out as items, of up to 1,000 contacts each.
	return work.name === 'list' ? Math.min(work.size, answers * 1_000) : answers;
};
