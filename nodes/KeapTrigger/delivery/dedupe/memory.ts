import { FINGERPRINT } from './fingerprint';

/** As n8n stores it: by the minute (since 1970) in which they came, the fingerprints one after another. */
export type StoredFingerprints = Record<string, string>;

/**
 * Bytes that a node's memory may take: n8n writes it to its database with every delivery. Enough for some 85,000 changes;
 * beyond that the oldest are forgotten before the window ends.
 */
export const MOST_BYTES = 1_048_576;
/** What a minute takes beside its fingerprints. */
const BYTES_OF_MINUTE = 14;
const MINUTE_MS = 60_000;

const minuteOf = (ms: number): number => Math.floor(ms / MINUTE_MS);

function* partsOf(text: string): Generator<string> {
	for (let from = 0; from + FINGERPRINT <= text.length; from += FINGERPRINT) yield text.slice(from, from + FINGERPRINT);
}

/** What a trigger has passed on lately, by fingerprint, oldest first. */
export class DedupeMemory {
	/** All that counts as passed on; what is under way is among them. */
	private readonly known = new Set<string>();
	/** What n8n has taken for good. */
	private readonly minutes = new Map<number, string>();
	private bytes = 0;

	/** Takes over what n8n has stored: by an earlier process, or by another one of the same n8n. */
	merge(stored: Readonly<StoredFingerprints>): void {
		for (const [minute, text] of Object.entries(stored)) {
			if (typeof text !== 'string' || this.minutes.get(Number(minute)) === text) continue;
			this.keep(
				[...partsOf(text)].filter((print) => !this.known.has(print)),
				Number(minute),
			);
		}
	}

	/** Forgets what came before the window. @param now epoch milliseconds */
	expire(now: number, windowMs: number): void {
		const since = minuteOf(now - windowMs);
		for (const minute of [...this.minutes.keys()]) if (minute < since) this.drop(minute, Infinity);
	}

	/** Notes a fingerprint as under way. @returns whether it is new */
	add(print: string): boolean {
		if (this.known.has(print)) return false;
		this.known.add(print);
		return true;
	}

	/** n8n has taken these: they stay. */
	confirm(prints: readonly string[], now: number): void {
		this.keep(prints, minuteOf(now));
	}

	/** n8n could not take these: they are new when Keap sends them again. */
	forget(prints: readonly string[]): void {
		for (const print of prints) this.known.delete(print);
	}

	/** What n8n is to store: all that was taken for good, and these of the delivery that it stores it with. */
	stored(under: readonly string[], now: number): StoredFingerprints {
		const all: StoredFingerprints = Object.fromEntries(this.minutes);
		if (under.length > 0) all[minuteOf(now)] = (all[minuteOf(now)] ?? '') + under.join('');
		return all;
	}

	private keep(prints: readonly string[], minute: number): void {
		if (prints.length === 0) return;
		if (!this.minutes.has(minute)) this.bytes += BYTES_OF_MINUTE;
		this.minutes.set(minute, (this.minutes.get(minute) ?? '') + prints.join(''));
		this.bytes += prints.length * FINGERPRINT;
		for (const print of prints) this.known.add(print);
		while (this.bytes > MOST_BYTES) this.drop(Math.min(...this.minutes.keys()), Math.ceil((this.bytes - MOST_BYTES) / FINGERPRINT));
	}

	/** Forgets so many of a minute, from its start. */
	private drop(minute: number, count: number): void {
		const text = this.minutes.get(minute) ?? '';
		const cut = Math.min(text.length, count * FINGERPRINT);
		for (const print of partsOf(text.slice(0, cut))) this.known.delete(print);
		this.bytes -= cut;
		if (cut < text.length) this.minutes.set(minute, text.slice(cut));
		else if (this.minutes.delete(minute)) this.bytes -= BYTES_OF_MINUTE;
	}
}
