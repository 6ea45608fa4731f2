import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { unflatten } from '../../scripts/n8n/executions';
import { exclusively } from '../../scripts/n8n/lock';
import { installOnce } from '../../scripts/n8n/packages';
import { withCredential } from '../../scripts/n8n/setup';
import { DEFAULT_VERSION, n8nVersion } from '../../scripts/n8n/versions';
import { keapNode, manualTrigger, workflow } from '../support/engine-workflow';

describe("n8n's flat run data", () => {
	it.each([
		[
			'nested objects, lists, numbers and texts',
			'[{"a":"1","n":5},["2","3",null,true],"x",{"b":"2"}]',
			{ a: ['x', { b: 'x' }, null, true], n: 5 },
		],
		['texts that look like indexes', '[{"a":"1"},"0"]', { a: '0' }],
		['a text alone', '["just text"]', 'just text'],
	])('%s', (_what, text, expected) => {
		expect(unflatten(text)).toEqual(expected);
	});

	it('keeps an object that contains itself', () => {
		const value = unflatten('[{"self":"0"}]') as { self: unknown };
		expect(value.self).toBe(value);
	});
});

describe('the install lock', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-keap-lock-'));
	});
	afterEach(async () => await rm(folder, { recursive: true, force: true }));

	it('lets one in at a time, reports to the other whom it waits for, and leaves nothing', async () => {
		const log: string[] = [];
		const work = (name: string) => async () => {
			log.push(`${name} in`);
			await wait(50);
			log.push(`${name} out`);
		};
		const waitingFor: number[] = [];
		const first = exclusively(folder, () => undefined, work('first'));
		await wait(20);
		await Promise.all([first, exclusively(folder, (pid) => waitingFor.push(pid), work('second'))]);
		expect(log).toEqual(['first in', 'first out', 'second in', 'second out']);
		expect(waitingFor).toEqual([process.pid]);
		expect(await readdir(folder)).toEqual([]);
	});

	it('is taken over from a process that is gone, and given back when the work fails', async () => {
		await writeFile(join(folder, 'installing.pid'), '2147483646');
		const failing = exclusively(
			folder,
			() => undefined,
			async () => await Promise.reject(new Error('no disk')),
		);
		await expect(failing).rejects.toThrow('no disk');
		expect(await readdir(folder)).toEqual([]);
	});

	it('has what two want at a time installed once, and what is there not at all', async () => {
		let installs = 0;
		const install = async () => {
			await wait(50);
			installs++;
		};
		const wanted = { folder, name: 'Something 1.0', isReady: () => installs > 0, install };
		const reports: string[] = [];
		const first = installOnce(wanted, () => undefined);
		await wait(20);
		await Promise.all([first, installOnce(wanted, (line) => reports.push(line))]);
		await installOnce(wanted, (line) => reports.push(line));
		expect(installs).toBe(1);
		expect(reports).toEqual([`Process ${process.pid} is installing Something 1.0: waiting for it …`]);
	});
});

it('points the Keap nodes of a workflow, and no others, at a credential', () => {
	const { nodes } = withCredential(workflow([manualTrigger(), keapNode('Get', {})]), { id: '7', name: 'Mine' });
	expect(nodes.map(({ credentials }) => credentials)).toEqual([undefined, { keapApi: { id: '7', name: 'Mine' } }]);
});

it('names the versions it knows when asked for another', () => {
	expect(() => n8nVersion('0.1.0')).toThrow(DEFAULT_VERSION);
});
