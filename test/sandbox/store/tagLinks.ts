/** `at` is ISO 8601. */
export type TagListener = (change: 'applied' | 'removed', tagId: string, recordId: string, at: string) => void;

/** Which records carry which tags, and since when; both ways at once. */
export class TagLinks {
	/** Grows with every change. */
	version = 0;
	private readonly byTag = new Map<string, Map<string, string>>();
	private readonly byRecord = new Map<string, Map<string, string>>();
	private readonly listeners: TagListener[] = [];

	/** Calls `listener` whenever a record gets or loses a tag. */
	onChange(listener: TagListener): void {
		this.listeners.push(listener);
	}

	/** Applies a tag at a time (ISO 8601). False if the record had it already. */
	apply(tagId: string, recordId: string, at: string): boolean {
		if (this.byTag.get(tagId)?.has(recordId)) return false;
		this.version++;
		entryOf(this.byTag, tagId).set(recordId, at);
		entryOf(this.byRecord, recordId).set(tagId, at);
		for (const listener of this.listeners) listener('applied', tagId, recordId, at);
		return true;
	}

	/** Takes a tag away. False if the record did not have it. */
	remove(tagId: string, recordId: string): boolean {
		if (!this.byTag.get(tagId)?.delete(recordId)) return false;
		this.version++;
		this.byRecord.get(recordId)?.delete(tagId);
		for (const listener of this.listeners) listener('removed', tagId, recordId, new Date().toISOString());
		return true;
	}

	/** Record ids with the time they got the tag, in that order. */
	recordsOf(tagId: string): ReadonlyMap<string, string> {
		return this.byTag.get(tagId) ?? NONE;
	}

	/** Tag ids with the time they were applied, in that order. */
	tagsOf(recordId: string): ReadonlyMap<string, string> {
		return this.byRecord.get(recordId) ?? NONE;
	}

	/** The tag is gone. */
	forgetTag(tagId: string): void {
		for (const recordId of [...this.recordsOf(tagId).keys()]) this.remove(tagId, recordId);
	}

	/** The record is gone. */
	forgetRecord(recordId: string): void {
		for (const tagId of [...this.tagsOf(recordId).keys()]) this.remove(tagId, recordId);
	}
}

const NONE: ReadonlyMap<string, string> = new Map();

function entryOf(index: Map<string, Map<string, string>>, id: string): Map<string, string> {
	const entry = index.get(id) ?? new Map<string, string>();
	index.set(id, entry);
	return entry;
}
