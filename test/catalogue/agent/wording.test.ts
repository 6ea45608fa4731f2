import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeOperationError, type INode } from 'n8n-workflow';

import { textForModel } from '../../../nodes/shared/catalogue/agent/wording';

const node = { name: 'Keap', type: 'n8n-nodes-keap.keapTool' } as INode;
const worded = (message: string, description?: string): string => textForModel(new NodeOperationError(node, message, { description }));

const ROOT = join(__dirname, '../../../nodes');
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** The texts inside every `new BadInput(…)` of the package, with what is filled in left as it stands. */
const texts = sources.flatMap((file) =>
	[...readFileSync(join(ROOT, file), 'utf8').matchAll(/new BadInput\(([\s\S]*?)\);/g)].flatMap(([, inside = '']) =>
		[...inside.matchAll(/'((?:[^'\\\n]|\\.)+)'|`((?:[^`\\]|\\.)+)`|"((?:[^"\\\n]|\\.)+)"/g)].map(([, a, b, c]) => a ?? b ?? c ?? ''),
	),
);

describe('an error in the words of an AI agent', () => {
	it('says nothing that only a person at the editor can do, whatever is wrong with the input', () => {
		expect(texts.length).toBeGreaterThan(80);
		const bad = texts
			.map((text) => worded('', text))
			.filter((text) =>
				/\bexpression|the button|this item|the node\b|address of the record|Update Fields|Choose from|the editor/i.test(text),
			);
		expect(bad).toEqual([]);
	});

	it('is one text without the item that n8n counts from nought', () => {
		expect(worded('Keap has no record [item 0]', 'Check Contact of item 0.')).toBe('Keap has no record. Check Contact.');
	});

	it('names who can help where the agent can not', () => {
		expect(worded('Keap did not accept the API key', 'Put it into the Keap credential.')).toMatch(
			/report this to the person who runs the workflow/,
		);
	});

	it('warns of a second write as clearly as for people', () => {
		expect(worded('Keap has carried out the request', 'Do not run this item again: it would be carried out twice.')).toContain(
			'Do not call the tool again for this',
		);
	});
});
