import type { IDataObject } from 'n8n-workflow';

/** A list of records, as Keap or a user gives it; an empty one where there is none. */
export const listOf = (value: unknown): IDataObject[] => (Array.isArray(value) ? (value as IDataObject[]) : []);
