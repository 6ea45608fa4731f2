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
	// Ends what hangs, and measures nothing: on a busy machine n8n-core alone takes many seconds to load.
	testTimeout: 240_000,
	// Jest leaves a core free for the person at the machine; most of these tests wait for answers, so it can be used.
	maxWorkers: '100%',
};
