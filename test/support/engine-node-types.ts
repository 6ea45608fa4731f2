import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialTestFunction, ICredentialType, IDataObject, INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import type { EngineLibraries } from './engine-libraries';

type Loader = InstanceType<EngineLibraries['core']['LazyPackageDirectoryLoader']>;

/** The node and credential types of some built packages, loaded by n8n's own loader. */
export class LoadedTypes implements INodeTypes {
	private constructor(
		private readonly loaders: Map<string, Loader>,
		private readonly libraries: EngineLibraries,
	) {}

	/** @param folders package folders, each with a package.json that has an `n8n` section */
	static async load(libraries: EngineLibraries, folders: string[]): Promise<LoadedTypes> {
		const loaders = new Map<string, Loader>();
		for (const folder of folders) {
			if (!existsSync(join(folder, 'dist'))) {
				throw new Error(`${folder} has not been built: it has no dist folder. Run \`npm run build\` first.`);
			}
			const loader = new libraries.core.LazyPackageDirectoryLoader(folder);
			await loader.loadAll();
			loaders.set(loader.packageName, loader);
		}
		return new LoadedTypes(loaders, libraries);
	}

	getByName(type: string): INodeType | IVersionedNodeType {
		const dot = type.lastIndexOf('.');
		const loader = this.loaders.get(type.slice(0, dot));
		if (!loader) {
			throw new Error(`No package is loaded for the node type "${type}". Loaded: ${[...this.loaders.keys()].join(', ')}.`);
		}
		return loader.getNode(type.slice(dot + 1)).type;
	}

	getByNameAndVersion(type: string, version?: number): INodeType {
		return this.libraries.workflow.NodeHelpers.getVersionedNodeType(this.getByName(type), version);
	}

	getKnownTypes(): IDataObject {
		const known = [...this.loaders.values()].map((loader) => loader.known.nodes);
		return Object.assign({}, ...known) as IDataObject;
	}

	credential(name: string): ICredentialType {
		const loader = this.loaderOfCredential(name);
		if (!loader) throw new Error(`No loaded package has the credential type "${name}".`);
		return loader.getCredential(name).type;
	}

	/** Names of the nodes, without package, that declare the credential. */
	nodesWithCredential(name: string): string[] {
		return this.loaderOfCredential(name)?.known.credentials[name]?.supportedNodes ?? [];
	}

	/** The function that a node names in `testedBy` for the credential: the first node that has one, as n8n does it. */
	credentialTestOf(name: string): ICredentialTestFunction | undefined {
		const loader = this.loaderOfCredential(name);
		for (const node of this.nodesWithCredential(name)) {
			const { description, methods } = this.libraries.workflow.NodeHelpers.getVersionedNodeType(loader!.getNode(node).type);
			const testedBy = description.credentials?.find((credential) => credential.name === name)?.testedBy;
			if (typeof testedBy === 'string') return methods?.credentialTest?.[testedBy];
		}
		return undefined;
	}

	private loaderOfCredential(name: string): Loader | undefined {
		return [...this.loaders.values()].find((loader) => name in loader.known.credentials || name in loader.credentialTypes);
	}
}
