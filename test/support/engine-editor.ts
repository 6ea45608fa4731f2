import type {
	ICredentialsHelper,
	ILoadOptionsFunctions,
	INode,
	INodeListSearchResult,
	INodePropertyOptions,
	INodeType,
	ResourceMapperFields,
} from 'n8n-workflow';
import { additionalDataFor } from './engine-additional-data';
import { makeWorkflow } from './engine-execution';
import type { EngineLibraries } from './engine-libraries';
import type { LoadedTypes } from './engine-node-types';
import type { EditorNode } from './engine-types';
import { KEAP_CREDENTIAL, typeOf } from './engine-workflow';

/** The look-ups that the editor makes while a person fills in a node, each through n8n's own context. */
export class EditorLookups {
	constructor(
		private readonly libraries: EngineLibraries,
		private readonly types: LoadedTypes,
		private readonly credentials: ICredentialsHelper,
	) {}

	async loadOptions(node: EditorNode, name: string): Promise<INodePropertyOptions[]> {
		return await this.method(node, 'loadOptions', name).call(this.context(node));
	}

	async listSearch(node: EditorNode, name: string, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
		return await this.method(node, 'listSearch', name).call(this.context(node), filter, paginationToken);
	}

	async resourceMapperFields(node: EditorNode, name: string): Promise<ResourceMapperFields> {
		return await this.method(node, 'resourceMapping', name).call(this.context(node));
	}

	private method<Kind extends 'loadOptions' | 'listSearch' | 'resourceMapping'>(node: EditorNode, kind: Kind, name: string) {
		const { type, typeVersion } = asNode(node);
		const methods: NonNullable<INodeType['methods']>[Kind] = this.types.getByNameAndVersion(type, typeVersion).methods?.[kind];
		const method = methods?.[name];
		if (!method) {
			throw new Error(`${type} has no ${kind} method "${name}". It has: ${Object.keys(methods ?? {}).join(', ') || 'none'}.`);
		}
		return method as NonNullable<NonNullable<INodeType['methods']>[Kind]>[string];
	}

	private context(editorNode: EditorNode): ILoadOptionsFunctions {
		const node = asNode(editorNode);
		const json = { nodes: [node], connections: {} };
		const additionalData = additionalDataFor(this.libraries, this.credentials, 'internal', json);
		additionalData.currentNodeParameters = node.parameters;
		// No execution runs while a person edits.
		additionalData.executionId = undefined;
		const workflow = makeWorkflow(this.libraries, this.types, json);
		return new this.libraries.core.LoadOptionsContext(workflow, node, additionalData, editorNode.path ?? '');
	}
}

function asNode({ parameters = {}, type = typeOf(parameters), typeVersion = 1, credentials = KEAP_CREDENTIAL }: EditorNode): INode {
	return { id: 'edited', name: 'Edited node', type, typeVersion, position: [0, 0], parameters, credentials };
}
