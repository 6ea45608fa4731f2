import { installTarball } from '../../scripts/n8n/links';
import { PREVIOUS_VERSION } from '../../scripts/n8n/versions';
import { describeAgentChecks } from './agentChecks';
import { describeRestChecks } from './checks';
import { describeHookChecks } from './hookChecks';
import { describePollChecks } from './pollChecks';
import { Stage } from './stage';

describe(`n8n ${PREVIOUS_VERSION}, the last of its line, with the package installed from its tarball`, () => {
	let stage: Stage;
	beforeAll(async () => {
		stage = await Stage.open(PREVIOUS_VERSION, installTarball);
	});
	afterAll(async () => await stage?.close());

	describeRestChecks(() => stage);
	describeHookChecks(() => stage);
	describePollChecks(() => stage);
	describeAgentChecks(() => stage);
});
