import type { IDataObject, IExecuteFunctions, INodeProperties, INodeType } from 'n8n-workflow';

import type { KeapContext, KeapMethod, KeapQuery, KeapRequest } from '../../transport';
import type { Tries } from './tries';
import type { WithFile } from './withFile';

/** Where a value goes in the request. `key` is Keap's name; in a body a dot reaches into an object (`company.id`). */
export interface Target {
	readonly in: 'path' | 'query' | 'body' | 'filter';
	readonly key: string;
	/** Whether it is one of several entries of a list in the body, each from a field of its own. */
	readonly isEntry?: true;
	/** A filter's comparison, `==` by default. */
	readonly operator?: '==' | '>=' | '<=';
}

/** One parameter of the node: how n8n shows it, where its value goes, and how that value is checked and written for Keap. */
export interface Field {
	/** n8n's description of the parameter, without `displayOptions`: those follow from the rows that use the field. */
	readonly property: INodeProperties;
	/** Absent for a value that the row's own function reads (`call.values`), such as an option of ours. */
	readonly to?: Target;
	/**
	 * Checks the raw value and turns it into Keap's form. `undefined` means: not given, leave it out.
	 * @throws BadInput what is wrong, in words that follow the parameter's display name.
	 */
	readonly encode?: (raw: unknown) => unknown;
	/** Keap's list that the row's own function puts the value into: given alone, it is a change too. */
	readonly into?: string;
	/** The encoder of a required field where an empty value is allowed, as in an update. */
	readonly whenGiven?: (raw: unknown) => unknown;
	/** `false` for a field that an update can't empty. */
	readonly clearable?: false;
	/** What the editor calls for this field: searches of locators, lists of dropdowns, mappings of custom fields, by their names. */
	readonly methods?: Pick<NonNullable<INodeType['methods']>, 'listSearch' | 'loadOptions' | 'resourceMapping'>;
	/** Looks up what the field names otherwise than by ID. */
	readonly resolver?: ReferenceResolver;
	/** The same for the parts of an entry, which are no members of their own. */
	readonly resolvers?: readonly ReferenceResolver[];
	/** The fields of a collection; each goes where its own `to` says. */
	readonly members?: readonly Field[];
}

/** Finds records by what people know them by, for all items of a run together. */
export interface ReferenceResolver {
	/** The word that begins the references it knows: `contact` of `contact ada@example.com`. */
	readonly kind: string;
	/** The ID of each, or the error that says why there is none. @param wanting the items that name a text */
	readonly resolve: (
		work: Work,
		texts: ReadonlySet<string>,
		wanting: (text: string) => readonly Call[],
	) => Promise<ReadonlyMap<string, string | Error>>;
}

/** A condition of a filter: its text, or what stands before an amount of money that the account's currency has still to settle. */
export type FilterPart = string | { readonly condition: string; readonly amount: { toKeap(currency?: string): number | string } };

/** What one item asks for, read and checked, before a call is spent. */
export interface Call {
	readonly item: number;
	readonly operation: Operation;
	readonly pathParams: Readonly<Record<string, string>>;
	readonly query: KeapQuery;
	readonly body: IDataObject;
	/** The filter in parts, where one of them has an amount of money in it. */
	readonly filter?: readonly FilterPart[];
	/** As a tool of an AI agent: how many records it gets at most. */
	readonly answerLimit?: number;
	/** With Output > Selected Fields: which. */
	readonly selection?: Selection;
	/** Encoded values by parameter name, members of collections included. */
	readonly values: Readonly<Record<string, unknown>>;
}

/** What an operation returns for one item: one record, several, none, or one with a file. */
export type Answer = IDataObject | IDataObject[] | WithFile;

/** What the router hands to a row's own function. */
export interface Work {
	readonly context: IExecuteFunctions;
	/** Ends when the node fails or the execution is stopped: what still waits for a slot is then not sent. */
	readonly signal: AbortSignal;
	/** How many items are still to come: the throttle keeps some calls of the minute for people while a long run goes on. */
	readonly backlog?: () => number;
	/** What earlier tries of this run of the node have done already; see n8n's Retry On Fail. */
	readonly tries: Tries;
}

/** Reads of single records that Keap answers many at a time: `GET list?filter=ids==1,2,3`. */
export interface BundledRead {
	readonly path: string;
	/** The filter field that takes the ids. */
	readonly filter: string;
	/** The list's name in the answer. */
	readonly records: string;
	/** The field of a record that holds the value it was looked up by; `id` by default. Compared without regard to case. */
	readonly key?: string;
	/** The path parameter of the single read that holds the id. */
	readonly id: string;
	/** Most ids in one call. Keap documents 100; it also keeps the address short. */
	readonly max: number;
	/** Where one is read by itself, and the path parameter that takes its id: what a list does not name, it may only not name yet. */
	readonly one?: { readonly path: string; readonly id: string };
	/** The path parameter of the record above it, which each record repeats under the same name: a note of another contact is not found. */
	readonly parent?: string;
}

