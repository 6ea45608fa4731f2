import { linkPackage } from '../../scripts/n8n/links';
import { DEFAULT_VERSION } from '../../scripts/n8n/versions';
import { describeHookChecks } from './hookChecks';
import { describePollChecks } from './pollChecks';
import { Stage } from './stage';

describe(`the triggers in n8n ${DEFAULT_VERSION}`, () => {
	let stage: Stage;
	beforeAll(async () => {
		stage = await Stage.open(DEFAULT_VERSION, linkPackage);
	});
	afterAll(async () => await stage?.close());

	describeHookChecks(() => stage);
	describePollChecks(() => stage);
});
