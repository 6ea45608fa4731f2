import { createInterface } from 'node:readline/promises';

import { startSandbox } from '../test/sandbox';
import { createEngine } from '../test/support/engine';
import { importExample } from './demo/importExample';
import { leastSeconds, quotaSeen, showProgress, watchTraffic } from './demo/progress';

const PEOPLE = 150;
const KEAP = 'https://api.infusionsoft.com';

const say = (line = ''): void => void process.stdout.write(`${line}\n`);

/** Where the demo runs: the sandbox, or with KEAP_API_KEY real Keap. */
interface Place {
	readonly name: string;
	readonly origin: string;
	readonly credential: Record<string, string | boolean>;
	readonly tagId: string;
	close(): Promise<void>;
}

async function chooseSandbox(): Promise<Place> {
	const sandbox = await startSandbox();
	return {
		name: `the sandbox at ${sandbox.url} (a stand-in for Keap, stricter than the real one)`,
		origin: sandbox.url,
		credential: { apiKey: 'sandbox-key', advancedSettings: true, baseUrl: sandbox.url },
		tagId: '501',
		close: async () => await sandbox.close(),
	};
}

/** Nothing is sent to a real account before a person has said yes. */
async function chooseKeap(apiKey: string): Promise<Place | undefined> {
	say(`KEAP_API_KEY is set: the demo would run against real Keap (${KEAP}).`);
	say(`It would create or update ${PEOPLE} made-up contacts (…@example.com) in that account, and give them a tag.`);
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	try {
		const answer = await terminal.question('Type "yes" to go on, anything else to stop: ');
		if (answer.trim().toLowerCase() !== 'yes') return undefined;
		const tagId = await terminal.question('ID of the tag to apply (its number in Keap): ');
		return {
			name: `Keap (${KEAP})`,
			origin: KEAP,
			credential: { apiKey, advancedSettings: true, baseUrl: KEAP },
			tagId: tagId.trim(),
			close: async () => {},
		};
	} finally {
		terminal.close();
	}
}

async function main(): Promise<number> {
	const key = process.env.KEAP_API_KEY ?? '';
	const place = key === '' ? await chooseSandbox() : await chooseKeap(key);
	if (place === undefined) {
		say('Stopped. Nothing was sent.');
		return 1;
	}
	say(`n8n's engine runs examples/import-contacts.json against ${place.name}.`);
	say(`${PEOPLE} people from a CSV file become contacts with custom fields, then all of them get one tag.`);
	say('Keap allows 5 calls a second and 120 a minute, so this takes a little over a minute.\n');
	const traffic = watchTraffic(place.origin);
	try {
		const engine = await createEngine({ credentials: { cred1: { type: 'keapApi', data: place.credential } } });
		const started = performance.now();
		const stop = showProgress(() => {
			const quota = quotaSeen();
			return `${traffic.contacts} of ${PEOPLE} contacts | ${traffic.calls} calls spent | left: ${quota?.minute.available ?? '?'} this minute, ${quota?.day.available ?? '?'} today`;
		});
		const result = await engine.run(importExample(place.tagId), {
			onNodeDone: (node) => process.env.DEMO_VERBOSE && say(`\n${node} done`),
		});
		const seconds = (performance.now() - started) / 1000;
		stop();
		if (result.error) {
			say(`\nThe workflow failed: ${result.error.message}`);
			if (result.error.description) say(result.error.description);
			return 1;
		}
		const tagged = result.items('Tag Them').length;
		say('\nSummary');
		say(`  items    ${result.items('Rows').length} rows, ${result.items('Create or Update Contacts').length} contacts, ${tagged} tagged`);
		say(`  calls    ${traffic.calls}`);
		say(`  429s     ${traffic.throttled}`);
		say(`  time     ${seconds.toFixed(1)} s`);
		say(`  least    ${leastSeconds(traffic.calls).toFixed(1)} s, which is what the quota allows for ${traffic.calls} calls`);
		return tagged === PEOPLE && traffic.throttled === 0 ? 0 : 1;
	} finally {
		traffic.stop();
		await place.close();
	}
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		process.stderr.write(`The demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	},
);
