'use strict';

/** Tests run from source; those in test/workflows run the built package (`npm test` builds first) in the n8n engine. */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	// The full n8n server and the browser are heavy: `.ci/run` runs them with jest.n8n.config.js.
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/n8n/'],
	transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' }, module: { type: 'commonjs' } }] },
	modulePathIgnorePatterns: ['<rootDir>/.tmp/', '<rootDir>/.n8n-home/'],
	// n8n-core takes over a second to load: a generous limit on a busy machine, never a measurement.
	testTimeout: 60_000,
};
