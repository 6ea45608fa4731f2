import type { IDataObject, IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';

export type HookContext = IHookFunctions | ITriggerFunctions | IWebhookFunctions;

/** A token in the addresses of hooks, and the Keap account in which these hooks are. */
export interface TokenOfAccount {
	token: string;
	account: string;
}

/** What the trigger keeps of its hooks in n8n's static data of the node. Everything else is read from Keap. */
export interface HookState {
	/** The token in the addresses of hooks. It stays the same while the account does: Keap may still be delivering to it. */
	token?: string;
	/** The account that these hooks are in, as `x-keap-tenant-id` names it; none while that is unknown. */
	account?: string;
	/** Those of accounts that the credential belonged to earlier, the latest first. */
	former?: TokenOfAccount[];
	/** Where production deliveries go, without event and token. It is there while the workflow is active. */
	webhookUrl?: string;
}

/** The node's static data; n8n stores what is changed in it. */
export const hookStateOf = (context: HookContext): HookState & IDataObject =>
	context.getWorkflowStaticData('node') as HookState & IDataObject;

/** Whether the workflow is activated because n8n starts, and not by a person. */
export const isStarting = (context: IHookFunctions | ITriggerFunctions): boolean =>
	['init', 'leadershipChange'].includes(context.getActivationMode());
