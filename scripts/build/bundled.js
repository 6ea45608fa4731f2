'use strict';

/**
 * What is drawn into our own code, and the one file that imports it. n8n forbids runtime dependencies to community packages.
 * `gulp build` bundles by this list, and test/architecture.test.ts holds that no other file imports them.
 */
module.exports = {
	undici: 'nodes/shared/transport/http/dispatchers.ts',
	bottleneck: 'nodes/shared/throttle/queue.ts',
	'@redis/client': 'nodes/shared/throttle/redis/connection/client.ts',
};
