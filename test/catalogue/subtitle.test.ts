import { nodes } from '../../nodes';
import { loadLibraries, PROJECT_ROOT } from '../support/engine-libraries';

/** On the canvas people read what they chose in the lists, not the value that n8n stores for it. */
describe.each(nodes.flatMap((node) => (node.resources === undefined ? [] : [{ ...node, resources: node.resources }])))(
	'the subtitle of $name',
	({ type, resources }) => {
		const { subtitle, name } = new type().description;
		const { Workflow } = loadLibraries(PROJECT_ROOT).workflow;

		/** As the editor works it out: from the node's parameters. */
		function shown(resource: string, operation: string): unknown {
			const node = {
				id: '1',
				name: 'Keap',
				typeVersion: 1,
				type: name,
				position: [0, 0] as [number, number],
				parameters: { resource, operation },
			};
			const nodeTypes = { getByName: () => new type(), getByNameAndVersion: () => new type(), getKnownTypes: () => ({}) };
			const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
			return workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {});
		}

		it.each(resources.map(({ name: label, value, operations }) => ({ label, value, operations })))(
			'$label',
			({ label, value, operations }) => {
				expect(operations.map((row) => shown(value, row.value))).toEqual(operations.map((row) => `${row.name}: ${label}`));
			},
		);
	},
);
