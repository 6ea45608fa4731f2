import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installN8n } from '../../scripts/n8n/install';

/** The type of n8n's HubSpot node where a community package brings it. */
export const HUBSPOT_NODE = 'n8n-nodes-hubspot.hubspot';

/** Makes a community package of n8n's own HubSpot node: what ours is compared with comes to the editor in the same way as ours. */
export async function putHubSpot(home: string, version: string): Promise<void> {
	const { folder } = await installN8n(version);
	const itsNode = join(folder, 'node_modules/n8n-nodes-base/dist/nodes/Hubspot/Hubspot.node.js');
	const own = join(home, '.n8n/nodes/node_modules/n8n-nodes-hubspot');
	await mkdir(own, { recursive: true });
	await writeFile(join(own, 'Hubspot.node.js'), `module.exports = require(${JSON.stringify(itsNode)});\n`);
	await writeFile(
		join(own, 'package.json'),
		JSON.stringify({ name: 'n8n-nodes-hubspot', version: '1.0.0', n8n: { n8nNodesApiVersion: 1, nodes: ['Hubspot.node.js'] } }),
	);
}
