import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode } from 'n8n-workflow';

import { APPROVAL } from '../../bench/agent/tools';
import { effectOf } from '../../nodes/shared/catalogue/operation/effect';
import { allRows } from '../catalogue/nodes';
import type { WorkflowJson } from '../support/engine';
import { startToolAgents, type ToolAgents } from '../support/toolAgents';

const FOLDER = join(__dirname, '../../examples/agents');
const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as WorkflowJson;
const FILES = ['answer-from-keap.json', 'read-only-mcp-server.json', 'triage-of-mail.json'];
const KEAP_TOOL = 'n8n-nodes-keap.keapTool';

const toolsOf = ({ nodes }: WorkflowJson): INode[] => nodes.filter(({ type }) => type === KEAP_TOOL);
const effectsOf = (example: WorkflowJson): string[] =>
	toolsOf(example).map(({ parameters: { resource, operation } }) => {
		const row = allRows.find(({ label }) => label === `${String(resource)}: ${String(operation)}`);
		if (row === undefined) throw new Error(`There is no row ${String(resource)}: ${String(operation)}`);
		return effectOf(row.operation);
	});

/** The nodes that a node is a tool of. */
const callersOf = ({ connections }: WorkflowJson, name: string): string[] =>
	(connections[name]?.ai_tool ?? []).flatMap((list) => (list ?? []).map(({ node }) => node));

/** What a model gives to each tool of an example, and what has to come of it. */
const STORY: Readonly<Record<string, { args: IDataObject; says: RegExp; check?: (agents: ToolAgents) => void }>> = {
	'Find Contact': { args: { search: 'Adams Ada' }, says: /"id":"1".*ada@adams\.example/ },
	'Get Overview': { args: { contact_id: '1' }, says: /"contact":\{"id":"1".*"open_tasks":/ },
	'Write Note': {
		args: { contact_id: '1', title: 'Asked for an offer', text: 'She would like twelve loaves for Friday.' },
		says: /"id":"\d+","name":"Asked for an offer"/,
		check: ({ sandbox }) => {
			const note = sandbox.state.collection('/crm/rest/v2/notes').rows.at(-1);
			expect(note).toMatchObject({ title: 'Asked for an offer', text: 'She would like twelve loaves for Friday.' });
		},
	},
	'Create Task': {
		args: { contact_id: '1', title: 'Send the offer', due: '2026-12-01T09:00:00Z' },
		says: /"id":"\d+"/,
		check: ({ sandbox }) =>
			expect(sandbox.state.collection('/crm/rest/v2/tasks').rows.at(-1)).toMatchObject({ title: 'Send the offer', contact_id: '1' }),
	},
	'List Tags': { args: {}, says: /"name":"Prospect"/ },
	'List Open Tasks': { args: {}, says: /"id":|"found":0/ },
};

describe('the examples for AI agents', () => {
	let agents: ToolAgents;
	beforeAll(async () => {
		agents = await startToolAgents(['Keap']);
	});
	afterAll(async () => await agents.close());
	beforeEach(() => agents.sandbox.reset());

	it('ask for approval with the text that shows a person, in a full n8n, what the tool is to do', () => {
		const asks = read('answer-from-keap.json').nodes.find(({ type }) => type === APPROVAL.type);
		expect(asks?.parameters.message).toBe(APPROVAL.parameters?.message);
	});

	it('are these', () => {
		expect(readdirSync(FOLDER).sort()).toEqual(FILES);
	});

	it.each(FILES)('%s: every tool does what the model asks of it, once the user is picked', async (file) => {
		const example = read(file);
		agents.setCredential({ agentsMay: file.startsWith('read-only') ? 'read' : 'write' });
		expect(toolsOf(example).length).toBeGreaterThan(2);
		for (const { name, parameters } of toolsOf(example)) {
			const story = STORY[name];
			if (story === undefined) throw new Error(`Nobody knows what ${name} is to do`);
			const user = agents.sandbox.state.collection('/crm/rest/v2/users').rows[0]?.id;
			const picked = Object.fromEntries(
				['userId', 'assignedToUserId']
					.filter((key) => key in parameters)
					.map((key) => {
						expect(parameters[key]).toEqual({ __rl: true, mode: 'list', value: '' });
						return [key, { __rl: true, mode: 'list', value: user }];
					}),
			);
			const [text] = await agents.read('agentV3', 'Keap', { ...parameters, ...picked } as INode['parameters'], story.args);
			expect(text).toMatch(story.says);
			story.check?.(agents);
		}
	});

	it.each(FILES)('%s: every connection leads from one of its nodes to another', (file) => {
		const example = read(file);
		const names = new Set(example.nodes.map(({ name }) => name));
		expect(names.size).toBe(example.nodes.length);
		const targets = Object.values(example.connections).flatMap((kinds) =>
			Object.values(kinds).flatMap((lists) => lists.flatMap((list) => list ?? [])),
		);
		expect([...Object.keys(example.connections), ...targets.map(({ node }) => node)].filter((name) => !names.has(name))).toEqual([]);
	});

	it('let nothing be written for MCP clients, and nothing be sent or deleted for a mail', () => {
		expect(new Set(effectsOf(read('read-only-mcp-server.json')))).toEqual(new Set(['reads']));
		expect(new Set(effectsOf(read('triage-of-mail.json')))).toEqual(new Set(['reads', 'writes']));
	});

	it('have a person approve a task, who sees what it is to be', () => {
		const example = read('answer-from-keap.json');
		expect(callersOf(example, 'Create Task')).toEqual(['Ask for Approval']);
		const approval = example.nodes.find(({ name }) => name === 'Ask for Approval');
		expect(approval?.type).toMatch(/HitlTool$/);
		expect(approval?.parameters.message).toContain('JSON.stringify($tool.parameters)');
	});
});
