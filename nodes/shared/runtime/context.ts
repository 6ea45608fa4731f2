import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** Every n8n context that may ask Keap for something. */
export type KeapContext =
	IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions | IPollFunctions | ITriggerFunctions | IWebhookFunctions;
