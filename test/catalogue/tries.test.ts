import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { SENT, triesOf, WHOLE } from '../../nodes/shared/catalogue/operation/tries';
import { WithFile } from '../../nodes/shared/catalogue/operation/withFile';
import { testNode } from '../support/context';

/** One try of a run of a node, as n8n's context shows it. */
function contextOf(items: INodeExecutionData[], more: { retry?: boolean; run?: number; id?: string; tool?: 'n8n 2' | 'n8n 1' } = {}) {
	const { retry = true, run = 0, id = 'a', tool } = more;
	const context: Partial<IExecuteFunctions> & { connectionType?: string } = {
		getNode: () => ({ ...testNode, id, retryOnFail: retry }),
		getInputData: () => items,
		getWorkflowDataProxy: () => ({ $runIndex: run }) as unknown as ReturnType<IExecuteFunctions['getWorkflowDataProxy']>,
		...(tool === 'n8n 1' ? { connectionType: 'ai_tool' } : { isToolExecution: () => tool === 'n8n 2' }),
	};
	return triesOf(context as IExecuteFunctions);
}

describe('the memory of the tries of a run', () => {
	const items = (): INodeExecutionData[] => [{ json: { a: 1 } }, { json: { a: 2 } }];

	it('answers the next try, item by item and part by part', () => {
		const given = items();
		contextOf(given).keep(1, WHOLE, { answer: { id: '7' } });
		expect(contextOf(given).recall(1, WHOLE)).toEqual({ answer: { id: '7' } });
		expect(contextOf(given).recall(0, WHOLE)).toBeUndefined();
		expect(contextOf(given).recall(1, SENT)).toBeUndefined();
	});

	it('gives out copies, of what stood in the answer when it was kept', () => {
		const given = items();
		const answer = { list: [1] };
		const tries = contextOf(given);
		tries.keep(0, WHOLE, { answer });
		answer.list.push(2);
		const first = tries.recall(0, WHOLE) as { answer: typeof answer };
		first.answer.list.push(3);
		expect(tries.recall(0, WHOLE)).toEqual({ answer: { list: [1] } });
		const file = new WithFile({ name: 'a' }, { data: { data: '', mimeType: 'text/plain' } });
		tries.keep(1, WHOLE, { answer: file });
		const { answer: copy } = tries.recall(1, WHOLE) as { answer: unknown };
		expect(copy).toEqual(file);
		expect(copy).toBeInstanceOf(WithFile);
		expect(copy).not.toBe(file);
	});

	it.each([
		['another run of the node', { run: 1 }],
		['another node', { id: 'b' }],
		['a node without Retry On Fail', { retry: false }],
	])('knows nothing in %s', (_what, more) => {
		const given = items();
		contextOf(given).keep(0, WHOLE, { answer: 1 });
		expect(contextOf(given, more).recall(0, WHOLE)).toBeUndefined();
	});

	it('knows nothing of other items around the same JSON', () => {
		const given = items();
		contextOf(given).keep(0, WHOLE, { answer: 1 });
		expect(contextOf(given.map((item) => ({ ...item }))).recall(0, WHOLE)).toBeUndefined();
	});

	it.each(['n8n 2', 'n8n 1'] as const)(
		'follows the arguments of a tool, whose tries have items and run indexes of their own: %s',
		(tool) => {
			const [{ json }] = items() as [INodeExecutionData];
			contextOf([{ json }], { tool, run: 0 }).keep(0, WHOLE, { answer: 1 });
			expect(contextOf([{ json }], { tool, run: 1 }).recall(0, WHOLE)).toEqual({ answer: 1 });
			expect(contextOf([{ json: { ...json } }], { tool, run: 1 }).recall(0, WHOLE)).toBeUndefined();
			expect(contextOf([{ json }], { tool, id: 'b', run: 1 }).recall(0, WHOLE)).toBeUndefined();
		},
	);
});
