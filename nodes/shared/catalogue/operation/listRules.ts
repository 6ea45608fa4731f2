/** A list that Keap replaces as a whole: what a request does not list is removed. */
export interface ListRule {
	/** The part of an entry that identifies it within its list. */
	readonly slot: string;
	/** What Keap takes back of an entry; the rest of what it answers is its own to write. */
	readonly written: readonly string[];
	/** What no entry can be without: Keap's answers list empty slots too, and it takes none back. */
	readonly needs?: string;
	/** What an entry is sent with to make something happen, such as a reason that opts an address in. It never goes back by itself. */
	readonly starts?: readonly string[];
	/** For a part that Keap has renamed: the part that goes back in its place, where the entry has it. */
	readonly instead?: Readonly<Record<string, string>>;
}

export type ListRules = Readonly<Record<string, ListRule>>;

/** The list that most kinds of record have. */
export const CUSTOM_FIELDS: ListRules = { custom_fields: { slot: 'id', written: ['id', 'content'], needs: 'content' } };
