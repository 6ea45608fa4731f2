import { readBinary, uploadOf, withFile } from '../../../shared/catalogue/calls/binary';
import { toRequest } from '../../../shared/catalogue/calls/request';
import * as fields from '../../../shared/catalogue/fields/fields';
import { BadAnswer } from '../../../shared/catalogue/operation/badAnswer';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Perform } from '../../../shared/catalogue/operation/types';
import { keapRequest } from '../../../shared/transport';

/**
 * The most that Keap takes of a product's image by its older API (https://developer.infusionsoft.com/docs/rest/); the newer one
 * names no number.
 */
const MOST_BYTES = 3 * 1024 * 1024;

/** An image takes longer than a record does: five minutes. */
const DEADLINE_MS = 300_000;

const PARAMETER = 'Input Binary Field';

/** The parameter that names the file of the item. */
export const imageField = fields.text('binaryPropertyName', PARAMETER, {
	key: 'file',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	description: 'The name of the input field that holds the image: PNG, JPEG, GIF, WebP or BMP, 3 MB at most',
});

/** The parameter that names where the image goes. */
export const outputField = fields.text('binaryPropertyName', 'Put Output File in Field', {
	in: 'none',
	required: true,
	default: 'data',
	description: 'The name of the output field to put the image in',
});

interface Format {
	readonly mimeType: string;
	readonly extension: string;
	/** How its files begin, as text of single bytes. */
	readonly beginning: RegExp;
}

const FORMATS: readonly Format[] = [
	{ mimeType: 'image/png', extension: 'png', beginning: /^\x89PNG\r\n/ },
	{ mimeType: 'image/jpeg', extension: 'jpg', beginning: /^\xff\xd8\xff/ },
	{ mimeType: 'image/gif', extension: 'gif', beginning: /^GIF8[79]a/ },
	{ mimeType: 'image/webp', extension: 'webp', beginning: /^RIFF[^]{4}WEBP/ },
	{ mimeType: 'image/bmp', extension: 'bmp', beginning: /^BM/ },
];

/** What kind of image the bytes are; undefined for anything else. */
const formatOf = (data: Buffer): Format | undefined => {
	const beginning = data.subarray(0, 16).toString('latin1');
	return FORMATS.find((format) => format.beginning.test(beginning));
};

/** Sends the image of the item. What is no image, or too big, is refused before the call. @throws BadInput */
export const sendImage: Perform = async (work, call) => {
	const name = String(call.body.file);
	const upload = await uploadOf(work, call.item, name, PARAMETER);
	if (upload.size > MOST_BYTES)
		throw new BadInput(
			`holds ${(upload.size / 1024 / 1024).toFixed(1)} MB, and Keap takes 3 MB at most: ${upload.fileName}`,
			"Make the image smaller first, for instance with n8n's Edit Image.",
			PARAMETER,
		);
	const { data } = await readBinary(work, call.item, name, PARAMETER, MOST_BYTES);
	const format = formatOf(data);
	if (format === undefined)
		throw new BadInput(
			`holds no image: ${upload.fileName}`,
			'Keap takes images such as PNG, JPEG and GIF. Look at the file: a download that failed may have left a web page in its place.',
			PARAMETER,
		);
	await keapRequest(work.context, {
		...toRequest(call, work),
		body: undefined,
		form: {
			fields: {},
			files: { file: { ...upload, contentType: format.mimeType, open: async () => await Promise.resolve(data) } },
		},
		timeoutMs: DEADLINE_MS,
	});
	return { ...call.pathParams, success: true };
};

/** Keap describes the image as text in Base64; the bytes themselves, and the text without quotes, are understood too. */
function imageIn(body: Buffer): Buffer {
	const text = body.toString('latin1').trim();
	return formatOf(body) === undefined && /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : body;
}

/** Reads the one image of a product that Keap gives back. @throws BadAnswer when it is none */
export const downloadImage: Perform = async (work, call) => {
	const id = call.pathParams.product_id ?? '';
	const { body } = await keapRequest<Buffer>(work.context, {
		...toRequest(call, work),
		expects: { file: undefined },
		timeoutMs: DEADLINE_MS,
	});
	const data = imageIn(body);
	const format = formatOf(data);
	if (format === undefined)
		throw new BadAnswer(
			`What Keap gives as the image of the product ${id} is no image`,
			'Look at the product in Keap, and upload its image again.',
		);
	return await withFile(work, { product_id: id }, String(call.values.binaryPropertyName), data, `product-${id}.${format.extension}`);
};
