'use strict';

// The package's main, for those who load the classes themselves; n8n reads the paths in package.json.
const { KeapApi } = require('./dist/credentials/KeapApi.credentials.js');
const { nodes } = require('./dist/nodes');

module.exports = { KeapApi, ...Object.fromEntries(nodes.map(({ name, type }) => [name, type])) };
