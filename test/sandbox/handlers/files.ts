import { badRequest, notFound } from '../errors';
import type { SandboxState } from '../store/state';
import type { Exchange, Handler, KeapRecord } from '../types';
import { without } from '../without';
import { answerList } from './lists';

export const FILES = '/crm/rest/v2/files';
/** Keap's own limit. */
const LARGEST = 10_000_000;
const BOXES: Readonly<Record<string, string>> = { COMPANY: 'APPLICATION', CONTACT: 'CONTACT', USER: 'ATTACHMENT' };

type Fields = Readonly<Record<string, unknown>>;

function fileOf({ state, params }: Exchange): KeapRecord {
	const found = state.collection(FILES).get(params.file_id ?? '');
	if (!found) throw notFound('file', params.file_id ?? '');
	return found;
}

const shown = (record: KeapRecord) => without(record, 'data');

/** What the content says of itself. `data` holds a byte a character. */
function content(data: unknown): Fields {
	if (data === undefined) return {};
	if (String(data).length > LARGEST) throw badRequest(`file must have at most ${LARGEST} bytes`, 'file');
	return { data, file_size: String(data).length };
}

function checkBelongs({ file_association: place, contact_id: contact }: Fields, state: SandboxState): void {
	if (!(String(place) in BOXES))
		throw badRequest(`file_association must be one of ${Object.keys(BOXES).join(', ')}, not "${String(place)}"`, 'file_association');
	if (place === 'CONTACT' && contact === undefined) throw badRequest('contact_id is required for CONTACT', 'contact_id');
	if (contact !== undefined && !state.contacts.has(String(contact)))
		throw badRequest(`contact_id: ${String(contact)} does not exist`, 'contact_id');
}

const create: Handler = (exchange) => {
	const { state, now } = exchange;
	const { file, is_public: isPublic, file_association: place, ...body } = exchange.body as Fields;
	checkBelongs(exchange.body as Fields, state);
	if (body.file_name === '') throw badRequest('file_name must not be empty', 'file_name');
	if (isPublic !== undefined && isPublic !== 'true' && isPublic !== 'false')
		throw badRequest('is_public must be true or false', 'is_public');
	const record = {
		category: 'DOCUMENTS',
		...body,
		...content(file),
		is_public: isPublic === 'true',
		file_box_type: BOXES[String(place)],
		created_by_id: '9001',
		created_time: now,
		updated_time: now,
	};
	return { status: 201, body: shown(state.collection(FILES).add(record)) };
};

const update: Handler = (exchange) => {
	const { state, now, query } = exchange;
	const before = fileOf(exchange);
	const named = Object.fromEntries(
		Object.entries((exchange.body ?? {}) as Fields).filter(
			([name]) => query.update_mask === undefined || query.update_mask.split(',').includes(name),
		),
	);
	const { file, ...rest } = named;
	const next = { ...before, ...rest, ...content(file), updated_time: now } as KeapRecord;
	state.collection(FILES).set(next.id, next);
	return { status: 200, body: shown(next) };
};

const list: Handler = (exchange) => {
	const { rows, version } = exchange.state.collection(FILES);
	const readers = { user_id: ({ created_by_id: id }: KeapRecord) => [id], contact_id: ({ contact_id: id }: KeapRecord) => [id] };
	return answerList(exchange, { rows, version: String(version), path: FILES, readers, show: shown });
};

export const FILE_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/createFile': create,
	'v2/getFile': (exchange) => ({ status: 200, body: shown(fileOf(exchange)) }),
	'v2/getFileData_1': (exchange) => ({ status: 200, data: Buffer.from(String(fileOf(exchange).data), 'latin1') }),
	'v2/listFiles': list,
	'v2/updateFile': update,
};
