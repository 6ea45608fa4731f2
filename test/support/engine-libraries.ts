import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** The project's own folder, which is also the package folder that n8n loads. */
export const PROJECT_ROOT = resolve(__dirname, '../..');

/** The two n8n libraries of one installation; they must come from the same one. */
export interface EngineLibraries {
	core: typeof import('n8n-core');
	workflow: typeof import('n8n-workflow');
}

/**
 * Loads n8n-core and n8n-workflow as seen from `root`.
 * n8n-core reads its environment at the first load, hence no plain import: the settings below come first.
 */
export function loadLibraries(root: string): EngineLibraries {
	quietEnvironment();
	const require = createRequire(join(root, 'package.json'));
	// n8n-core's services are decorated classes: the metadata library must be there before them.
	createRequire(require.resolve('n8n-core'))('reflect-metadata');
	const core = require('n8n-core') as EngineLibraries['core'];
	const workflow = require('n8n-workflow') as EngineLibraries['workflow'];
	giveExpressionsTheirTime(workflow);
	return { core, workflow };
}

/**
 * n8n gives each regular expression of a form 250 ms of the clock. On a busy machine the process may not get that much of it, and a
 * workflow would fail by chance. n8n's own expressions are not what is tested here.
 */
function giveExpressionsTheirTime(workflow: EngineLibraries['workflow']): void {
	workflow.setSafeRegexEngine({
		exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
		test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
		replace: (pattern, input, flags, replacement) => input.replace(new RegExp(pattern, flags), replacement),
		matchAll: (pattern, input, flags = '') => [...input.matchAll(new RegExp(pattern, flags.includes('g') ? flags : `${flags}g`))],
		split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
	});
}

/** n8n-core writes a settings file into its user folder: never the user's own ~/.n8n. One folder a jest worker. */
function quietEnvironment(): void {
	const folder = join(PROJECT_ROOT, '.tmp', 'engine', process.env.JEST_WORKER_ID ?? 'main');
	process.env.N8N_USER_FOLDER ??= folder;
	process.env.N8N_ENCRYPTION_KEY ??= 'in-process-engine';
	// Node errors are in the result; n8n-core would print them a second time.
	process.env.N8N_LOG_LEVEL ??= 'silent';
	mkdirSync(process.env.N8N_USER_FOLDER, { recursive: true });
}
