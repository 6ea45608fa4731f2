import type { IBinaryData, IDataObject } from 'n8n-workflow';

import type { KeapUpload } from '../../transport';
import { printable } from '../../runtime/printable';
import { BadInput, shown } from '../operation/badInput';
import type { Work } from '../operation/types';
import { WithFile } from '../operation/withFile';
import { ownOf } from '../../runtime/isRecord';

/** A file of an input item, in memory. */
export interface BinaryFile {
	readonly data: Buffer;
	readonly fileName: string;
}

/** The file that an item holds in one of its binary fields. @throws BadInput when it has none, with the names of those that it has */
export function binaryOf({ context }: Work, item: number, name: string, parameter: string): IBinaryData {
	const files = context.getInputData()[item]?.binary ?? {};
	const file = ownOf(files, name);
	if (file !== undefined) return file;
	const names = Object.keys(files);
	throw new BadInput(
		`names ${shown(name)}, and this item has no file there`,
		names.length === 0
			? 'The item has no file at all: put a node before this one that reads or downloads it.'
			: `Its files are in: ${names.join(', ')}.`,
		parameter,
	);
}

/** The name a file goes by; the field's name where it has none of its own. */
export const fileNameOf = ({ fileName, fileExtension }: IBinaryData, field: string): string =>
	fileName || (fileExtension === undefined || fileExtension === '' ? field : `${field}.${fileExtension}`);

/**
 * Reads a file of an item whole, for those that go into JSON.
 * @param largest bytes
 * @throws BadInput when there is none, or it is too big
 */
export async function readBinary(work: Work, item: number, name: string, parameter: string, largest: number): Promise<BinaryFile> {
	const file = binaryOf(work, item, name, parameter);
	const data = await work.context.helpers.getBinaryDataBuffer(item, name);
	const fileName = fileNameOf(file, name);
	if (data.length > largest) {
		throw new BadInput(
			`has a file that is too big: ${fileName} has ${data.length} bytes, Keap takes ${largest}`,
			'Send a smaller file, or upload it with the File resource and send a link to it.',
			parameter,
		);
	}
	return { data, fileName };
}

/** A file of an item as a part of a form, streamed from where n8n keeps it. @throws BadInput when the item has none */
export async function uploadOf(work: Work, item: number, name: string, parameter: string): Promise<KeapUpload> {
	const file = binaryOf(work, item, name, parameter);
	const { helpers } = work.context;
	const about = { fileName: fileNameOf(file, name), contentType: file.mimeType };
	const { id } = file;
	if (id === undefined) {
		const data = Buffer.from(file.data, 'base64');
		return { ...about, size: data.length, open: async () => await Promise.resolve(data) };
	}
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return { ...about, size: fileSize, open: async () => (await helpers.getBinaryStream(id)) as AsyncIterable<Uint8Array> };
}

const LONGEST_NAME = 200;

/** The name of a file from elsewhere as it may stand on a disk: no folder, no control characters, nothing that shows it other than it is. */
const safeName = (name: string): string => printable(name).split(/[/\\]/).at(-1)?.trim().slice(-LONGEST_NAME) ?? '';

/** An answer with a file; n8n finds out its type from the name and the bytes. @param field the binary field it is put into */
export async function withFile({ context }: Work, json: IDataObject, field: string, data: Buffer, fileName: string): Promise<WithFile> {
	return new WithFile(json, { [field]: await context.helpers.prepareBinaryData(data, safeName(fileName)) });
}
