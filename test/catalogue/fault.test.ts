import type { INode } from 'n8n-workflow';

import { ofFault } from '../../nodes/shared/catalogue/fault';
import type { Call } from '../../nodes/shared/catalogue/operation/types';
import { doubtOf } from '../../nodes/shared/transport';
import { executeContext } from '../support/context';
import { allRows } from './nodes';

const node: INode = executeContext({ credentials: {} }).getNode();
const callOf = (label: string) =>
	({ item: 3, operation: allRows.find((row) => row.label === label)?.operation, values: {} }) as unknown as Call;
const fault = new TypeError("Cannot read properties of null (reading 'id')");

test('a fault of the node over the answer to a write leaves it in doubt, in words', () => {
	const error = ofFault(fault, callOf('contact: create'), node) as Error & { description: string };
	expect(`${error.message} ${error.description}`).toMatch(
		/could not make sense.*reading 'id'.*look in Keap before you run this item again/s,
	);
	expect(doubtOf(error)).toBe('harmful');
});

test('the same over the answer to a read, and errors that were meant, pass unchanged', () => {
	expect(ofFault(fault, callOf('contact: get'), node)).toBe(fault);
	const meant = new Error('meant');
	expect(ofFault(meant, callOf('contact: create'), node)).toBe(meant);
});
