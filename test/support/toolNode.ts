import { join } from 'node:path';
import { PROJECT_ROOT } from './engine-libraries';

/** A node of ours as n8n turns it into a tool: the same class with a tool's output. */
export const toolOf = (node: string): string => `
const { ${node} } = require(${JSON.stringify(join(PROJECT_ROOT, `dist/nodes/${node}/${node}.node.js`))});
exports.${node}Tool = class extends ${node} {
	constructor() {
		super();
		this.description = { ...this.description, name: ${JSON.stringify(typeOf(node))}, icon: undefined, inputs: [], outputs: ['ai_tool'] };
	}
};`;

/** The name of that class for n8n: `keapTool`. */
export const typeOf = (node: string): string => `${node.charAt(0).toLowerCase()}${node.slice(1)}Tool`;
