import { verdictsOf } from '../../../nodes/shared/catalogue/batching/verdicts';
import { doubtOf } from '../../../nodes/shared/transport';

/** One letter for each id: S done, F failed, ? in doubt. */
function letters(body: unknown, ids: readonly string[] = ['1', '2', '3'], name = 'results'): string {
	return [...verdictsOf(body, name, ids).values()]
		.map((result) => (typeof result === 'string' ? 'S' : doubtOf(result) === undefined ? 'F' : '?'))
		.join('');
}

test.each<[string, unknown, string]>([
	['no answer', null, 'SSS'],
	['an empty one', {}, 'SSS'],
	['an empty map', { results: {} }, 'SSS'],
	['words by id', { results: { 1: 'SUCCESS', 2: 'DUPLICATE', 3: 'CONTACT_NOT_FOUND' } }, 'SSF'],
	['words by id without the name around them', { 1: 'SUCCESS', 2: 'CONTACT_NOT_FOUND', 3: 'TAG_ID_NOT_FOUND' }, 'SFF'],
	['words by id under another name', { outcome: { 1: 'SUCCESS', 2: 'SUCCESS', 3: 'FAILURE' } }, 'SSF'],
	['one id that is not asked for', { 5: 'TAG_ID_NOT_FOUND' }, '???'],
	['an id that is left out', { results: { 1: 'SUCCESS', 3: 'SUCCESS' } }, 'S?S'],
	[
		'objects by id',
		{ results: { 1: { status: 'SUCCESS', error: null }, 2: { status: 'ERROR', error: { message: 'no' } }, 3: { success: true } } },
		'SFS',
	],
	[
		'objects with an error beside a good status',
		{ results: { 1: { status: 'SUCCESS', error: 'locked' }, 2: { errors: [] }, 3: {} } },
		'F??',
	],
	['truth values', { results: { 1: true, 2: false, 3: null } }, 'SF?'],
	['codes', { results: { 1: 200, 2: '404', 3: { code: 302 } } }, 'SF?'],
	['words that nobody knows', { results: { 1: 'PLONK', 2: 'PARTIAL_SUCCESS', 3: 'PENDING' } }, '???'],
	['words that deny', { results: { 1: 'NOT_APPLIED', 2: 'UNSUCCESSFUL', 3: 'No success' } }, 'FFF'],
	['words that say both', { results: { 1: 'Sent, no errors', 2: '1 sent, 0 failed', 3: 'Error: already there' } }, '???'],
	['words in sentences', { results: { 1: 'Tag applied successfully', 2: 'Already applied', 3: 'Contact does not exist' } }, 'SSF'],
	['a list of objects', { results: [{ contact_id: 1, status: 'SUCCESS' }, { id: '2', result: 'FAILED' }, { contactId: '9' }] }, 'SF?'],
	[
		'a list of objects that name the tag, too',
		{ results: ['FAILED', 'SUCCESS', 'SUCCESS'].map((status, index) => ({ tag_id: 1, contact_id: index + 1, status })).reverse() },
		'FSS',
	],
	['ids by word', { results: { SUCCESS: ['1', 2], CONTACT_NOT_FOUND: ['3'] } }, 'SSF'],
	['one verdict for all', { status: 'SUCCESS' }, 'SSS'],
	['one verdict for all, with no error', { status: 'SUCCESS', error: null }, 'SSS'],
	['one failure for all', { status: 'FAILED' }, 'FFF'],
	['a word for each beside one for all', { status: 'SUCCESS', results: { 1: 'SUCCESS', 2: 'FAILED', 3: 'SUCCESS' } }, 'SFS'],
	['something else', { contacts: [] }, '???'],
	['a bare list of ids', { results: ['1', '2'] }, '???'],
])('%s', (_what, body, expected) => {
	expect(letters(body)).toBe(expected);
});

test('the documented name is looked at first', () => {
	expect(letters({ other: { 1: 'FAILED' }, add_results: { 1: 'SUCCESS' } }, ['1'], 'add_results')).toBe('S');
});

test('what Keap says stands in the error, without orders to a terminal and not at any length', () => {
	const [result] = [...verdictsOf({ results: { 1: `\u001b[31mINVALID ${'x'.repeat(1_000)}` } }, 'results', ['1']).values()];
	expect((result as Error).message).toMatch(/^INVALID x{192}$/);
});
