'use strict';

const base = require('./jest.config.js');

/** The quota shared through a real Redis, with processes of their own: minutes in real time; `.ci/run` runs them. Needs redis-server. */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/redis/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	// Spacing in milliseconds is measured: what else runs on the machine would be measured too.
	maxWorkers: 1,
};
