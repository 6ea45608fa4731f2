import type { IDataObject } from 'n8n-workflow';

/** Whether a value out of JSON is an object: neither a list nor null. */
export const isRecord = (value: unknown): value is IDataObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An inner record; an empty one where there is none. */
export const inner = (value: unknown): IDataObject => (isRecord(value) ? value : {});

/**
 * What a table has under a name that comes from outside; `undefined` for `constructor` and its like, which every object has from
 * its prototype.
 */
export const ownOf = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
	Object.hasOwn(table, name) ? table[name] : undefined;