/** Writes that Keap takes for many records at once: `POST …:applyTags {contact_ids}`. */
export interface BundledWrite {
	/** The name of the list of ids in the body. */
	readonly ids: string;
	/** Most ids in one call. */
	readonly max: number;
	/** How a call names them, where that is not a list of texts in the body. */
	readonly naming?: (ids: readonly string[]) => Pick<KeapRequest, 'body' | 'query'>;
	/** What kind of record the ids name, for messages: `contact`. */
	readonly record: string;
	/** Where the record in the path is read, and where those that the ids name are: to find the bad one when Keap refuses a call. */
	readonly parent?: string;
	readonly lookup?: Omit<BundledRead, 'id'>;
	/** The name of the answer's map from id to result; `results` by default. */
	readonly results?: string;
	/** A call refused although all its records are there is wrong for all of them: it is not halved to find a bad id. */
	readonly whole?: boolean;
	/** Items that can share no call; the row's `perform` carries them out. */
	readonly alone?: (call: Call) => boolean;
}

/** Records that Keap creates many at a time: `POST …:batchAdd {emails: […]}`. The body of each item is one of them. */
export interface BundledCreate {
	/** The name of the list in the body. */
	readonly list: string;
	/** Most records in one call. */
	readonly max: number;
	/** The record as it is sent, where that is more than the item's body. */
	readonly record?: (call: Call) => IDataObject;
	/** The result of each record sent, in their order: what was created, or the reason why not; `undefined` where Keap's answer does not mention it. */
	readonly answers: (answer: IDataObject, sent: readonly IDataObject[]) => Array<IDataObject | Error | undefined>;
}

/** For updates that Keap wants whole: what the user does not give is sent as Keap has it. */
export interface Completion {
	/** Where the record is read; shares the row's path parameters. */
	readonly path: string;
	/** The list in which it is found by the path parameter `id`, where it can't be read alone. */
	readonly records?: string;
	/** Body fields that must be there, and what stands in them when neither the user nor Keap has a value. */
	readonly fields: Readonly<IDataObject>;
	/** Of these, lists of IDs to which what the user gives is added, unless the user has chosen to replace them. */
	readonly lists?: readonly string[];
	/** The record in the words of the request, where they differ. */
	readonly as?: (record: IDataObject) => IDataObject;
}

/** How a record is to be simplified. */
export interface Shaping {
	/** Whether a write has brought the record: what it takes further calls for must then not fail the item, which is done. */
	readonly written?: boolean;
	/** Whether custom fields go by Keap's names for them, which stay when a label is changed. */
	readonly byFieldName?: boolean;
	/** Whether a field is wanted that takes a further call; all are unless given. */
	readonly wants?: (field: string) => boolean;
}

/** Trims big records for people and agents, after n8n's guideline on "Simplify" and "Output". */
export interface Simplifier {
	/** Keap's `fields`: only these are asked for when the output is simplified. */
	readonly fields?: readonly string[];
	/** Keap's field behind one of the simplified record, where that has another name: `email` comes out of `email_addresses`. */
	readonly from?: Readonly<Record<string, string>>;
	/** Where the labels of the simplified `custom_fields` are read. */
	readonly customFields?: CustomFieldModel;
	readonly shape: (record: IDataObject, context: KeapContext, how?: Shaping) => IDataObject | Promise<IDataObject>;
}

/** The fields of the simplified record that an item is to have, in their order there; the one that names the record is among them. */
export interface Selection {
	readonly fields: readonly string[];
	/** Of the custom fields only these: the label of each by its ID. */
	readonly customFields?: ReadonlyMap<string, string>;
}

/**
 * What a row does to the world, the gravest word that fits it. docs/agents.md has the rule for people.
 *
 * - `reads`: changes nothing
 * - `writes`: makes or changes records of people and business, which stay in Keap; a person can put it right again there
 * - `deletes`: removes, merges or ends something for good
 * - `sends`: sends email or an invitation, or starts an automation, which may send
 * - `opens`: opens a way out of Keap or into it: an address that it calls, a link that people follow, a file that everybody may see,
 *   consent to marketing, a sign-in, a key
 * - `charges`: takes money, or changes what Keap takes or pays by itself from then on
 * - `configures`: changes how the account works for everybody: its settings, fields, stages, automations, shop
 * - `anything`: not known, as for a custom API call
 */
export type Effect = 'reads' | 'writes' | 'deletes' | 'sends' | 'opens' | 'charges' | 'configures' | 'anything';

