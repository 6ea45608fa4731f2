'use strict';

/** Tests run from source; those in test/workflows run the built package (`npm test` builds first) in the n8n engine. */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	// Heavy, and run by `.ci/run` with configurations of their own: the full n8n server with a browser, and a real Redis.
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/n8n/', '<rootDir>/test/redis/'],
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	modulePathIgnorePatterns: ['<rootDir>/.tmp/', '<rootDir>/.n8n-home/'],
	// n8n-core takes over a second to load: a generous limit on a busy machine, never a measurement.
	testTimeout: 60_000,
	// Jest leaves a core free for the person at the machine; most of these tests wait for answers, so it can be used.
	maxWorkers: '100%',
};
