/** A list that changes while it is read, behind the same kinds of queries that Keap's lists take. Seeded: the same on every run. */
export interface Row {
	id: string;
	create: number;
	update: number;
	/** From when on the change can be seen: transactions become visible later than their time says. */
	visible: number;
}

/** Small and good enough to make up a history (mulberry32). */
export function randomFrom(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return (below) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
	};
}

/** Versions are kept, so that a reader sees the last one that is visible. */
export class SimulatedList {
	readonly versions = new Map<string, Row[]>();
	/** Every change that ever was, as `id@time`. */
	readonly history: Row[] = [];
	private nextId = 1;

	constructor(public now: number) {}

	add(at: number, visible: number): string {
		const id = String(this.nextId++);
		this.put({ id, create: at, update: at, visible });
		return id;
	}

	touch(id: string, at: number, visible: number): void {
		const before = this.versions.get(id)?.at(-1);
		// One record is never in two transactions at once.
		if (before && !(at <= before.update) && before.visible <= this.now) this.put({ ...before, update: at, visible });
	}

	delete(id: string): void {
		this.versions.delete(id);
	}

	get ids(): string[] {
		return [...this.versions.keys()];
	}

	/** A record that has not been changed since it was made, and has no time of change. */
	addUnchanged(at: number, visible: number): string {
		const id = String(this.nextId++);
		this.put({ id, create: at, update: NaN, visible });
		return id;
	}

	/** What a query sees now, or of a replica that stands still at a moment. */
	rows(now = this.now): Row[] {
		return [...this.versions.values()].flatMap((versions) => versions.findLast(({ visible }) => visible <= now) ?? []);
	}

	private put(row: Row): void {
		this.versions.set(row.id, [...(this.versions.get(row.id) ?? []), row]);
		this.history.push(row);
	}
}
