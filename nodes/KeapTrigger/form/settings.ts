import { inner } from '../../shared/runtime/isRecord';
import type { IDataObject, IExecuteFunctions, IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';

import { BadInput, refusedParameter } from '../../shared/catalogue/operation/badInput';
import { isEmpty, number, oneOf, recordIds } from '../../shared/catalogue/fields/encode';
import { texts } from '../../shared/catalogue/fields/encodeMore';
import { eventKey } from '../../shared/hooks/eventKey';
import { OTHER } from './events';
import { DUPLICATES, EVENTS, FILTERS, OPTIONS, OTHER_EVENTS, WINDOW_MINUTES } from './labels';
import { OUTPUT } from '../../shared/catalogue/output/parameters';

type SettingsContext = IExecuteFunctions | IHookFunctions | ITriggerFunctions | IWebhookFunctions;

/** Whose records are passed on, as the node's Filters say; an empty list lets everything through. */
export interface Filters {
	/** Ids of tags, for tags applied and removed. */
	readonly tags: readonly string[];
	/** Ids of stages, for opportunities. */
	readonly stages: readonly string[];
	/** Ids of products, for orders, invoices, subscriptions and the products themselves. */
	readonly products: readonly string[];
	/** For affiliates, products and subscriptions: `ACTIVE`, `INACTIVE`. */
	readonly states: readonly string[];
	/** For payments, in units of their currency; 0 lets all through. */
	readonly minimumAmount: number;
	/** Whether test payments are left out. */
	readonly ignoreTestPayments: boolean;
	/** For orders: `PAID`, … */
	readonly orderStatuses: readonly string[];
	/** Ids of users whose own changes are left out. */
	readonly ignoredUsers: readonly string[];
	/** Whether records that a program made are left out when they are new. */
	readonly ignoreApi: boolean;
}

/** What counts as a duplicate, and within how many milliseconds. */
export interface Dedupe {
	readonly what: 'delivery' | 'record' | 'nothing';
	readonly windowMs: number;
}

/** Executions name the item of a parameter; nothing else has items. */
function valueOf(context: SettingsContext, name: string, standard: unknown): unknown {
	return 'getInputData' in context ? context.getNodeParameter(name, 0, standard) : context.getNodeParameter(name, standard);
}

const objectAt = (context: SettingsContext, name: string): IDataObject => inner(valueOf(context, name, {}));

/** @throws NodeOperationError that names the parameter when its value can't be used */
function checked<T>(context: SettingsContext, label: string, raw: unknown, encode: (raw: unknown) => T): T {
	try {
		return encode(raw);
	} catch (error) {
		throw refusedParameter(context.getNode(), label, error);
	}
}

const eventKeys = (raw: unknown): string[] => {
	const keys = (texts(raw) ?? []).map((key) => (key === OTHER ? key : eventKey(key))).filter((key) => key !== undefined);
	if (keys.length === 0) throw new BadInput('has no event in it', 'Open the Keap Trigger and choose at least one event.');
	return keys;
};

/** The keys of the events that the node listens to. @throws NodeOperationError when there are none, or something that is no event */
export function chosenEvents(context: SettingsContext): string[] {
	const listed = checked(context, EVENTS, valueOf(context, 'events', []), eventKeys);
	const others = listed.includes(OTHER) ? checked(context, OTHER_EVENTS, valueOf(context, 'otherEvents', []), eventKeys) : [];
	return [...new Set([...listed, ...others])].filter((key) => key !== OTHER);
}

/** Whether each delivery is passed on as Keap sent it. */
export const passesDeliveries = (context: SettingsContext): boolean => valueOf(context, 'items', 'records') === 'deliveries';

export const fetchesRecords = (context: SettingsContext): boolean => valueOf(context, 'fetchRecord', true) === true;

export const simplifiesRecords = (context: SettingsContext): boolean => valueOf(context, OUTPUT, 'simplified') !== 'raw';

const isNone = (raw: unknown): boolean => isEmpty(raw) || (Array.isArray(raw) && raw.length === 0);

/** @throws NodeOperationError for a filter that would let nothing through because it is no id */
export function filtersOf(context: SettingsContext): Filters {
	const given = objectAt(context, 'filters');
	const ids = (name: 'ignoredUsers' | 'products' | 'stages' | 'tags'): string[] =>
		isNone(given[name]) ? [] : (checked(context, FILTERS[name], given[name], recordIds) ?? []);
	const words = (name: 'orderStatuses' | 'states'): string[] =>
		(checked(context, FILTERS[name], given[name], texts) ?? []).map((word) => word.toUpperCase());
	return {
		tags: ids('tags'),
		stages: ids('stages'),
		orderStatuses: words('orderStatuses'),
		products: ids('products'),
		states: words('states'),
		minimumAmount: checked(context, FILTERS.minimumAmount, given.minimumAmount, number({ min: 0 })) ?? 0,
		ignoreTestPayments: given.ignoreTestPayments === true,
		ignoredUsers: ids('ignoredUsers'),
		ignoreApi: given.ignoreApi === true,
	};
}

/** @throws NodeOperationError that names the option which can't be used */
export function dedupeOf(context: SettingsContext): Dedupe {
	const { dropDuplicates, dedupeWindow } = objectAt(context, 'options');
	const what = checked(context, OPTIONS.dropDuplicates, dropDuplicates, oneOf(DUPLICATES)) ?? 'delivery';
	const minutes = checked(context, OPTIONS.dedupeWindow, dedupeWindow, number(WINDOW_MINUTES)) ?? 60;
	return { what: what as Dedupe['what'], windowMs: minutes * 60_000 };
}

/** Reads all of it, so that a mistake shows when the workflow is activated and not when events come. @throws NodeOperationError */
export function checkSettings(context: SettingsContext): void {
	chosenEvents(context);
	filtersOf(context);
	dedupeOf(context);
}
