'use strict';

/**
 * Loaded into n8n before anything else: calls to services that the bench stands in for go to loopback. Their nodes have the address
 * built in. STAND_INS holds the port by host, as JSON.
 */
const http = require('node:http');
const https = require('node:https');

const ports = JSON.parse(process.env.STAND_INS ?? '{}');
const { request } = https;

https.request = function (...given) {
	const [first, ...rest] = given;
	const address = typeof first === 'string' || first instanceof URL ? new URL(first) : undefined;
	const options = { ...(address && { hostname: address.hostname, path: address.pathname + address.search }) };
	const own = rest.find((one) => typeof one === 'object') ?? (address ? {} : first);
	const host = own.hostname ?? own.host ?? options.hostname;
	const port = ports[String(host).replace(/:\d+$/, '')];
	if (port === undefined) return request.apply(this, given);
	const answer = given.find((one) => typeof one === 'function');
	return http.request(
		{ ...options, ...own, protocol: 'http:', hostname: '127.0.0.1', host: '127.0.0.1', port, agent: undefined, agents: undefined },
		answer,
	);
};
