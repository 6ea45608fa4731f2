import type { KeapRecord } from '../types';

/** What a new record is made of; the store gives it an id unless it brings its own. */
export type RecordDraft = Omit<Partial<KeapRecord>, 'id'> & { id?: string };

/**
 * The records of one kind by id: a Map in the order of creation that also hands its records out as a list and knows
 * when it changed, so that paging through 100,000 records copies nothing but the page. Records are never changed in place.
 */
export class RecordStore extends Map<string, KeapRecord> {
	/** Grows with every change: whatever was worked out from an older version is stale. */
	version = 0;
	private list: KeapRecord[] | undefined = [];
	private nextId: number;
	private readonly listeners: Array<(id: string, before: KeapRecord | undefined, after: KeapRecord | undefined) => void> = [];

	constructor(private readonly firstId = 1) {
		super();
		this.nextId = firstId;
	}

	/** All records, oldest first. Not to be changed. */
	get rows(): readonly KeapRecord[] {
		this.list ??= [...this.values()];
		return this.list;
	}

	/** The id that the next record gets. */
	get upcomingId(): number {
		return this.nextId;
	}

	/** Stores a new record under the next id (or its own) and gives it back. */
	add(draft: RecordDraft): KeapRecord {
		const id = draft.id ?? String(this.nextId);
		this.nextId = Math.max(this.nextId, Number(id) || 0) + 1;
		const record: KeapRecord = Object.assign({ id }, draft, { id });
		this.set(id, record);
		return record;
	}

	/** Calls `listener` on every change of one record, for indexes and links that depend on it. */
	onChange(listener: (id: string, before: KeapRecord | undefined, after: KeapRecord | undefined) => void): void {
		this.listeners.push(listener);
	}

	override set(id: string, record: KeapRecord): this {
		const before = this.get(id);
		if (before) this.list = undefined;
		else this.list?.push(record);
		super.set(id, record);
		this.changed(id, before, record);
		return this;
	}

	override delete(id: string): boolean {
		const before = this.get(id);
		if (!before) return false;
		super.delete(id);
		this.list = undefined;
		this.changed(id, before, undefined);
		return true;
	}

	override clear(): void {
		for (const [id, record] of [...this]) for (const listener of this.listeners) listener(id, record, undefined);
		super.clear();
		this.list = [];
		this.nextId = this.firstId;
		this.version++;
	}

	private changed(id: string, before: KeapRecord | undefined, after: KeapRecord | undefined): void {
		this.version++;
		for (const listener of this.listeners) listener(id, before, after);
	}
}
