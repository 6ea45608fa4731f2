'use strict';

// The package's main, for those who load the classes themselves; n8n reads the paths in package.json.
const { KeapApi } = require('./dist/credentials/KeapApi.credentials.js');
const { Keap } = require('./dist/nodes/Keap/Keap.node.js');
const { KeapAdmin } = require('./dist/nodes/KeapAdmin/KeapAdmin.node.js');
const { KeapMarketing } = require('./dist/nodes/KeapMarketing/KeapMarketing.node.js');
const { KeapPollingTrigger } = require('./dist/nodes/KeapPollingTrigger/KeapPollingTrigger.node.js');
const { KeapTrigger } = require('./dist/nodes/KeapTrigger/KeapTrigger.node.js');

module.exports = { KeapApi, Keap, KeapAdmin, KeapMarketing, KeapPollingTrigger, KeapTrigger };
