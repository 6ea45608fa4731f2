import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse as parseForm } from 'node:querystring';
import type {
	ICredentialsHelper,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	ITriggerFunctions,
	IWebhookData,
	WorkflowActivateMode,
	Workflow,
} from 'n8n-workflow';
import { additionalDataFor } from './engine-additional-data';
import { makeWorkflow, startExecution } from './engine-execution';
import type { EngineLibraries } from './engine-libraries';
import type { LoadedTypes } from './engine-node-types';
import type { RunResult, WorkflowJson } from './engine-types';

export interface ActivateOptions {
	/** The production address, or that of "Listen for test event". Default production. */
	test?: boolean;
	/** Why n8n activates. Default 'activate'. */
	activation?: WorkflowActivateMode;
	/** Static data that an earlier activation has left. */
	staticData?: IDataObject;
	/** Whether n8n listens: false answers everything with 404, as after the test listener was closed. Default true. */
	listening?: boolean;
	/** The host's port, to be the same n8n again. Default: any. */
	port?: number;
	/** Response headers are lost on the way, as behind some proxies. */
	loseHeaders?: boolean;
	/** n8n takes the call and then can't start the execution: its database is away, its queue is full. */
	failsToStart?: boolean;
	/** As n8n 1.x, whose triggers can't save a failed execution. */
	previousLine?: boolean;
}

export type HookMethod = 'checkExists' | 'create' | 'delete';

/** A workflow with a webhook trigger, as n8n keeps it while it is active. */
export interface ActiveWorkflow {
	/** Where deliveries go, without the path. */
	readonly url: string;
	readonly port: number;
	/** What n8n would store of the workflow. */
	readonly staticData: IDataObject;
	/** The executions that deliveries started, in their order. */
	readonly executions: Array<Promise<RunResult>>;
	/** What the trigger reported as failed executions. */
	readonly failures: Error[];
	listening: boolean;
	loseHeaders: boolean;
	failsToStart: boolean;
	/** Calls what n8n calls on activation: `checkExists`, and `create` unless that is true. @returns whether it was there */
	activate(activation?: WorkflowActivateMode): Promise<boolean>;
	/** What n8n does when it starts: the hooks are taken to be there. */
	start(): Promise<void>;
	/** Runs what the trigger has put on its schedule. */
	tick(): void;
	/** How often the schedule runs, as cron expressions. */
	readonly schedule: string[];
	deactivate(): Promise<void>;
	/** One of the life cycle's methods alone, out of n8n's order. */
	call(method: HookMethod): Promise<boolean>;
	/** n8n's stop button, for every execution that runs. */
	stopExecutions(): void;
	/** Ends the server without a word to Keap, as a stop of n8n does. */
	stop(): Promise<void>;
}

const PATHS = { production: 'webhook', test: 'webhook-test' };

