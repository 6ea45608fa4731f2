import type { TrailPage } from '../checkpoint/checkpoint';

/** Most pages remembered. Of a longer trail only every second, fourth … page is kept. */
const MOST_PAGES = 100;

/** A trail that is short enough to be stored: its first page and its last one stay. */
export function thinned(trail: readonly TrailPage[]): readonly TrailPage[] {
	if (trail.length <= MOST_PAGES) return trail;
	return thinned(trail.filter((_page, index) => index % 2 === 0 || index === trail.length - 1));
}

/** The index that a page, or the next one above it that is left, has in the trail once it is thinned. */
export function atOrAbove(trail: readonly TrailPage[], index: number): number {
	const kept = new Set(thinned(trail));
	const before = trail.slice(0, index + 1).filter((page) => kept.has(page));
	return Math.max(0, before.length - 1);
}
