import type { IDataObject } from 'n8n-workflow';

/** A record of Keap's that nothing can be concluded from. The router adds the item. */
export class BadAnswer extends Error {
	/** @param what a whole sentence without its end */
	constructor(
		what: string,
		readonly advice: string,
	) {
		super(what);
		this.name = 'BadAnswer';
	}
}

/**
 * A list in a record that is going to be written with its other entries kept. Absent and null are an empty one: Keap refuses a
 * name in `fields` that it does not know, and answers null for, or leaves out, what a record does not have.
 *
 * @throws BadAnswer for anything else: what is taken for an empty list would be removed by the write
 */
export function listIn(record: IDataObject, name: string): IDataObject[] {
	const value = record[name] as unknown;
	if (value === undefined || value === null) return [];
	if (Array.isArray(value) && value.every((entry) => typeof entry === 'object' && entry !== null && !Array.isArray(entry)))
		return value as IDataObject[];
	throw new BadAnswer(
		`"${name}" in Keap's answer about the record with the ID ${String(record.id)} is not a list of entries`,
		'Nothing was written: entries that could not be read would be lost. Try again later; if it stays, look at the record in Keap.',
	);
}
