import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { N8nApiError, type N8nClient } from './client';
import type { WorkflowJson } from '../../test/support/engine-types';

/** Only ever used on loopback, in homes that these scripts made. */
export const OWNER = { email: 'owner@example.com', firstName: 'Olive', lastName: 'Owner', password: 'Keap-sandbox-1' };

export interface CredentialReference {
	id: string;
	name: string;
}

/** Creates the owner on the first start of a home; signs in on later ones. */
export async function signIn(client: N8nClient): Promise<void> {
	await client.post('/rest/owner/setup', OWNER).catch(async (error: unknown) => {
		const ownerExists = error instanceof N8nApiError && error.status === 400;
		if (!ownerExists) throw error;
		await client.post('/rest/login', { emailOrLdapLoginId: OWNER.email, password: OWNER.password });
	});
}

/** Creates the credential, or gives the one of that name the new data. */
export async function putCredential(client: N8nClient, name: string, type: string, data: IDataObject): Promise<CredentialReference> {
	const all = await client.get<Array<CredentialReference & { type: string }>>('/rest/credentials');
	const known = all.find((each) => each.name === name && each.type === type);
	const body = { name, type, data };
	const { id } = known
		? await client.patch<CredentialReference>(`/rest/credentials/${known.id}`, body)
		: await client.post<CredentialReference>('/rest/credentials', body);
	return { id, name };
}

/** The workflow with its Keap credential pointed at one that exists. */
export function withCredential(workflow: WorkflowJson, keapApi: CredentialReference): WorkflowJson {
	const nodes = workflow.nodes.map((node) =>
		node.credentials?.keapApi ? { ...node, credentials: { ...node.credentials, keapApi } } : node,
	);
	return { ...workflow, nodes };
}

/** Stores a workflow. @returns its id */
export async function createWorkflow(client: N8nClient, workflow: WorkflowJson): Promise<string> {
	// n8n gives the id: one from another n8n could belong to another workflow here.
	const body = { settings: {}, pinData: {}, active: false, ...workflow, id: undefined };
	return (await client.post<{ id: string }>('/rest/workflows', body)).id;
}

/**
 * Imports every workflow of a folder that n8n does not have yet, by name: what a person changed stays.
 * @returns all of the folder's workflows with their ids in n8n
 */
export async function importWorkflows(client: N8nClient, folder: string, keapApi: CredentialReference): Promise<CredentialReference[]> {
	const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
	const known = await listWorkflows(client);
	const imported: CredentialReference[] = [];
	for (const file of files) {
		const workflow = JSON.parse(await readFile(join(folder, file), 'utf8')) as WorkflowJson;
		const name = workflow.name ?? file.replace(/\.json$/, '');
		const id =
			known.find((each) => each.name === name)?.id ?? (await createWorkflow(client, withCredential({ ...workflow, name }, keapApi)));
		imported.push({ id, name });
	}
	return imported;
}

async function listWorkflows(client: N8nClient): Promise<CredentialReference[]> {
	const answer = await client.get<CredentialReference[] | { data: CredentialReference[] }>('/rest/workflows');
	return Array.isArray(answer) ? answer : answer.data;
}