/** An operation is a row: what the user sees, what Keap is asked, and how many items may share a call. */
export interface Operation {
	readonly value: string;
	/** Title Case, in the Operation list. */
	readonly name: string;
	/** Sentence case, in the node panel: "Create a contact". */
	readonly action: string;
	readonly description: string;
	readonly method: KeapMethod;
	/** Keap's path with `{names}`; also what the contract test looks up. Empty for operations that call no fixed path. */
	readonly path: string;
	readonly fields: readonly Field[];
	/**
	 * What comes back: `record` (default) the answer itself; `records` a list, paged; `nested` a list inside a single answer;
	 * `deleted` and `success` for answers without a body.
	 */
	readonly answer?: 'record' | 'records' | 'nested' | 'deleted' | 'success';
	/** The name of the list in the answer, for `records` and `nested`. */
	readonly records?: string;
	/** Fields of which Keap's answer has at least one, where it has no `id`: without any it is not the record, and proves nothing. */
	readonly expects?: readonly string[];
	/** Query parameters that never change, such as `fields`. */
	readonly query?: KeapQuery;
	/** Body fields that never change, such as `completed: true`. */
	readonly body?: IDataObject;
	/** Keap's largest page for this list, where it is not the usual 1,000. */
	readonly pageSize?: number;
	/** PATCH: write `update_mask` from the fields given, so that nothing else is touched. */
	readonly mask?: boolean;
	readonly simplify?: Simplifier;
	readonly bundledRead?: BundledRead;
	readonly bundledWrite?: BundledWrite;
	readonly bundledCreate?: BundledCreate;
	readonly completion?: Completion;
	/** A check across fields, before a call is spent. @throws BadInput */
	readonly check?: (call: Call) => void;
	/**
	 * Items whose writes have the same serial key are sent one after the other, in item order. By default the key is the resolved path.
	 * Keap has no idempotency: two upserts of one email side by side would make two contacts.
	 */
	readonly serialKey?: (call: Call) => string | undefined;
	/** Whether it changes nothing in Keap although it is no GET, such as running a report: it may be sent again. */
	readonly reads?: boolean;
	/** Whether Keap answers with 202, because it carries the write out later. */
	readonly accepted?: boolean;
	/** What it does to the world, where its method and its answer do not say it; by its values, where it depends on them. */
	readonly effect?: Effect | ((values: Call['values']) => Effect);
	/** Fields of the body that the row's own function fills in where the user leaves them out. */
	readonly filledIn?: readonly string[];
	/** How many calls one item and a thousand take, for the pages of the documentation, where the rest of the row doesn't say it. */
	readonly costs?: readonly [forOne: string, forThousand: string];
	/** A function for what can't be expressed as data. Returns the answer for one item. */
	readonly perform?: Perform;
	/** The items that `perform` is for, where the others go the usual way. */
	readonly performFor?: (call: Call) => boolean;
	/** The same for what first reads records for many items at once: a thousand updates read their contacts in ten calls, each shortly before it is written. */
	readonly performInGroups?: {
		readonly size: number;
		/** Before each group; `all` are the calls of all groups. */
		readonly begin: (work: Work, group: readonly Call[], all: readonly Call[]) => Promise<Perform>;
	};
	/**
	 * The same for what all items share out among calls in a way of its own: the answer or the error of each, by the number of the item.
	 * `failed` is called as soon as one has failed.
	 */
	readonly performTogether?: (work: Work, calls: readonly Call[], failed: () => void) => Promise<ReadonlyMap<number, Answer | Error>>;
	/** Where the labels, types and options of this record's custom fields are read, for a `customFields` parameter. */
	readonly customFields?: CustomFieldModel;
	/** Where the custom fields are read by which a list can be filtered. */
	readonly customFieldFilters?: CustomFieldModel;
	/** Follow-up for all items that succeeded, together, such as tags after creation. Failures go to the item they belong to. */
	readonly finish?: (work: Work, done: readonly Finished[]) => Promise<ReadonlyMap<number, Error>>;
	/** For a row that stands for several operations of Keap: see `variantsOf`. Its own `path` then has what differs in braces. */
	readonly variants?: Variants;
}

/** One row over several operations of Keap, of which a parameter chooses: custom fields of contacts, of companies, … */
export interface Variants {
	/** The name of the parameter that chooses. It offers the keys of `of`, no more and no less. */
	readonly by: string;
	/**
	 * What each variant has else than the row, by the value that chooses it. A variant can read its parameters in another way,
	 * but has none that the row doesn't show; and it has the row's method: whether an item writes is known before its variant is.
	 */
	readonly of: Readonly<Record<string, Partial<Omit<Operation, 'value' | 'name' | 'action' | 'description' | 'method' | 'variants'>>>>;
	/** Values for which Keap has no such operation although it has others like it: what to do instead, in a sentence. */
	readonly without?: Readonly<Record<string, string>>;
}

export type Perform = (work: Work, call: Call) => Promise<Answer>;

/** The account's own custom fields of one kind of record. */
export interface CustomFieldModel {
	/** Keap's path of the model, such as `/crm/rest/v2/contacts/model`. */
	readonly path: string;
}

export interface Finished {
	readonly call: Call;
	readonly answer: Answer;
}

/** A resource of a node: its operations, in alphabetical order of their names. */
export interface Resource {
	readonly value: string;
	readonly name: string;
	/** Listed after the others, against the alphabet: see `customApiCall`. */
	readonly last?: boolean;
	readonly operations: readonly Operation[];
}
