import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { WorkflowJson } from '../support/engine';
import { keapForEachTest } from './helpers';

const example = () => JSON.parse(readFileSync(join(__dirname, '../../examples/nightly-order-report.json'), 'utf8')) as WorkflowJson;

describe('examples/nightly-order-report.json', () => {
	const keap = keapForEachTest({ withBaseNodes: true });

	it('sends a report of the orders since the last night', async () => {
		const posted: string[] = [];
		const chat = createServer((request, response) => {
			request.on('data', (part: Buffer) => posted.push(part.toString()));
			request.on('end', () => response.end('ok'));
		});
		await new Promise<void>((resolve) => chat.listen(0, '127.0.0.1', resolve));
		try {
			const json = example();
			for (const node of json.nodes)
				if (node.name === 'Send report') node.parameters.url = `http://127.0.0.1:${(chat.address() as AddressInfo).port}/`;
			const store = (name: string) => keap().sandbox.state.collection(`/crm/rest/v2/${name}`);
			const times = { create_time: '2026-01-01T00:00:00Z', update_time: '2026-01-01T00:00:00Z' };
			const add = (total: number, due: number) => {
				const order = store('orders').add({ contact_id: '1', order_title: 'Bread', ...times });
				store('orderItems').add({ order_id: order.id, item_type: 'OTHER', name: 'Bread', quantity: 1, price_per_unit: total });
				if (due < total) store('sales/payments').add({ order_id: order.id, amount: total - due, payment_time: times.create_time });
				return order;
			};
			add(9_900, 0);
			const evening = await keap().engine.poll(json);
			expect(evening.items).toBeNull();
			add(1_250, 0);
			const open = add(4_000, 1_500).id;
			const night = await keap().engine.poll({ ...json, staticData: evening.staticData });
			expect(night.items).toHaveLength(2);
			const result = await keap().engine.run(json, { startNode: 'New orders', items: night.items ?? [], mode: 'trigger' });
			expect(result.status).toBe('success');
			expect(posted.map((text) => JSON.parse(text) as unknown)).toEqual([
				{ text: `2 new orders, 52.50 USD\nNot paid yet: order ${open} of Ada Adams, $15.00` },
			]);
		} finally {
			chat.closeAllConnections();
			await new Promise<void>((resolve) => chat.close(() => resolve()));
		}
	});
});
