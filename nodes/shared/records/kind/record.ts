import type { IDataObject } from 'n8n-workflow';

import { customFields as customFieldsOf } from '../../catalogue/customFields/customFields';
import { type FieldTexts, type LoadedList } from '../../catalogue/fields/fields';
import type { ListRules, ObjectRules } from '../../catalogue/operation/listRules';
import { inMajorUnits, type PlainUnits } from '../../catalogue/money/majorUnits';
import type { BundledRead, CustomFieldModel, Field, Simplifier } from '../../catalogue/operation/types';
import { withCustomFields } from '../../catalogue/simplify';
import { type CachedList, loadCachedList, searchCachedList } from '../../locators/cachedList';
import { byName } from '../../locators/names/byName';
import { type Maker, namesInList } from '../../locators/names/named';
import { defineLocator, type IdForm, NUMBER, OPAQUE, type ListSearch, type Locator, type LocatorMode } from '../../locators/locator';
import { type PrefixSearch, searchByPrefix } from '../../locators/prefixSearch';
import { capitalized } from '../../runtime/capitalized';

/** How people find a record in the editor: in a list short enough to be read whole, by how a field begins, in Keap, or by a search of its own. */
export type FindBy =
	| ({
			readonly by: 'list';
			/** Where the list is read, if not at the record's own path. */ readonly from?: Pick<CachedList, 'path' | 'records'>;
			/** Whether a name says too little to name one by it. */ readonly unnamed?: boolean;
			/** Makes one of a name that is not there, where the user wants that. */ readonly maker?: Maker;
	  } & Pick<CachedList, 'inOrder' | 'inside' | 'name' | 'query'>)
	| ({ readonly by: 'prefix' } & Pick<PrefixSearch, 'filters' | 'query' | 'scope' | 'pageSize'>)
	| { readonly by: 'search'; readonly search: ListSearch };

/** What is known of a kind of record. Rows, locators, look-ups, both triggers and the simplified output derive from it. */
export interface RecordFacts {
	/** In the words of Keap's screens, lower case, in the singular: `tag category`. */
	readonly one: string;
	/** In the plural; `one` with an s unless given. */
	readonly many?: string;
	/** Keap's path of the list: `/crm/rest/v2/tags/categories`. */
	readonly path: string;
	/** Keap's path of one; the list's with the ID behind it unless given. */
	readonly onePath?: string;
	/** The name of the list in Keap's answer. */
	readonly records: string;
	/** The name of the ID in Keap's paths; `one` with `_id` unless given. */
	readonly id?: string;
	/** The name of the parameter that holds one; `one` with `Id` unless given. */
	readonly parameter?: string;
	/** The filter that takes many IDs at a time, and how many; 100 unless given, which is what Keap documents where it says a number. */
	readonly byIds?: {
		readonly filter: string;
		readonly max?: number;
		readonly parent?: string;
		/** Whether Keap reads none by itself. */
		readonly onlyListed?: boolean;
	};
	/** Keap's largest page, where it is not the usual 1,000. */
	readonly pageSize?: number;
	/** Whether Keap gives the list whole, without pages. */
	readonly unpaged?: boolean;
	/** The names that `fields` must list for Keap to answer with the whole record, where it leaves some out. */
	readonly fields?: readonly string[];
	/** The same for a list, where Keap wants other names there than for one record. */
	readonly fieldsOfList?: readonly string[];
	/** Whether Keap takes `fields` with a create and an update, too. */
	readonly writesTakeFields?: boolean;
	/** What a list can be ordered by: Keap's names with what people read. */
	readonly order?: ReadonlyArray<readonly [key: string, name: string]>;
	/** Fields of which a record has at least one, where it has no `id`: without any, an answer is not the record. */
	readonly expects?: readonly string[];
	/** The field that holds when the record was made. */
	readonly created?: string;
	/** What stands for the record in the editor's lists. */
	readonly label?: (record: IDataObject) => string;
	readonly findBy?: FindBy;
	/** A further way to name one in a parameter: a contact by its email address. */
	readonly alsoBy?: LocatorMode;
	/** How its IDs look; whole numbers unless given. */
	readonly idForm?: IdForm;
	/** Whether the account can give it custom fields; their model is under its path. */
	readonly customFields?: boolean;
	/** The lists in it that Keap replaces as a whole, besides the custom fields. */
	readonly lists?: ListRules;
	/** The objects in it that Keap replaces as a whole, by their names in a request. */
	readonly objects?: ObjectRules;
	/** A record as people think of it: flat, the identity first. Custom fields are added by label. */
	readonly shape?: Simplifier['shape'];
	/** For a record with amounts of money: its simplified form has them in the major unit, plain numbers by these units. */
	readonly amounts?: PlainUnits;
	/** The names that `fields` must list for the simplified record, where that is less than the whole one. */
	readonly shapeNeeds?: readonly string[];
	/** Keap's field behind one of the simplified record, where that has another name; for kinds that take `fields`. */
	readonly from?: Readonly<Record<string, string>>;
}

