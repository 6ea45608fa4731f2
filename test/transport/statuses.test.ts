import { STATUS_CODES } from 'node:http';

import type { Expected, KeapMethod } from '../../nodes/shared/transport';
import { cutOff, json } from './server';
import { wire } from './wire';

jest.mock('../../nodes/shared/runtime/clock', () => ({
	...jest.requireActual<object>('../../nodes/shared/runtime/clock'),
	sleep: async () => await Promise.resolve(),
}));

const { ask, keap, refusal } = wire();

/** An answer that would do in every point but its status. */
const WHOLE = { id: '5', contacts: [{ id: '5' }], next_page_token: '' };
const OTHERS = [202, 203, 205, 206, 207, 208, 226, 299];
const WRITES: KeapMethod[] = ['POST', 'PUT', 'PATCH', 'DELETE'];
const bodyFor = (method: KeapMethod) => (method === 'GET' || method === 'DELETE' ? {} : { body: {} });

describe.each(OTHERS)('status %i', (status) => {
	// With 205 there is no body.
	const answer = json(status, WHOLE);

	test.each<Expected>([{ list: 'contacts' }, { record: ['id'] }, { file: 'a.pdf' }, 'anything'])(
		'is no whole answer to a read that expects %j: it is asked once more',
		async (expects) => {
			keap().answer(answer);
			const name = STATUS_CODES[status];
			expect(await refusal({ expects, accepted: true })).toMatchObject({
				code: status,
				requests: 2,
				message: expect.stringMatching(`^Keap's answer has the status ${status}${name === undefined ? '' : ` \\(${name}\\)`}[,:]`),
				description: expect.stringMatching(/^Nothing was concluded from it/),
			});
		},
	);

	test.each(WRITES)('leaves a %s in doubt, and it is not sent again', async (method) => {
		for (const expects of [{ record: ['id'] }, 'nothing', 'results', 'anything'] as Expected[]) {
			keap().answer(answer);
			const error = await refusal({ method, expects, ...bodyFor(method) });
			expect(error).toMatchObject({
				code: status,
				requests: 1,
				description: expect.stringMatching(/may or may not have been carried out/),
			});
		}
	});

	test('does not say that a write was carried out whose answer breaks off', async () => {
		keap().answer(cutOff(status));
		expect(await refusal({ method: 'POST', body: {} })).toMatchObject({
			requests: 1,
			description: expect.stringMatching(/may or may not have been carried out/),
		});
	});
});

test('a second answer that is whole is taken', async () => {
	keap().answer(json(206, WHOLE), json(200, WHOLE));
	expect((await ask({ expects: { list: 'contacts' } })).body).toEqual(WHOLE);
});

test('202 is the answer to a write that Keap carries out later, and its body has to be what was expected all the same', async () => {
	const later = { method: 'POST', body: {}, accepted: true } as const;
	keap().answer(json(202, { successful: true }));
	expect(await ask({ ...later, expects: { record: ['successful'] } })).toMatchObject({ status: 202 });
	keap().answer(json(202, { message: 'No' }));
	expect((await refusal({ ...later, expects: { record: ['successful'] } })).message).toMatch(/with an error: No/);
});
