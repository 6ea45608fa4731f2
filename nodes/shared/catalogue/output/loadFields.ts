import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { isCancelled, type KeapContext } from '../../transport';
import { readCustomFields } from '../customFields/customFieldModel';
import { labelsOf } from '../customFields/customFields';
import type { Resource, Simplifier } from '../operation/types';
import { chosenVariant } from '../operation/variants';
import { CUSTOM_FIELDS, INSIDE, simplifiedFields } from './selection';
import { capitalized } from '../../runtime/capitalized';

type Load = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

const WORDS: Readonly<Record<string, string>> = { id: 'ID', ids: 'IDs', sku: 'SKU', url: 'URL', xid: 'XID' };

/** `owner_id` as people read it: Owner ID. */
const titleOf = (name: string): string =>
	name
		.split('_')
		.map((word) => WORDS[word] ?? capitalized(word))
		.join(' ');

/**
 * The fields of simplified records to choose from, and the account's custom fields of them behind.
 * @param by what is kept of a custom field: its ID, which stays when its label changes; or its label, which several kinds may share
 */
export async function fieldOptions(
	context: KeapContext,
	simplifier: Simplifier,
	by: 'id' | 'label' = 'id',
): Promise<INodePropertyOptions[]> {
	const own = await simplifiedFields(simplifier, context);
	const { customFields: model } = simplifier;
	// Without them the others can be chosen all the same.
	const custom = await (model === undefined ? [] : readCustomFields(context, model).catch(noneUnlessCancelled));
	const labels = labelsOf(custom);
	return [
		...own.map((value) => ({ name: value === CUSTOM_FIELDS ? 'Custom Fields (All)' : titleOf(value), value })),
		...custom.map(({ id }) => {
			const label = labels.get(id) ?? id;
			return { name: `Custom Field: ${label}`, value: `${INSIDE}${by === 'id' ? id : label}` };
		}),
	];
}

function noneUnlessCancelled(error: unknown): [] {
	if (isCancelled(error)) throw error;
	return [];
}

/** Fills the list of fields for the operation that is chosen in the form. */
export const loadOutputFields = (resources: readonly Resource[]): Load =>
	async function (this) {
		const [resource, operation] = ['resource', 'operation'].map((name) => this.getCurrentNodeParameter(name));
		const row = resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
		if (row === undefined) return [];
		const { simplify } = chosenVariant(row, (name, byDefault) => this.getCurrentNodeParameter(name) ?? byDefault);
		return simplify === undefined ? [] : await fieldOptions(this, simplify);
	};
