import type { IDataObject } from 'n8n-workflow';

import { BadAnswer } from '../../../../shared/catalogue/operation/badAnswer';
import { BadInput } from '../../../../shared/catalogue/operation/badInput';
import { uploadOf, withFile } from '../../../../shared/catalogue/calls/binary';
import { toRequest } from '../../../../shared/catalogue/calls/request';
import { inner } from '../../../../shared/runtime/isRecord';
import type { Call, Perform } from '../../../../shared/catalogue/operation/types';
import { keapRequest } from '../../../../shared/transport';

/** Big files take longer than records do: ten minutes. */
const DEADLINE_MS = 600_000;

/** Keap stores a file with a contact only when the request names the contact. */
export function checkBelongs({ body }: Call): void {
	if (body.file_association === 'CONTACT' && body.contact_id === undefined) {
		throw new BadInput('is empty', 'Choose the contact that the file belongs to, or another place under Belongs To.', 'Contact');
	}
}

/** Sends what the row has put into the body as a form; the file, which the body names by its field, is streamed. */
export const sendForm: Perform = async (work, call) => {
	const { file: field, ...texts } = call.body;
	const upload = field === undefined ? undefined : await uploadOf(work, call.item, String(field), 'Input Binary Field');
	// The name that the file has already, unless the user gave one.
	const named = texts.file_name === '' && upload !== undefined ? { ...texts, file_name: upload.fileName } : texts;
	const { body } = await keapRequest<IDataObject>(work.context, {
		...toRequest(call, work),
		body: undefined,
		form: {
			fields: Object.fromEntries(Object.entries(named).map(([name, value]) => [name, String(value)])),
			files:
				upload === undefined
					? {}
					: { file: { ...upload, fileName: typeof named.file_name === 'string' ? named.file_name : upload.fileName } },
		},
		timeoutMs: DEADLINE_MS,
	});
	return inner(body);
};

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Keap returns the bytes of a file without its name, so the name is read first, unless the user gives one. */
export const download: Perform = async (work, call) => {
	const { item, pathParams, values } = call;
	const shared = { method: 'GET' as const, pathParams, item, signal: work.signal };
	const given = typeof values.fileName === 'string' ? values.fileName : undefined;
	const about =
		given === undefined
			? inner((await keapRequest(work.context, { ...shared, path: '/crm/rest/v2/files/{file_id}', expects: { record: ['id'] } })).body)
			: { id: pathParams.file_id, file_name: given };
	const { body } = await keapRequest<Buffer>(work.context, {
		...toRequest(call, work),
		expects: { file: text(about.file_name) },
		timeoutMs: DEADLINE_MS,
	});
	if (body.length === 0 && Number(about.file_size) > 0)
		throw new BadAnswer(
			`Keap sent an empty file where one of ${String(about.file_size)} bytes was due`,
			'Try again later; if it stays, look at the file in Keap.',
		);
	const name = typeof about.file_name === 'string' && about.file_name !== '' ? about.file_name : `file-${pathParams.file_id ?? ''}`;
	return await withFile(work, about, String(values.binaryPropertyName), body, name);
};
