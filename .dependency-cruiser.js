'use strict';

const bundled = require('./scripts/build/bundled');

/**
 * Which file may import which, held by test/architecture.test.ts. To look at a breach by hand:
 * `npx depcruise nodes credentials`.
 */

/** The rooms, lowest first. A room imports what stands above it in this list, never what stands below. */
const ROOMS = [
	['nodes/shared/runtime'],
	['nodes/shared/throttle/quota'],
	['nodes/shared/throttle/local'],
	['nodes/shared/throttle/redis'],
	['nodes/shared/throttle'],
	['nodes/shared/credential'],
	['nodes/shared/transport/http'],
	['nodes/shared/transport/message'],
	['nodes/shared/transport/errors'],
	['nodes/shared/transport/tool'],
	['nodes/shared/transport'],
	['nodes/shared/catalogue/operation'],
	['nodes/shared/catalogue/places'],
	['nodes/shared/catalogue/fields'],
	['nodes/shared/catalogue/money'],
	['nodes/shared/catalogue/customFields'],
	['nodes/shared/catalogue/output'],
	['nodes/shared/catalogue/calls'],
	['nodes/shared/catalogue/batching'],
	['nodes/shared/catalogue/agent'],
	['nodes/shared/catalogue'],
	['nodes/shared/hooks', 'nodes/shared/polling'],
	['nodes/shared/locators'],
	['nodes/shared/records'],
	['nodes/shared/rows'],
	['nodes'],
];

/** Everything in a room, except what is a room of its own. */
const inside = (room) => {
	const inner = ROOMS.flat()
		.filter((other) => other.startsWith(`${room}/`))
		.map((other) => `${other.slice(room.length + 1)}/`);
	return `^${room}/${inner.length > 0 ? `(?!${inner.join('|')})` : ''}`;
};

const upwards = ROOMS.slice(0, -1).map((rooms, index) => ({
	name: 'no-import-upwards',
	comment: `${rooms.join(' and ')} know nothing of the rooms above them`,
	severity: 'error',
	from: { path: rooms.map(inside) },
	to: { path: ROOMS.slice(index + 1).flatMap((higher) => higher.map(inside)) },
}));

const soleImporters = Object.entries(bundled).map(([library, importer]) => ({
	name: 'one-importer-of-a-library',
	comment: `${library} is imported by ${importer} alone: whatever else needs it goes through there`,
	severity: 'error',
	from: { pathNot: `^${importer}$` },
	to: { path: `^node_modules/${library}/` },
}));

module.exports = {
	forbidden: [
		...upwards,
		...soleImporters,
		{
			name: 'no-file-cycle',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'no-room-cycle',
			comment: 'Folders, each with everything below it. test/architecture.test.ts compares folders without what is below them, too.',
			severity: 'error',
			scope: 'folder',
			from: {},
			to: { circular: true },
		},
		{
			name: 'no-node-in-another',
			comment: 'What two nodes need belongs to nodes/shared',
			severity: 'error',
			from: { path: '^nodes/([^/]+)/', pathNot: '^nodes/shared/' },
			to: { path: '^nodes/[^/]+/', pathNot: ['^nodes/shared/', '^nodes/$1/'] },
		},
		{
			name: 'credentials-know-credentials',
			comment: 'The credential file is the shell of nodes/shared/credential, and n8n alone loads it',
			severity: 'error',
			from: { path: '^credentials/' },
			to: {
				path: ROOMS.slice(ROOMS.findIndex(([room]) => room === 'nodes/shared/credential') + 1).flatMap((higher) => higher.map(inside)),
			},
		},
		{
			name: 'credentials-are-loaded-by-n8n',
			severity: 'error',
			from: { path: '^nodes/' },
			to: { path: '^credentials/' },
		},
		{
			name: 'no-other-library',
			comment: 'n8n forbids runtime dependencies to community packages: only what `gulp build` bundles, and n8n-workflow',
			severity: 'error',
			from: {},
			to: {
				dependencyTypesNot: ['core', 'local', 'undetermined', 'unknown'],
				path: '^node_modules/',
				pathNot: ['n8n-workflow', ...Object.keys(bundled)].map((library) => `^node_modules/${library}/`),
			},
		},
		{
			name: 'no-network-of-node',
			comment:
				'No network, files, processes or threads: Keap is reached through nodes/shared/transport/http alone, Redis through its client',
			severity: 'error',
			// n8n's own settings are in its environment, and in files that it names; that it is told to end, the process hears.
			from: { pathNot: `^(${bundled['@redis/client']}|nodes/shared/throttle/redis/(connection/n8nSettings|shutdown).ts)$` },
			to: {
				dependencyTypes: ['core'],
				pathNot: '^(async_hooks|buffer|crypto|events|path|querystring|stream|string_decoder|timers|url|util|zlib)(/|$)',
			},
		},
		{
			name: 'nothing-unresolved',
			severity: 'error',
			from: {},
			to: { couldNotResolve: true },
		},
	],
	options: {
		// Types count as well: who needs another room's types knows of it.
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		doNotFollow: { path: 'node_modules' },
	},
};
