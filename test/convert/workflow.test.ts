import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Parameters, Workflow, WorkflowNode } from '../../convert/types';
import { convertWorkflow } from '../../convert/workflow';
import { PROJECT_ROOT } from '../support/engine-libraries';

const node = (name: string, type: string, parameters: Parameters): WorkflowNode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters,
});
const old = (parameters: Parameters, name = 'Keap') => node(name, 'n8n-nodes-base.keap', parameters);
const workflow = (...nodes: WorkflowNode[]): Workflow => ({
	name: 'Mine',
	nodes,
	connections: Object.fromEntries(
		nodes.slice(0, -1).map(({ name }, index) => [name, { main: [[{ node: nodes[index + 1]!.name, type: 'main', index: 0 }]] }]),
	),
	settings: { executionOrder: 'v1' },
});
const one = (parameters: Parameters) => {
	const { workflow: made, nodes } = convertWorkflow(workflow(old(parameters)));
	return { parameters: made.nodes[0]!.parameters, look: nodes[0]!.look };
};

describe('a converted workflow', () => {
	it('is as it was but for the Keap nodes, and the given one is not touched', () => {
		const given = workflow(node('Set', 'n8n-nodes-base.set', { a: 1 }), old({ resource: 'contact', operation: 'get', contactId: '5' }));
		const before = structuredClone(given);
		const { workflow: made } = convertWorkflow(given);
		expect(given).toEqual(before);
		expect({ ...made, nodes: [] }).toEqual({ ...before, nodes: [] });
		expect(made.nodes[0]).toEqual(before.nodes[0]);
		expect(made.nodes[1]).toEqual({
			...before.nodes[1],
			type: 'n8n-nodes-keap.keap',
			parameters: { resource: 'contact', operation: 'get', output: 'raw', contactId: { __rl: true, mode: 'id', value: '5' } },
		});
	});

	it('takes the defaults that n8n leaves out of what it stores', () => {
		expect(one({ companyName: 'Acme' }).parameters).toEqual({ resource: 'company', operation: 'create', companyName: 'Acme' });
		expect(one({ resource: 'contact' }).parameters).toMatchObject({ resource: 'contact', operation: 'upsert' });
		const { nodes } = convertWorkflow(
			workflow(old({ companyName: 'Acme' }), old({ resource: 'file' }), node('T', 'n8n-nodes-base.keapTrigger', {})),
		);
		expect(nodes.map(({ from }) => from)).toEqual([
			'n8n-nodes-base.keap company create',
			'n8n-nodes-base.keap file delete',
			'n8n-nodes-base.keapTrigger',
		]);
	});

	it("takes the older node's defaults where ours are others, and says what a price of 0 means", () => {
		expect(one({ resource: 'contact', operation: 'getAll' }).parameters).toMatchObject({ limit: 100 });
		expect(one({ resource: 'contact', operation: 'getAll', limit: 7 }).parameters).toMatchObject({ limit: 7 });
		const order = (...orderItemsValues: Parameters[]) => one({ resource: 'ecommerceOrder', orderItemsUi: { orderItemsValues } });
		const { parameters, look } = order({ 'product ID': 17 });
		expect(parameters).toMatchObject({ orderItems: { entries: [{ pricePerUnit: 0, productId: { value: '17' } }] } });
		expect(look.join()).toContain('pricePerUnit: is 0, which the older node sent where no price was given');
		// The editor stores the defaults of some nodes.
		expect(order({ 'product ID': 17, price: 0 }).look.join()).toContain('pricePerUnit: is 0');
		expect(order({ 'product ID': 17, price: 4.5 }).look.join()).not.toContain('pricePerUnit');
	});

	it('keeps expressions, also where a record is picked', () => {
		const { parameters } = one({
			resource: 'contact',
			operation: 'upsert',
			additionalFields: { givenName: '={{ $json.first }}', companyId: '={{ $json.company }}' },
			emailsUi: {
				emailsValues: [
					{ field: 'EMAIL2', email: 'b@x.example' },
					{ field: 'EMAIL1', email: '={{ $json.mail }}' },
				],
			},
		});
		expect(parameters).toMatchObject({
			email: '={{ $json.mail }}',
			givenName: '={{ $json.first }}',
			companyId: { __rl: true, mode: 'id', value: '={{ $json.company }}' },
			additionalFields: { email2: { entries: { email: 'b@x.example' } } },
		});
	});

	it('gives each slot its own parameter', () => {
		const { parameters, look } = one({
			resource: 'contact',
			operation: 'upsert',
			emailsUi: { emailsValues: [{ field: 'EMAIL1', email: 'a@x.example' }] },
			faxesUi: { faxesValues: [{ field: 'FAX2', number: '9' }] },
			phonesUi: {
				phonesValues: [
					{ field: 'PHONE3', number: '={{ $json.mobile }}' },
					{ field: 'PHONE1', number: '1' },
					{ field: 'PHONE2', number: '' },
				],
			},
			addressesUi: { addressesValues: [{ field: 'SHIPPING', locality: 'Graz' }] },
			socialAccountsUi: { socialAccountsValues: [{ type: 'LinkedIn', name: 'ada' }] },
		});
		expect(parameters).toEqual({
			resource: 'contact',
			operation: 'upsert',
			email: 'a@x.example',
			phone: '1',
			additionalFields: {
				fax2: { entries: { number: '9' } },
				phone3: { entries: { number: '={{ $json.mobile }}' } },
				shippingAddress: { entries: { locality: 'Graz' } },
				socialAccounts: { entries: { linkedIn: 'ada' } },
			},
			options: { duplicateOption: 'Email' },
		});
		expect(look.filter((line) => line.includes('Ui'))).toEqual([]);
	});

	it('does not take another number for the main one', () => {
		const { parameters } = one({
			resource: 'contact',
			operation: 'upsert',
			phonesUi: { phonesValues: [{ field: 'PHONE2', number: '2' }] },
		});
		expect(parameters).not.toHaveProperty('phone');
		expect(parameters).toMatchObject({ additionalFields: { phone2: { entries: { number: '2' } } } });
	});

	it('leaves out what a comma at the end only announces', () => {
		const made = one({ resource: 'ecommerceOrder', operation: 'get', orderId: '93,' });
		expect(made.parameters.orderId).toEqual({ __rl: true, mode: 'id', value: '93' });
		expect(made.look).toEqual([]);
	});

	it.each<[string, string, string | undefined]>([
		['from the node before', '={{ $json.id }}', '={{ $json.contact_id }}'],
		['from the node before, in brackets', '={{$json["id"]}}', '={{ $json.contact_id }}'],
		['from a node by its name', '={{ $node["Notes"].json["id"] }}', '={{ $node["Notes"].json.contact_id }}'],
		['from a node by its newer name', "={{ $('Notes').item.json.id }}", "={{ $('Notes').item.json.contact_id }}"],
		['not from a node that has no notes', '={{ $node["Set"].json["id"] }}', undefined],
		['not from a longer expression', '={{ $json.id + 1 }}', undefined],
		['not from a fixed ID', '5', undefined],
	])('finds the contact of a note %s', (_where, noteId, expected) => {
		const { workflow: made, nodes } = convertWorkflow(
			workflow(
				node('Set', 'n8n-nodes-base.set', {}),
				old({ resource: 'contactNote', operation: 'getAll' }, 'Notes'),
				old({ resource: 'contactNote', operation: 'delete', noteId }, 'Delete'),
			),
		);
		expect(made.nodes[2]!.parameters.contactId).toEqual(expected === undefined ? undefined : { __rl: true, mode: 'id', value: expected });
		expect(nodes[1]!.look.some((line) => line.startsWith('contactId is empty'))).toBe(expected === undefined);
	});

	it('takes no contact from a node before that has something else than notes', () => {
		const { workflow: made } = convertWorkflow(
			workflow(node('Set', 'n8n-nodes-base.set', {}), old({ resource: 'contactNote', operation: 'get', noteId: '={{ $json.id }}' })),
		);
		expect(made.nodes[1]!.parameters).not.toHaveProperty('contactId');
	});

	it.each<[string, Parameters, RegExp]>([
		[
			'a choice by expression',
			{ resource: 'ecommerceOrder', operation: 'create', orderType: '={{ $json.t }}' },
			/orderType: the expression has to give one of OFFLINE, ONLINE/,
		],
		[
			'a list by expression',
			{ resource: 'ecommerceOrder', operation: 'create', orderItemsUi: { orderItemsValues: '={{ $json.items }}' } },
			/orderItems: the expression has to give entries with description, pricePerUnit/,
		],
		[
			'a slot by expression',
			{
				resource: 'contact',
				operation: 'upsert',
				phonesUi: { phonesValues: [{ field: '={{ $json.slot }}', number: '={{ $json.number }}' }] },
			},
			/phonesUi.*json\.number.*names no slot; put it in one of phone, additionalFields\.phone2, additionalFields\.phone3/,
		],
		[
			'all slots by one expression',
			{ resource: 'contact', operation: 'upsert', emailsUi: { emailsValues: '={{ $json.emails }}' } },
			/emailsUi.*is left out.*give each its own, in email, additionalFields\.email2, additionalFields\.email3/,
		],
		[
			'a note without its contact',
			{ resource: 'contactNote', operation: 'get', noteId: '5' },
			/contactId is empty: give the contact that the note is about/,
		],
		[
			'Base64',
			{ resource: 'email', operation: 'send', additionalFields: { htmlContent: 'PGI+aGk8L2I+' } },
			/htmlContent: was Base64 and is plain text now/,
		],
		[
			'what nothing takes',
			{ resource: 'company', operation: 'create', additionalFields: { optInReason: 'fair' } },
			/additionalFields.optInReason is left out: set it with Email Address/,
		],
		['an upsert without an address', { resource: 'contact', operation: 'upsert' }, /email is empty/],
	])('says what to look at: %s', (_what, parameters, expected) => {
		expect(one(parameters).look.join('\n')).toMatch(expected);
	});

	it('leaves alone what it does not know, and says so', () => {
		const { workflow: made, nodes } = convertWorkflow(workflow(old({ resource: 'spaceship', operation: 'launch' })));
		expect(made.nodes[0]!.type).toBe('n8n-nodes-base.keap');
		expect(nodes[0]!.look).toEqual(['is left as it is: spaceship launch is not known']);
	});

	it('names the expressions that read what is called otherwise now, behind the node or by its name', () => {
		const given = workflow(
			old({ resource: 'contact', operation: 'get', contactId: '1' }, 'Get'),
			node('Next', 'n8n-nodes-base.set', { value: '={{ $json.date_created }} {{ $json.given_name }}' }),
			node('Later', 'n8n-nodes-base.code', { jsCode: 'return $("Get").first().json.lead_source_id;' }),
			node('Elsewhere', 'n8n-nodes-base.set', { value: '={{ $json.date_created }}' }),
		);
		expect(convertWorkflow(given).nodes[0]!.look).toEqual([
			expect.stringContaining('"Next" reads date_created, which is create_time now'),
			expect.stringContaining('"Later" reads lead_source_id, which is leadsource_id now'),
		]);
	});

	it.each([[null], [[]], [{}], [{ nodes: 5 }], [{ nodes: [{ name: 'a' }] }]])('refuses what is no workflow: %j', (given) => {
		expect(() => convertWorkflow(given)).toThrow('This is no workflow');
	});
});

