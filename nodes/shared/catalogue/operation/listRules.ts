/** A list that Keap replaces as a whole: what a request does not list is removed. */
export interface ListRule {
	/** What tells one entry from another. */
	readonly slot: string;
	/** What Keap takes back of an entry; the rest of what it answers is its own to write. */
	readonly written: readonly string[];
	/** What an entry can't do without, where it can't: Keap tells empty slots too, and takes none back. */
	readonly needs?: string;
}

export type ListRules = Readonly<Record<string, ListRule>>;

/** The list that most kinds of record have. */
export const CUSTOM_FIELDS: ListRules = { custom_fields: { slot: 'id', written: ['id', 'content'], needs: 'content' } };
