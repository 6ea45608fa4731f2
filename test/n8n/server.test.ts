import { installTarball } from '../../scripts/n8n/links';
import { DEFAULT_VERSION } from '../../scripts/n8n/versions';
import { describeRestChecks } from './checks';
import { Stage } from './stage';

describe(`n8n ${DEFAULT_VERSION} with the package installed from its tarball`, () => {
	let stage: Stage;
	beforeAll(async () => {
		stage = await Stage.open(DEFAULT_VERSION, installTarball);
	});
	afterAll(async () => await stage?.close());

	describeRestChecks(() => stage);
});
