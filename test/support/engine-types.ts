import type {
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeConnections,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeTypeDescription,
	IRunData,
	IConnections,
	IWorkflowSettings,
	ITaskData,
	ResourceMapperFields,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { PollResult } from './engine-poll';
import type { ActivateOptions, ActiveWorkflow } from './engine-trigger';

export type { ActivateOptions, ActiveWorkflow, PollResult };

/** A workflow as n8n exports it; only nodes and connections are needed. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: INode[];
	connections: IConnections | Record<string, INodeConnections>;
	settings?: IWorkflowSettings;
	staticData?: IDataObject;
}

/** What the engine may use in place of n8n's credential store, by credential id. */
export type CredentialStore = Record<string, { type: string; data: IDataObject }>;

export interface EngineOptions {
	credentials: CredentialStore;
	/** Load n8n-nodes-base too (Manual Trigger, Set, Code, HTTP Request, …): about a second. Default true. */
	withBaseNodes?: boolean;
	/** Folder whose node_modules holds n8n-core, n8n-workflow and n8n-nodes-base. Default: the project. */
	root?: string;
	/** Built node packages to load. Default: the project itself, when it has been built. */
	packages?: string[];
}

export interface RunOptions {
	/** Default: the trigger that n8n would take, else the first node without an input. */
	startNode?: string;
	/** JSON of the items: the output of the start node when it is a trigger, else its input. */
	items?: IDataObject[];
	/** The same with binary data and pairing; wins over `items`. */
	input?: INodeExecutionData[];
	/** The items are what a trigger's webhook gave, to be passed on by the trigger itself. */
	asInput?: boolean;
	/** Default 'manual'. */
	mode?: WorkflowExecuteMode;
	/** Called as each node ends, with its name and n8n's record of that run. */
	onNodeDone?: (node: string, task: ITaskData) => void;
	/** Aborting it stops the execution as `cancel()` does. */
	signal?: AbortSignal;
}

export interface RunResult {
	/** n8n's execution status: 'success', 'error', 'canceled', … */
	status: string;
	/** The error that ended the execution, as n8n stores it (a plain copy: test `name` and `httpCode`, not instanceof). */
	error?: StoredError;
	/** JSON of the items that a node's last run put out. */
	items(node: string, output?: number): IDataObject[];
	/** The same as whole items: json, binary, pairedItem, error. */
	itemsWithPairing(node: string, output?: number): INodeExecutionData[];
	runData: IRunData;
	/** What nodes have put into `$execution.customData`. */
	customData: Readonly<Record<string, string>>;
	lastNodeExecuted?: string;
}

export interface StoredError {
	name: string;
	message: string;
	description?: string | null;
	/** Text such as '404'. */
	httpCode?: string | null;
	context?: IDataObject;
}

export interface StartedRun {
	done: Promise<RunResult>;
	/** n8n's stop button: getExecutionCancelSignal() fires, later nodes do not start, `done` resolves with 'canceled'. */
	cancel(): void;
}

/** A node as the editor sees it while a person fills in its parameters. */
export interface EditorNode {
	/** Full type name; default our Keap node. */
	type?: string;
	typeVersion?: number;
	/** The parameters entered so far. */
	parameters?: INodeParameters;
	/** Default `{ keapApi: { id: 'cred1', … } }`. */
	credentials?: INode['credentials'];
	/** Path of the parameter whose options are asked for, for methods that look at their siblings. */
	path?: string;
}

export interface CredentialTestOutcome {
	ok: boolean;
	status: 'OK' | 'Error';
	/** What the credential dialog shows. */
	message: string;
}

export interface Engine {
	/** Runs to the end. Rejects only when the workflow cannot start (unknown type, missing required parameter). */
	run(workflow: WorkflowJson, options?: RunOptions): Promise<RunResult>;
	start(workflow: WorkflowJson, options?: RunOptions): StartedRun;
	/** Runs the workflow's polling trigger once; 'trigger' as in an active workflow by default. */
	poll(workflow: WorkflowJson, mode?: WorkflowExecuteMode, budgetMs?: number): Promise<PollResult>;
	loadOptions(node: EditorNode, method: string): Promise<INodePropertyOptions[]>;
	listSearch(node: EditorNode, method: string, filter?: string, paginationToken?: string): Promise<INodeListSearchResult>;
	resourceMapperFields(node: EditorNode, method: string): Promise<ResourceMapperFields>;
	/** The credential dialog's test: the function that a node names in `testedBy`. */
	testCredential(type: string, data: IDataObject): Promise<CredentialTestOutcome>;
	/** What n8n adds to a request that a node makes with this credential. */
	authenticate(credentialId: string, request: IHttpRequestOptions): Promise<IHttpRequestOptions>;
	/** Adds or replaces a credential; the next execution sees it. */
	setCredential(id: string, type: string, data: IDataObject): void;
	/** A workflow's webhook trigger, ready to be activated; see `ActiveWorkflow`. */
	openTrigger(workflow: WorkflowJson, options?: ActivateOptions): Promise<ActiveWorkflow>;
	/** A node's description, by full type name. */
	nodeDescription(type: string, version?: number): INodeTypeDescription;
}