/** Makes a webhook trigger live on loopback, through n8n's own contexts; the server plays n8n's webhook routes. */
export async function openTrigger(
	libraries: EngineLibraries,
	types: LoadedTypes,
	credentials: ICredentialsHelper,
	json: WorkflowJson,
	options: ActivateOptions = {},
): Promise<ActiveWorkflow> {
	const { test = false } = options;
	// n8n reads the workflow from its database for each activation, deactivation and delivery, and stores its static data whole.
	let database: IDataObject = structuredClone(options.staticData ?? {});
	const load = () => makeWorkflow(libraries, types, { ...json, staticData: structuredClone(database) });
	// The object itself is watched for changes and can't be cloned.
	const save = ({ staticData }: Workflow) => (database = JSON.parse(JSON.stringify(staticData)) as IDataObject);
	let workflow = load();
	const node = triggerOf(workflow);
	const type = types.getByNameAndVersion(node.type, node.typeVersion);
	const server = createServer((request, response) => void answer(request, response));
	await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}`;
	const mode = test ? 'manual' : 'trigger';
	const ticks: Array<() => void> = [];
	const cancels: Array<() => void> = [];
	let close = async () => {};

	const dataFor = (http: { request?: IncomingMessage; response?: ServerResponse } = {}) => ({
		...additionalDataFor(libraries, credentials, mode, json),
		executionId: undefined,
		webhookBaseUrl: `${url}/${PATHS.production}`,
		webhookTestBaseUrl: `${url}/${PATHS.test}`,
		httpRequest: http.request as never,
		httpResponse: http.response as never,
	});
	const webhook = (): IWebhookData =>
		({
			webhookDescription: type.description.webhooks![0]!,
			node: node.name,
			path: '',
			isTest: test,
			httpMethod: 'POST',
			workflowId: 'engine',
			workflowExecuteAdditionalData: dataFor(),
		}) as IWebhookData;
	const call = async (method: HookMethod, activation: WorkflowActivateMode): Promise<boolean> => {
		// n8n removes hooks as itself, also those of a test.
		const as = method === 'delete' ? 'internal' : mode;
		workflow = load();
		const context = new libraries.core.HookContext(workflow, node, dataFor(), as, activation, webhook());
		const result = await type.webhookMethods!.default![method]!.call(context);
		save(workflow);
		return result;
	};

	const live: ActiveWorkflow = {
		url,
		port,
		executions: [],
		failures: [],
		schedule: [],
		listening: options.listening ?? true,
		loseHeaders: options.loseHeaders ?? false,
		failsToStart: options.failsToStart ?? false,
		get staticData() {
			return structuredClone(database);
		},
		async activate(activation = options.activation ?? 'activate') {
			const exists = await call('checkExists', activation);
			if (!exists) await call('create', activation);
			if (!test) await schedule(type, activation);
			return exists;
		},
		start: async () => await schedule(type, 'init'),
		tick: () => ticks.forEach((tick) => tick()),
		async deactivate() {
			await close();
			await call('delete', 'update');
		},
		call: async (method) => await call(method, 'activate'),
		stopExecutions: () => cancels.forEach((cancel) => cancel()),
		stop: async () => {
			await close();
			await closed(server);
		},
	};
	return live;

	async function schedule(nodeType: INodeType, activation: WorkflowActivateMode): Promise<void> {
		ticks.length = live.schedule.length = 0;
		const context = new libraries.core.TriggerContext(
			workflow,
			node,
			dataFor(),
			'trigger',
			activation,
			([items = []]) => begin(items),
			undefined,
			(error: Error) => void live.failures.push(error),
		) as ITriggerFunctions;
		if (options.previousLine === true) Object.assign(context, { saveFailedExecution: undefined });
		context.helpers.registerCron = ({ expression }, onTick) => {
			live.schedule.push(expression);
			ticks.push(() => onTick(new Date()));
		};
		const response = await nodeType.trigger?.call(context);
		close = async () => await response?.closeFunction?.();
	}

	function begin(input: INodeExecutionData[]): void {
		const options = { startNode: node.name, input, asInput: true, mode: 'webhook' } as const;
		const { done, cancel } = startExecution(libraries, types, credentials, json, options);
		live.executions.push(done);
		cancels.push(cancel);
	}

	/** What n8n does with a call to its webhook routes. */
	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const raw = await readAll(request);
		const express = asExpress(request, response, raw, live.loseHeaders);
		if (express === undefined) return void response.writeHead(422).end();
		const expected = `/${test ? PATHS.test : PATHS.production}/${node.webhookId ?? ''}/webhook`;
		if (!live.listening || request.method !== 'POST' || new URL(request.url ?? '', url).pathname !== expected)
			return void express.response.status(404).json({ code: 404, message: 'The requested webhook is not registered.' });
		try {
			const own = load();
			// Deliveries at the same moment overlap: n8n has its database to wait for.
			await new Promise((resolve) => setTimeout(resolve, 5));
			const context = new libraries.core.WebhookContext(own, node, dataFor(express), test ? 'manual' : 'webhook', webhook(), [], null);
			const result = await type.webhook!.call(context);
			const items = result.workflowData?.[0];
			// n8n answers a delivery once the execution stands in its database.
			if (items && live.failsToStart) throw new Error('There was a problem executing the workflow');
			save(own);
			if (!result.noWebhookResponse) express.response.status(200).end();
			if (items) begin(items);
		} catch (error) {
			express.response.status(500).json({ code: 0, message: error instanceof Error ? error.message : String(error) });
		}
	}
}

function triggerOf(workflow: Workflow): INode {
	const node = Object.values(workflow.nodes).find(
		({ type, typeVersion }) => workflow.nodeTypes.getByNameAndVersion(type, typeVersion).webhookMethods !== undefined,
	);
	if (!node) throw new Error('The workflow has no webhook trigger.');
	return node;
}

async function readAll(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

type ExpressResponse = ServerResponse & { status(code: number): ExpressResponse; json(body: unknown): void };

/** The parts of express that n8n's webhook context and nodes use; undefined for a body that n8n's parser refuses. */
function asExpress(
	request: IncomingMessage,
	response: ServerResponse,
	raw: string,
	loseHeaders: boolean,
): { request: IncomingMessage; response: ExpressResponse } | undefined {
	let body: unknown;
	try {
		body = parsed(request, raw);
	} catch {
		return undefined;
	}
	const { searchParams } = new URL(request.url ?? '', 'http://n8n');
	const extended = Object.assign(response, {
		status(code: number) {
			response.statusCode = code;
			return extended;
		},
		json(value: unknown) {
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(value));
		},
	}) as ExpressResponse;
	if (loseHeaders) extended.setHeader = () => extended;
	const parts = { query: Object.fromEntries(searchParams), params: {}, body, rawBody: Buffer.from(raw) };
	return { request: Object.assign(request, parts), response: extended };
}

/**
 * A body as n8n's own parser leaves it: read by its content type, empty under one that it does not know.
 * @throws SyntaxError for JSON that is none, which n8n answers by itself with 422
 */
function parsed({ headers }: IncomingMessage, raw: string): unknown {
	const [type = ''] = (headers['content-type'] ?? '').split(';');
	if (raw === '') return {};
	if (type === 'application/json') return JSON.parse(raw);
	if (type === 'application/x-www-form-urlencoded') return parseForm(raw);
	return type === 'text/plain' ? raw : {};
}

const closed = async (server: Server): Promise<void> =>
	await new Promise((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