describe('the command', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-keap-convert-'));
		await writeFile(join(folder, 'mine.json'), JSON.stringify(workflow(old({ resource: 'contact', operation: 'get', contactId: '5' }))));
	});
	afterEach(async () => await rm(folder, { recursive: true, force: true }));

	/** As `npx n8n-nodes-keap` runs it: the built file, alone. */
	const run = async (...args: string[]) =>
		await promisify(execFile)(process.execPath, [join(PROJECT_ROOT, 'dist/convert/cli.js'), ...args], { cwd: folder }).then(
			({ stdout }) => ({ stdout, code: 0 }),
			({ stdout, code }: { stdout: string; code: number }) => ({ stdout, code }),
		);

	it('writes beside the given file, prints what it did, and overwrites nothing', async () => {
		const before = await readFile(join(folder, 'mine.json'), 'utf8');
		const first = await run('convert', 'mine.json');
		expect(first).toEqual({
			code: 0,
			stdout: expect.stringContaining('Keap: n8n-nodes-base.keap contact get is n8n-nodes-keap.keap contact get') as unknown,
		});
		expect(first.stdout).toContain('LOOK AT  Choose your Keap API credential');
		expect(await readFile(join(folder, 'mine.json'), 'utf8')).toBe(before);
		expect(await readFile(join(folder, 'mine.converted.json'), 'utf8')).toContain('n8n-nodes-keap.keap');
		expect(await run('convert', 'mine.json')).toEqual({ code: 2, stdout: 'mine.converted.json is there already: name another file.\n' });
		expect((await run('convert', 'mine.json', 'other.json')).code).toBe(0);
		expect((await readdir(folder)).sort()).toEqual(['mine.converted.json', 'mine.json', 'other.json']);
	});

	it('says how it is used, and what it cannot read', async () => {
		expect((await run()).stdout).toContain('npx n8n-nodes-keap convert <workflow.json>');
		expect((await run()).code).toBe(2);
		expect((await run('convert', '--help')).code).toBe(0);
		expect((await run('convert', 'none.json')).stdout).toMatch(/^none.json can't be converted: ENOENT/);
	});
});
