import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsHelper,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';
import type { EngineLibraries } from './engine-libraries';
import type { LoadedTypes } from './engine-node-types';
import type { CredentialStore } from './engine-types';

/** Kept by n8n although a type need not declare them: OAuth2 tokens, and where the HTTP Request node may send the credential. */
const KEPT_UNDECLARED = ['oauthTokenData', 'allowedHttpRequestDomains', 'allowedDomains'] as const;

/** n8n's credential helper over a plain object: no database, no encryption; defaults and authentication as n8n does them. */
export class InMemoryCredentials implements ICredentialsHelper {
	constructor(
		private readonly libraries: EngineLibraries,
		private readonly types: LoadedTypes,
		private readonly store: CredentialStore,
	) {}

	getParentTypes(type: string): string[] {
		return (this.types.credential(type).extends ?? []).flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const { NodeHelpers } = this.libraries.workflow;
		const { extends: parents = [], properties } = this.types.credential(type);
		const merged: INodeProperties[] = [];
		for (const parent of parents) NodeHelpers.mergeNodeProperties(merged, this.getCredentialsProperties(parent));
		NodeHelpers.mergeNodeProperties(merged, properties);
		return merged;
	}

	isCredentialUsableByNode(credentialType: string, nodeType: string): boolean {
		if (!this.types.credential(credentialType).restrictToSupportedNodes) return true;
		const name = nodeType.slice(nodeType.lastIndexOf('.') + 1);
		return this.types.nodesWithCredential(credentialType).includes(name);
	}

	async getCredentials({ id, name }: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		return new this.libraries.core.Credentials({ id, name }, type);
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		{ id, name }: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.store[id ?? name];
		if (stored?.type !== type) {
			throw new Error(`The engine was given no credential "${id ?? name}" of type "${type}".`);
		}
		return this.withDefaults(type, stored.data);
	}

	/** Stored data plus the defaults of the fields that were never set. */
	withDefaults(type: string, data: IDataObject): ICredentialDataDecryptedObject {
		const { NodeHelpers } = this.libraries.workflow;
		const given = structuredClone(data) as ICredentialDataDecryptedObject;
		const complete = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			given as Parameters<typeof NodeHelpers.getNodeParameters>[1],
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		for (const name of KEPT_UNDECLARED) {
			if (given[name] !== undefined) complete[name] ??= given[name];
		}
		return complete;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		incoming: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const request = incoming as IHttpRequestOptions;
		const { authenticate } = this.types.credential(typeName);
		if (authenticate === undefined) return request;
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		if (!workflow || !node) throw new Error('A declarative `authenticate` needs the workflow and the node.');
		const resolve = (value: unknown): unknown =>
			typeof value === 'string' && value.startsWith('=')
				? String(workflow.expression.getSimpleParameterValue(node, value, 'internal', { $credentials: credentials }, undefined, '') ?? '')
				: value;
		const parts = request as unknown as Record<string, Record<string, unknown>>;
		for (const [area, additions] of Object.entries(authenticate.properties)) {
			const target = (parts[area] ??= {});
			for (const [key, value] of Object.entries(additions ?? {})) target[String(resolve(key))] = resolve(value);
		}
		return request;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async updateCredentials({ id, name }: INodeCredentialsDetails, type: string, data: ICredentialDataDecryptedObject): Promise<void> {
		this.store[id ?? name] = { type, data: data as IDataObject };
	}

	async updateCredentialsOauthTokenData(): Promise<void> {}
}
