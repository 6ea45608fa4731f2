import { Readable } from 'node:stream';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { binaryOf, fileNameOf, readBinary, uploadOf } from '../../../nodes/shared/catalogue/calls/binary';
import { NO_OTHER_TRY } from '../../../nodes/shared/catalogue/operation/tries';
import type { Work } from '../../../nodes/shared/catalogue/operation/types';

/** An execution whose only item holds these files. */
function workWith(binary: Record<string, IBinaryData> | undefined, helpers: Partial<IExecuteFunctions['helpers']> = {}): Work {
	const context: Partial<IExecuteFunctions> = {
		getInputData: () => [{ json: {}, ...(binary && { binary }) }],
		helpers: helpers as IExecuteFunctions['helpers'],
	};
	return { context: context as IExecuteFunctions, signal: new AbortController().signal, tries: NO_OTHER_TRY };
}

const inMemory: IBinaryData = { data: Buffer.from('hello').toString('base64'), mimeType: 'text/plain', fileName: 'a.txt' };
const stored: IBinaryData = { data: 'filesystem-v2', id: 'filesystem-v2:1', mimeType: 'application/pdf', fileName: 'big.pdf' };

describe('a file of an item', () => {
	it('is named when it is missing, with those that are there', () => {
		expect(() => binaryOf(workWith({ data: inMemory, other: inMemory }), 0, 'pdf', 'File')).toThrow(
			expect.objectContaining({
				message: 'names "pdf", and this item has no file there',
				advice: 'Its files are in: data, other.',
				parameter: 'File',
			}) as Error,
		);
		expect(() => binaryOf(workWith(undefined), 0, 'pdf', 'File')).toThrow(
			expect.objectContaining({ advice: expect.stringContaining('no file at all') as string }) as Error,
		);
	});

	it.each([
		[inMemory, 'a.txt'],
		[{ data: '', mimeType: 'image/png', fileExtension: 'png' }, 'photo.png'],
		[{ data: '', mimeType: 'image/png' }, 'photo'],
		[{ data: '', mimeType: 'image/png', fileName: '', fileExtension: '' }, 'photo'],
	])('goes by a name: %j', (file, name) => {
		expect(fileNameOf(file, 'photo')).toBe(name);
	});

	it('is read whole where it is small enough', async () => {
		const getBinaryDataBuffer = async () => await Promise.resolve(Buffer.from('hello'));
		const work = workWith({ data: inMemory }, { getBinaryDataBuffer });
		expect(await readBinary(work, 0, 'data', 'File', 5)).toEqual({ data: Buffer.from('hello'), fileName: 'a.txt' });
		await expect(readBinary(work, 0, 'data', 'File', 4)).rejects.toThrow('has a file that is too big: a.txt has 5 bytes, Keap takes 4');
	});

	it('is uploaded from memory', async () => {
		const file = await uploadOf(workWith({ data: inMemory }), 0, 'data', 'File');
		expect(file).toMatchObject({ fileName: 'a.txt', contentType: 'text/plain', size: 5 });
		expect(await file.open()).toEqual(Buffer.from('hello'));
	});

	it('is streamed from where n8n keeps it, opened only when it is sent, and again for another try', async () => {
		const getBinaryStream = jest.fn(async () => await Promise.resolve(Readable.from([Buffer.from('PDF')])));
		const getBinaryMetadata = async () => await Promise.resolve({ fileSize: 3 });
		const file = await uploadOf(workWith({ data: stored }, { getBinaryStream, getBinaryMetadata }), 0, 'data', 'File');
		expect(file).toMatchObject({ fileName: 'big.pdf', size: 3 });
		expect(getBinaryStream).not.toHaveBeenCalled();
		const read = async () => Buffer.concat(await Readable.from(await file.open()).toArray()).toString();
		expect([await read(), await read()]).toEqual(['PDF', 'PDF']);
		expect(getBinaryStream).toHaveBeenCalledTimes(2);
	});
});
