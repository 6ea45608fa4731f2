import type {
	IAuthenticateRuleResponseCode,
	IAuthenticateRuleResponseSuccessBody,
	ICredentialsHelper,
	ICredentialTestRequest,
	IDataObject,
	INode,
	INodeType,
	INodeTypes,
} from 'n8n-workflow';
import { additionalDataFor } from './engine-additional-data';
import type { EngineLibraries } from './engine-libraries';
import type { CredentialTestOutcome } from './engine-types';

type Rule = IAuthenticateRuleResponseCode | IAuthenticateRuleResponseSuccessBody;

const refused = (message: string): CredentialTestOutcome => ({ ok: false, status: 'Error', message });

/**
 * A credential type's test request, as n8n's credential dialog makes it: through the routing of a one-parameter node.
 * @param data the credential with its defaults applied
 */
export async function runCredentialTest(
	libraries: EngineLibraries,
	credentials: ICredentialsHelper,
	type: string,
	test: ICredentialTestRequest | undefined,
	data: IDataObject,
): Promise<CredentialTestOutcome> {
	if (!test) return refused('No testing function found for this credential.');
	const rules: Rule[] = test.rules ?? [];
	try {
		const answer = await sendTestRequest(libraries, credentials, type, test, data);
		const broken = rules.find((rule) => rule.type === 'responseSuccessBody' && answer[rule.properties.key] === rule.properties.value);
		return broken ? refused(broken.properties.message) : { ok: true, status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return refused(messageOf(error, rules));
	}
}

async function sendTestRequest(
	libraries: EngineLibraries,
	credentials: ICredentialsHelper,
	type: string,
	test: ICredentialTestRequest,
	data: IDataObject,
): Promise<IDataObject> {
	const { core, workflow: n8n } = libraries;
	const node: INode = {
		id: 'test',
		name: 'Credential test',
		type: 'engine.credentialTest',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id: 'tested', name: 'tested' } },
	};
	const nodeType = testNodeType(type, test);
	const nodeTypes: INodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const json = { nodes: [node], connections: {} };
	const workflow = new n8n.Workflow({ ...json, active: false, nodeTypes });
	const context = new core.ExecuteContext(
		workflow,
		node,
		additionalDataFor(libraries, credentials, 'internal', json),
		'internal',
		n8n.createRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const decrypted = { id: 'tested', name: 'tested', type, data: data as Record<string, string> };
	const output = await new core.RoutingNode(context, nodeType, decrypted).runNode();
	return output?.[0]?.[0]?.json ?? {};
}

function testNodeType(credential: string, { request }: ICredentialTestRequest): INodeType {
	return {
		description: {
			displayName: 'Credential test',
			name: 'credentialTest',
			group: ['transform'],
			version: 1,
			description: 'Carries the test request of a credential type',
			defaults: { name: 'Credential test' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: credential, required: true }],
			properties: [{ displayName: 'Test', name: 'test', type: 'string', default: '', routing: { request } }],
		},
	};
}

/** n8n shows a rule's message for its status code, else the status text, else the code of the network error. */
function messageOf(error: unknown, rules: Rule[]): string {
	if (!(error instanceof Error)) return String(error);
	const cause = error.cause as { code?: string; response?: { status: number; statusText?: string } } | undefined;
	if (!cause?.response) return cause?.code ?? error.message;
	const { status, statusText } = cause.response;
	const rule = rules.find((each) => each.type === 'responseCode' && each.properties.value === status);
	return rule?.properties.message ?? (statusText || `Received HTTP status code: ${status}`);
}
