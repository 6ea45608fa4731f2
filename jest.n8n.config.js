'use strict';

const base = require('./jest.config.js');

/** The full n8n server and the editor in a browser: minutes, one after the other; `.ci/run` runs them. Needs a build. */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/n8n/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	maxWorkers: 1,
};
