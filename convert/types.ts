/** A workflow as n8n exports it, as far as the converter looks at it. */
export interface Workflow {
	nodes: WorkflowNode[];
	connections: Record<string, Record<string, Array<Array<{ node: string }> | null>>>;
	[other: string]: unknown;
}

export interface WorkflowNode {
	name: string;
	type: string;
	typeVersion: number;
	parameters: Parameters;
	credentials?: unknown;
	[other: string]: unknown;
}

export type Parameters = Record<string, unknown>;

/** How a value of the older node becomes one of ours. An expression stays an expression. */
export type Form =
	/** The same value. */
	| 'same'
	/** An ID, for a field that picks a record: `{__rl, mode: 'id', value}`. */
	| 'record'
	/** A list of IDs as text, separated by commas. */
	| 'ids'
	/** Text that the older node handed to Keap in Base64. */
	| 'text'
	/** `true` for public, `false` for private. */
	| 'isPublic'
	/** One of these, by the older node's value. */
	| Readonly<Record<string, string>>;

/** Where the value of a parameter goes, or why it goes nowhere. */
export type Rule =
	| {
			readonly to: string;
			readonly form?: Form;
			readonly look?: string;
			/** What the older node took where the workflow stores nothing: n8n leaves defaults out. Given where ours has another, or none. */
			readonly default?: unknown;
			/** Said where the value is that default, stored or not. */
			readonly lookAtDefault?: string;
	  }
	/** Nothing takes its place; said only where somebody had filled it in. */
	| { readonly without: string };

/** Small records, such as phone numbers. */
export interface ListRule {
	/** Where the entries go. */
	readonly to: string;
	/** Where ours is one entry: the older node, too, sent only the first. */
	readonly first?: true;
	readonly fields: Readonly<Record<string, Rule>>;
	/** Where each entry has a parameter of its own in ours: by the value of one of its fields. */
	readonly slots?: {
		readonly by: string;
		readonly to: Readonly<Record<string, string>>;
		/** Where ours takes no more of an entry than this part of it. */
		readonly only?: string;
	};
	/** What each entry has besides. */
	readonly fixed?: Parameters;
	/** An entry that goes to a field of its own: the one with this value of `by`, or else, where ours needs one, the first. */
	readonly main?: { readonly by: string; readonly is: string; readonly field: string; readonly to: string; readonly orFirst?: true };
}

/** One operation of the older node, parameter by parameter. */
export interface OperationRule {
	readonly node: 'keap' | 'keapCommerce' | 'keapProducts' | 'keapTrigger';
	/** `resource` and `operation` among them. */
	readonly fixed: Parameters;
	/** By the older node's name, with dots into collections. */
	readonly fields: Readonly<Record<string, Rule>>;
	readonly lists?: Readonly<Record<string, ListRule>>;
	/** `order` and `orderDirection` as our one Order By: Keap's name of the column by the older value. */
	readonly order?: { readonly in: string; readonly columns: Readonly<Record<string, string>> };
	/** Parameters of ours that the older node has no value for. */
	readonly open?: Readonly<Record<string, string>>;
	/** What a person should know of this operation. */
	readonly look?: readonly string[];
	/** What answers call otherwise now, by the name in the older node's answers. */
	readonly answers: Readonly<Record<string, string>>;
}