/** What is known of a kind of record, with what follows from it. */
export interface RecordKind extends RecordFacts, Locator {
	readonly many: string;
	readonly onePath: string;
	readonly id: string;
	readonly parameter: string;
	readonly model?: CustomFieldModel;
	/** The two parameters for custom fields; none where there are no such. */
	readonly customFieldParameters: readonly Field[];
	readonly simplify?: Simplifier;
	/** The parameter that names the record an operation is about. */
	readonly inPath: (texts?: Partial<FieldTexts>) => Field;
	/** For parameters that take several. */
	readonly list: LoadedList;
	/** How one is named besides by ID. */
	readonly namedBy?: LocatorMode;
	/** Where many are read by their IDs in one call. */
	readonly lookup?: Omit<BundledRead, 'id'>;
	readonly bundledRead?: BundledRead;
}

/** What surely follows from the facts of a kind of record: nobody has to ask whether it is there. */
type Certain<Facts extends RecordFacts> = (Facts extends { readonly byIds: object }
	? { readonly lookup: Omit<BundledRead, 'id'>; readonly bundledRead: BundledRead }
	: unknown) &
	(Facts extends { readonly customFields: true } ? { readonly model: CustomFieldModel } : unknown) &
	(Facts extends { readonly fields: readonly string[] } ? { readonly fields: readonly string[] } : unknown);

const MOST_IDS = 100;

const words = (text: string): string[] => text.split(/[ -]/);
export const titleCase = (text: string): string => words(text).map(capitalized).join(' ');
const pascal = (text: string): string => titleCase(text).replaceAll(' ', '');
const camel = (text: string): string => text.charAt(0).toLowerCase() + pascal(text).slice(1);

const cachedList = ({ path, records, pageSize, unpaged, label }: RecordFacts, findBy: FindBy | undefined): CachedList => ({
	path,
	records,
	...(pageSize !== undefined && { pageSize }),
	...(unpaged === true && { unpaged }),
	label: label ?? ((record) => `#${String(record.id)}`),
	...(findBy?.by === 'list' && { ...findBy, ...findBy.from }),
});

function searchOf({ path, records, pageSize }: RecordFacts, findBy: FindBy | undefined, list: CachedList): ListSearch {
	if (findBy?.by === 'search') return findBy.search;
	if (findBy?.by !== 'prefix') return searchCachedList(list);
	return searchByPrefix({ ...findBy, path, records, label: list.label, ...(pageSize !== undefined && { pageSize }) });
}

/** By Name, for a kind whose records the editor lists whole and that have names of their own; codes name themselves. */
function nameMode({ one, findBy, idForm }: RecordFacts, many: string, list: CachedList): LocatorMode | undefined {
	if (findBy?.by !== 'list' || findBy.unnamed === true || (idForm !== undefined && idForm !== OPAQUE)) return undefined;
	return byName(namesInList(one, many, list, findBy.maker), (idForm ?? NUMBER).encode);
}

/** Derives everything that follows from the facts of a kind of record. */
export function defineRecord<const Facts extends RecordFacts>(facts: Facts): RecordKind & Certain<Facts> {
	const { one, path, findBy, records, byIds } = facts;
	const many = facts.many ?? `${one}s`;
	const id = facts.id ?? `${words(one).join('_')}_id`;
	const parameter = facts.parameter ?? `${camel(one)}Id`;
	const list = cachedList(facts, findBy);
	const find = searchOf(facts, findBy, list);
	const namedBy = facts.alsoBy ?? nameMode(facts, many, list);
	const locator = defineLocator(`search${pascal(many)}`, find, facts.idForm, namedBy);
	const model = facts.customFields === true ? { path: `${path}/model` } : undefined;
	const onePath = facts.onePath ?? `${path}/{${id}}`;
	const lookup = byIds && { path, filter: byIds.filter, records, max: byIds.max ?? MOST_IDS };
	const { parent, onlyListed } = byIds ?? {};
	const alone = onlyListed === true ? {} : { one: { path: onePath, id } };
	// TypeScript can't follow that `byIds` of the facts decides over `lookup`.
	return {
		...facts,
		many,
		onePath,
		id,
		parameter,
		...(model !== undefined && { model }),
		customFieldParameters: model === undefined ? [] : customFieldsOf(`map${pascal(one)}CustomFields`, model),
		...simplifierOf(facts, model),
		...locator,
		inPath: (texts = {}) =>
			locator.field(parameter, titleCase(one), { in: 'path', key: id, required: true, description: `The ${one} to work on`, ...texts }),
		list: { method: `get${pascal(many)}`, load: loadCachedList(list) },
		...(namedBy !== undefined && { namedBy }),
		// One below another record is read by itself only where that one is known.
		...(lookup !== undefined && { lookup: { ...lookup, ...(parent === undefined && alone) } }),
		...(lookup !== undefined && { bundledRead: { ...lookup, ...alone, id, ...(parent !== undefined && { parent }) } }),
	} as RecordKind & Certain<Facts>;
}

function simplifierOf({ shape, shapeNeeds, from, amounts }: RecordFacts, model: CustomFieldModel | undefined): { simplify?: Simplifier } {
	if (shape === undefined) return {};
	const fields = { ...(shapeNeeds !== undefined && { fields: shapeNeeds }), ...(from !== undefined && { from }) };
	const simplify: Simplifier = { ...fields, ...(model === undefined ? { shape } : withCustomFields(model, shape)) };
	return { simplify: amounts === undefined ? simplify : inMajorUnits(simplify, amounts) };
}
