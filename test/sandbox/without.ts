/** A copy of `record` that lacks some fields. */
export function without<T extends object>(record: T, ...names: string[]): Partial<T> {
	return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name))) as Partial<T>;
}
