/** A server in a process of its own that answers every request with one small contact and Keap's quota headers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const body = JSON.stringify({
	id: '1',
	given_name: 'Ada',
	family_name: 'Adams',
	email_addresses: [{ email: 'ada@people.example', field: 'EMAIL1' }],
});
const headers = {
	'content-type': 'application/json',
	'x-keap-product-throttle-limit': '999999999',
	'x-keap-product-throttle-time-unit': 'minute',
	'x-keap-product-throttle-interval': '1',
	'x-keap-product-throttle-available': '999999998',
	'x-keap-product-throttle-used': '1',
};

const server = createServer((_request, response) => void response.writeHead(200, headers).end(body));
server.keepAliveTimeout = 90_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.stdin.resume().on('close', () => process.exit(0));
