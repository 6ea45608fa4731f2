/** A small tree of files that breaks one rule, and the lines by which it must be reported. */
interface Violation {
	readonly what: string;
	/** Text by path. All violations are written into one tree, and so their paths differ. */
	readonly files: Readonly<Record<string, string>>;
	readonly breaches: readonly string[];
}

const source = (body: string): string => `${body}\n`;

/** Libraries that the violations import, empty. */
export const LIBRARIES = ['n8n-workflow', 'undici', 'bottleneck', '@redis/client', 'colours'];

export const VIOLATIONS: readonly Violation[] = [
	{
		what: 'a room that imports a higher one',
		files: {
			'nodes/shared/runtime/low.ts': source("export { high } from '../transport/high';"),
			'nodes/shared/transport/high.ts': source('export const high = 1;'),
		},
		breaches: ['no-import-upwards: nodes/shared/runtime/low.ts -> nodes/shared/transport/high.ts'],
	},
	{
		what: 'a part of a room that imports the whole, for a type alone',
		files: {
			'nodes/shared/throttle/local/part.ts': source("import type { Whole } from '../whole';\nexport type Part = Whole;"),
			'nodes/shared/throttle/whole.ts': source('export type Whole = 1;'),
		},
		breaches: ['no-import-upwards: nodes/shared/throttle/local/part.ts -> nodes/shared/throttle/whole.ts'],
	},
	{
		what: 'a shared file that knows a node',
		files: {
			'nodes/shared/records/shared.ts': source("export { own } from '../../Alpha/own';"),
			'nodes/Alpha/own.ts': source('export const own = 1;'),
		},
		breaches: ['no-import-upwards: nodes/shared/records/shared.ts -> nodes/Alpha/own.ts'],
	},
	{
		what: 'a shared folder that the order of rooms does not know',
		files: { 'nodes/shared/elsewhere/lost.ts': source('export const lost = 1;') },
		breaches: ['no-file-without-room: nodes/shared/elsewhere/lost.ts'],
	},
	{
		what: 'two files that import each other',
		files: {
			'nodes/shared/catalogue/calls/one.ts': source("import { two } from './two';\nexport const one = () => two;"),
			'nodes/shared/catalogue/calls/two.ts': source("import { one } from './one';\nexport const two = () => one;"),
		},
		breaches: ['no-file-cycle: nodes/shared/catalogue/calls/one.ts -> nodes/shared/catalogue/calls/two.ts'],
	},
	{
		what: 'two folders that import each other',
		files: {
			'nodes/Beta/left/a.ts': source("export { b } from '../right/b';"),
			'nodes/Beta/right/b.ts': source('export const b = 1;'),
			'nodes/Beta/right/c.ts': source("export { d } from '../left/d';"),
			'nodes/Beta/left/d.ts': source('export const d = 1;'),
		},
		breaches: [
			'no-room-cycle: nodes/Beta/left -> nodes/Beta/right',
			'no-room-cycle: nodes/Beta/right -> nodes/Beta/left',
			'no-folder-cycle: nodes/Beta/left -> nodes/Beta/right',
			'no-folder-cycle: nodes/Beta/right -> nodes/Beta/left',
		],
	},
	{
		what: 'a folder and its subfolder that import each other',
		files: {
			'nodes/Gamma/resources/index.ts': source("export { contact } from './contact/contact';"),
			'nodes/Gamma/resources/common.ts': source('export const common = 1;'),
			'nodes/Gamma/resources/contact/contact.ts': source("import { common } from '../common';\nexport const contact = common;"),
		},
		breaches: [
			'no-folder-cycle: nodes/Gamma/resources -> nodes/Gamma/resources/contact',
			'no-folder-cycle: nodes/Gamma/resources/contact -> nodes/Gamma/resources',
		],
	},
	{
		what: "a node that imports from another node's folder",
		files: {
			'nodes/Delta/borrow.ts': source("export { lent } from '../Epsilon/resources/lent';"),
			'nodes/Epsilon/resources/lent.ts': source('export const lent = 1;'),
		},
		breaches: ['no-node-in-another: nodes/Delta/borrow.ts -> nodes/Epsilon/resources/lent.ts'],
	},
	{
		what: 'a second importer of a bundled library',
		files: {
			'nodes/shared/polling/second.ts': source("export { request } from 'undici';"),
			'nodes/shared/throttle/local/second.ts': source("import Bottleneck from 'bottleneck';\nexport const queue = new Bottleneck();"),
			'nodes/shared/credential/second.ts': source("export const load = async () => await import('@redis/client');"),
		},
		breaches: [
			'one-importer-of-a-library: nodes/shared/polling/second.ts -> node_modules/undici/index.js',
			'one-importer-of-a-library: nodes/shared/throttle/local/second.ts -> node_modules/bottleneck/index.js',
			'one-importer-of-a-library: nodes/shared/credential/second.ts -> node_modules/@redis/client/index.js',
		],
	},
	{
		what: 'a library that is not bundled',
		files: { 'nodes/shared/catalogue/colours.ts': source("export { red } from 'colours';") },
		breaches: ['no-other-library: nodes/shared/catalogue/colours.ts -> node_modules/colours/index.js'],
	},
	{
		what: 'an import that leads nowhere',
		files: { 'nodes/shared/catalogue/nowhere.ts': source("export { gone } from './gone';") },
		breaches: ['nothing-unresolved: nodes/shared/catalogue/nowhere.ts -> ./gone'],
	},
	{
		what: "Node's own network, files and processes, also by require",
		files: {
			'nodes/shared/locators/network.ts': source("export { request } from 'node:https';"),
			'nodes/shared/locators/socket.ts': source("export const net = require('net');"),
			'nodes/shared/locators/process.ts': source("export const load = async () => await import('node:child_process');"),
			'nodes/shared/locators/files.ts': source("export { readFileSync } from 'fs';"),
		},
		breaches: [
			'no-network-of-node: nodes/shared/locators/network.ts -> https',
			'no-network-of-node: nodes/shared/locators/socket.ts -> net',
			'no-network-of-node: nodes/shared/locators/process.ts -> child_process',
			'no-network-of-node: nodes/shared/locators/files.ts -> fs',
		],
	},
	{
		what: 'a credential that knows more than credentials',
		files: {
			'credentials/Curious.credentials.ts': source("export { sender } from '../nodes/shared/transport/sender';"),
			'nodes/shared/transport/sender.ts': source('export const sender = 1;'),
		},
		breaches: ['credentials-know-credentials: credentials/Curious.credentials.ts -> nodes/shared/transport/sender.ts'],
	},
	{
		what: 'a node that loads a credential by itself',
		files: {
			'credentials/Loaded.credentials.ts': source('export const loaded = 1;'),
			'nodes/Zeta/loads.ts': source("export { loaded } from '../../credentials/Loaded.credentials';"),
		},
		breaches: ['credentials-are-loaded-by-n8n: nodes/Zeta/loads.ts -> credentials/Loaded.credentials.ts'],
	},
	{
		what: 'names that loaders look for',
		files: {
			'nodes/shared/hooks/hook.node.ts': source('export const hook = 1;'),
			'nodes/shared/hooks/key.credentials.ts': source('export const key = 1;'),
			'nodes/Zeta/resources/inner/inner.node.ts': source('export const inner = 1;'),
			'nodes/Zeta/test.ts': source('export const test = 1;'),
			'nodes/Zeta/Zeta.node.ts': source('export const fine = 1;'),
		},
		breaches: [
			'no-misleading-name: nodes/shared/hooks/hook.node.ts',
			'no-misleading-name: nodes/shared/hooks/key.credentials.ts',
			'no-misleading-name: nodes/Zeta/resources/inner/inner.node.ts',
			'no-misleading-name: nodes/Zeta/test.ts',
		],
	},
	{
		what: 'a folder with more files than a reader takes in',
		files: Object.fromEntries(
			Array.from({ length: 13 }, (_unused, index) => [`nodes/Eta/rows/row${index}.ts`, source(`export const row${index} = ${index};`)]),
		),
		breaches: ['no-crowded-folder: nodes/Eta/rows'],
	},
	{
		what: "n8n's helpers that send, in every way of naming them",
		files: {
			'nodes/Theta/helpers.ts': source(
				[
					"import type { IExecuteFunctions } from 'n8n-workflow';",
					"export const one = (context: IExecuteFunctions) => context.helpers.httpRequest({ url: 'x' });",
					'export async function two(this: IExecuteFunctions) {',
					'\tconst { httpRequestWithAuthentication: send } = this.helpers;',
					"\treturn [send, this.helpers['requestOAuth2'], this.helpers.request];",
					'}',
					'// helpers.httpRequest in a comment is nobody, and so is a request of ours:',
					'export const three = { request: 1 }.request;',
				].join('\n'),
			),
		},
		breaches: [
			'no-other-way-out: nodes/Theta/helpers.ts:2 httpRequest',
			'no-other-way-out: nodes/Theta/helpers.ts:4 httpRequestWithAuthentication',
			'no-other-way-out: nodes/Theta/helpers.ts:5 requestOAuth2',
			'no-other-way-out: nodes/Theta/helpers.ts:5 request',
		],
	},
	{
		what: 'what the runtime offers to everybody',
		files: {
			'nodes/Theta/globals.ts': source(
				[
					"export const one = async () => await fetch('https://x.example');",
					"export const two = () => new WebSocket('wss://x.example');",
					"export const three = () => globalThis.fetch('x');",
					"export const four = () => globalThis['fetch']('x');",
					'const { fetch: five } = globalThis;',
					"export const six = () => eval('five');",
					'export const ours = { fetch: five }.fetch;',
				].join('\n'),
			),
		},
		breaches: [
			'no-other-way-out: nodes/Theta/globals.ts:1 fetch',
			'no-other-way-out: nodes/Theta/globals.ts:2 WebSocket',
			'no-other-way-out: nodes/Theta/globals.ts:3 fetch',
			'no-other-way-out: nodes/Theta/globals.ts:4 fetch',
			'no-other-way-out: nodes/Theta/globals.ts:5 fetch',
			'no-other-way-out: nodes/Theta/globals.ts:6 eval',
		],
	},
	{
		what: 'a module that no reading of imports sees',
		files: {
			'nodes/Theta/doors.ts': source(
				[
					"const name = ['ht', 'tps'].join('');",
					'export const one = async () => await import(name);',
					'export const two = () => require(name);',
					"export const three = () => process.getBuiltinModule('https');",
				].join('\n'),
			),
		},
		breaches: [
			'no-other-way-out: nodes/Theta/doors.ts:2 a module whose name is computed',
			'no-other-way-out: nodes/Theta/doors.ts:3 a module whose name is computed',
			'no-other-way-out: nodes/Theta/doors.ts:4 getBuiltinModule',
		],
	},
	{
		what: "a description by which n8n's core would send itself",
		files: {
			'nodes/Theta/declarative.ts': source(
				[
					"export const description = { requestDefaults: { baseURL: 'https://x.example' } };",
					"export const property = { routing: { request: { method: 'GET' } } };",
				].join('\n'),
			),
		},
		breaches: ['no-other-way-out: nodes/Theta/declarative.ts:1 requestDefaults', 'no-other-way-out: nodes/Theta/declarative.ts:2 routing'],
	},
];
