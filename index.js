'use strict';

// The package's main, for those who load the classes themselves; n8n reads the paths in package.json.
const { KeapApi } = require('./dist/credentials/KeapApi.credentials.js');
const { Keap } = require('./dist/nodes/Keap/Keap.node.js');

module.exports = { KeapApi, Keap };
