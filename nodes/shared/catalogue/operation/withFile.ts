import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

/** An answer that brings a file along: an item with `json` and `binary`. */
export class WithFile {
	constructor(
		readonly json: IDataObject,
		readonly binary: IBinaryKeyData,
	) {}
}
