// n8n's own rules for packages without n8n Cloud support, unchanged.
import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';

export default configWithoutCloudSupport;
