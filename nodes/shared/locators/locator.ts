import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { located, locatedId } from '../catalogue/fields/encode';
import { opaqueId } from '../catalogue/fields/encodeMore';
import { field, type FieldTexts } from '../catalogue/fields/fields';
import type { Field, ReferenceResolver } from '../catalogue/operation/types';

export type ListSearch = (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) => Promise<INodeListSearchResult>;

/** A kind of record that users pick from a list or name by its id. */
export interface Locator {
	/** The name under which the node registers the search, such as `searchContacts`. */
	readonly method: string;
	readonly search: ListSearch;
	/** A parameter that holds one such record. */
	readonly field: (name: string, displayName: string, texts?: FieldTexts) => Field;
}

/** How the ids of a kind of record look. The expression takes an empty text too: that is for `required` to refuse. */
export interface IdForm {
	readonly example: string;
	readonly regex: string;
	readonly errorMessage: string;
	readonly encode: (raw: unknown) => string | undefined;
}

/** A mode's name, what people read, and an example where it needs one. */
export type ModeTexts = readonly [name: string, displayName: string, example?: string];

/** A further way to name a record, such as a contact by its email address. */
export interface LocatorMode {
	/** The modes that the editor offers for it; without any, only a bare value names one so. */
	readonly texts?: readonly ModeTexts[];
	/** A reference that is looked up when the node runs; undefined for what is none. @throws BadInput */
	readonly encode: (raw: unknown) => string | undefined;
	readonly resolver: ReferenceResolver;
}

/** What most IDs are. */
export const NUMBER: IdForm = {
	example: '1234',
	regex: '^\\s*[0-9]{0,19}\\s*$',
	errorMessage: 'An ID is a whole number',
	encode: locatedId,
};

/** Ids of Keap's pipelines, whose form is not documented. */
export const OPAQUE: IdForm = {
	example: '5f2b6c1e-7d3a',
	regex: '^\\s*([0-9]{0,19}|[A-Za-z0-9_-]{8,64})\\s*$',
	errorMessage: 'Such an ID is a number, or letters and digits with hyphens',
	encode: (raw) => opaqueId(located(raw)),
};

/**
 * @param method the search method's registered name
 * @param search finds records by what the user typed
 * @param form how its ids look; whole numbers by default
 * @param more a further way to name one
 */
export function defineLocator(method: string, search: ListSearch, form: IdForm = NUMBER, more?: LocatorMode): Locator {
	const { example, regex, errorMessage } = form;
	// An expression and an agent give the bare value, whichever mode is chosen.
	const encode = (raw: unknown): string | undefined => more?.encode(raw) ?? form.encode(raw);
	return {
		method,
		search,
		field: (name, displayName, texts = {}) =>
			withResolver(
				more,
				field(
					{ name, displayName, ...texts, methods: { listSearch: { [method]: search } } },
					{
						type: 'resourceLocator',
						default: { mode: 'list', value: '' },
						modes: [
							{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: method, searchable: true } },
							{
								displayName: 'By ID',
								name: 'id',
								type: 'string',
								// Everybody knows what a number looks like; some ninety of these travel to the browser.
								...(form !== NUMBER && { placeholder: `e.g. ${example}` }),
								validation: [{ type: 'regex', properties: { regex, errorMessage } }],
							},
							...(more?.texts ?? []).map(modeOf),
						],
					},
					encode,
				),
			),
	};
}

const withResolver = (more: LocatorMode | undefined, made: Field): Field =>
	more === undefined ? made : { ...made, resolver: more.resolver };

const modeOf = ([name, displayName, placeholder]: ModeTexts) => ({
	displayName,
	name,
	type: 'string' as const,
	...(placeholder !== undefined && { placeholder }),
});
