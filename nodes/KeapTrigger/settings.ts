import { type IDataObject, type IExecuteFunctions, type IHookFunctions, type ITriggerFunctions, type IWebhookFunctions, NodeOperationError } from 'n8n-workflow';

type SettingsContext = IExecuteFunctions | IHookFunctions | ITriggerFunctions | IWebhookFunctions;

/** Whose records are passed on, as the node's Filters say; an empty list lets everything through. */
export interface Filters {
	/** Ids of tags, for tags applied and removed. */
	readonly tags: readonly string[];
	/** Ids of stages, for opportunities. */
	readonly stages: readonly string[];
	/** For orders: `PAID`, … */
	readonly orderStatuses: readonly string[];
	/** Ids of users whose own changes are left out. */
	readonly ignoredUsers: readonly string[];
	/** Whether records that a program made are left out when they are new. */
	readonly ignoreApi: boolean;
}

/** What counts as a repeat, and within how many milliseconds. */
export interface Repeats {
	readonly what: 'delivery' | 'record' | 'nothing';
	readonly windowMs: number;
}

const objectAt = (context: SettingsContext, name: string): IDataObject => {
	const value: unknown = read(context, name, {});
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as IDataObject) : {};
};

/** Executions name the item of a parameter; nothing else has items. */
function read(context: SettingsContext, name: string, standard: unknown): unknown {
	return 'getInputData' in context ? context.getNodeParameter(name, 0, standard) : context.getNodeParameter(name, standard);
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string' || typeof one === 'number').map(String) : []);

/** The keys of the events that the node listens to. @throws NodeOperationError when there are none */
export function chosenEvents(context: SettingsContext): string[] {
	const events = texts(read(context, 'events', []));
	if (events.length > 0) return events;
	throw new NodeOperationError(context.getNode(), 'No event is chosen', { description: 'Open the Keap Trigger and choose at least one event.' });
}

/** Whether each delivery is passed on as Keap sent it. */
export const passesDeliveries = (context: SettingsContext): boolean => read(context, 'output', 'objects') === 'delivery';

export const fetchesRecords = (context: SettingsContext): boolean => read(context, 'fetchRecord', true) === true;

export function filtersOf(context: SettingsContext): Filters {
	const { tags, stages, orderStatuses, ignoredUsers, ignoreApi } = objectAt(context, 'filters');
	return { tags: texts(tags), stages: texts(stages), orderStatuses: texts(orderStatuses), ignoredUsers: texts(ignoredUsers), ignoreApi: ignoreApi === true };
}

export function repeatsOf(context: SettingsContext): Repeats {
	const { dropRepeats, repeatWindow } = objectAt(context, 'options');
	const minutes = Number(repeatWindow ?? 60);
	return {
		what: dropRepeats === 'record' || dropRepeats === 'nothing' ? dropRepeats : 'delivery',
		windowMs: (Number.isFinite(minutes) && minutes > 0 ? minutes : 60) * 60_000,
	};
}
