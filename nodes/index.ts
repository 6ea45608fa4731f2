import type { INodeType } from 'n8n-workflow';

import { Keap } from './Keap/Keap.node';
import { resources as keap } from './Keap/resources';
import { KeapAdmin } from './KeapAdmin/KeapAdmin.node';
import { resources as keapAdmin } from './KeapAdmin/resources';
import { KeapCommerce } from './KeapCommerce/KeapCommerce.node';
import { resources as keapCommerce } from './KeapCommerce/resources';
import { KeapMarketing } from './KeapMarketing/KeapMarketing.node';
import { resources as keapMarketing } from './KeapMarketing/resources';
import { KeapPollingTrigger } from './KeapPollingTrigger/KeapPollingTrigger.node';
import { KeapProducts } from './KeapProducts/KeapProducts.node';
import { resources as keapProducts } from './KeapProducts/resources';
import { KeapSales } from './KeapSales/KeapSales.node';
import { resources as keapSales } from './KeapSales/resources';
import { KeapTrigger } from './KeapTrigger/KeapTrigger.node';
import type { Resource } from './shared/catalogue/operation/types';

/** A node of the package. Its class and its folder have one name; n8n finds it at `dist/nodes/<name>/<name>.node.js`. */
export interface PackageNode {
	readonly name: string;
	readonly type: new () => INodeType;
	/** The rows that its parameters are made of; a trigger has none. */
	readonly resources?: readonly Resource[];
}

/**
 * Every node of the package, by name. The package's main, the check of package.json, the tables of operations and the tests of
 * the catalogue come from this list: a new node is one line here, and one in package.json, which n8n reads as it is.
 */
export const nodes: readonly PackageNode[] = [
	{ name: 'Keap', type: Keap, resources: keap },
	{ name: 'KeapAdmin', type: KeapAdmin, resources: keapAdmin },
	{ name: 'KeapCommerce', type: KeapCommerce, resources: keapCommerce },
	{ name: 'KeapMarketing', type: KeapMarketing, resources: keapMarketing },
	{ name: 'KeapPollingTrigger', type: KeapPollingTrigger },
	{ name: 'KeapProducts', type: KeapProducts, resources: keapProducts },
	{ name: 'KeapSales', type: KeapSales, resources: keapSales },
	{ name: 'KeapTrigger', type: KeapTrigger },
];
