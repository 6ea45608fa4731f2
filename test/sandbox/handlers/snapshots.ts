import type { SandboxState } from '../store/state';
import type { KeapRecord } from '../types';

/** How many worked-out lists an account keeps: enough for a few readers that page side by side. */
const KEPT = 8;

interface Snapshot {
	version: string;
	rows: readonly KeapRecord[];
}

const kept = new WeakMap<SandboxState, Map<string, Snapshot>>();

/**
 * A filtered, ordered or joined list that was worked out before, as long as nothing it came from has changed:
 * a reader of a hundred pages costs one pass, not a hundred.
 */
export function snapshot(state: SandboxState, key: string, version: string, make: () => readonly KeapRecord[]): readonly KeapRecord[] {
	const snapshots = kept.get(state) ?? new Map<string, Snapshot>();
	kept.set(state, snapshots);
	const found = snapshots.get(key);
	if (found?.version === version) return found.rows;
	const rows = make();
	snapshots.delete(key);
	snapshots.set(key, { version, rows });
	const [oldest] = snapshots.keys();
	if (snapshots.size > KEPT && oldest !== undefined) snapshots.delete(oldest);
	return rows;
}
