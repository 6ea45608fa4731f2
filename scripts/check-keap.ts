import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assumptionsPage } from './check-keap/docs';
import { Keap } from './check-keap/keap';
import { reportOf } from './check-keap/report';
import { readingResults, writingResults } from './check-keap/run';

const HELP = `Asks a real Keap account whether it behaves as this package believes.

  KEAP_API_KEY=<key> npm run check-keap -- [options]

  --write   also make marked records (a contact, tags, a file, a hook), check with them, and remove them
  --docs    write docs/assumptions.md, ask nothing
  --help    this text

KEAP_BASE_URL takes another address than Keap's own. The table that is printed holds no key and nothing of a record.
`;

const WRITING = `--write: this makes in the account, and removes at the end, records that have "n8n-nodes-keap check" in their names:
one contact (address …@example.com, opted in on the way), two tags, a text file, a REST hook for contact.add to example.com,
and a note, should Keap take one without a user. No email is sent. Automations that start with a new contact or hook will see it.
`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
	const { values } = parseArgs({ options: { write: { type: 'boolean' }, docs: { type: 'boolean' }, help: { type: 'boolean' } } });
	if (values.help) {
		say(HELP);
		return 0;
	}
	if (values.docs) {
		writeFileSync(join(__dirname, '../docs/assumptions.md'), assumptionsPage());
		return 0;
	}
	const { KEAP_API_KEY: apiKey = '', KEAP_BASE_URL: baseUrl } = process.env;
	if (apiKey === '') {
		say(`KEAP_API_KEY is not set.\n\n${HELP}`);
		return 1;
	}
	const keap = new Keap({ apiKey, ...(baseUrl && { baseUrl }) });
	if (values.write) say(WRITING);
	const results = await readingResults(keap);
	if (values.write) {
		const writing = await writingResults(keap);
		results.push(...writing.results);
		if (writing.left.length > 0) say(`These could not be removed; please do it in Keap:\n${writing.left.join('\n')}\n`);
	}
	say(reportOf(results, apiKey));
	say(`\n${keap.calls} calls. What each check means: docs/assumptions.md`);
	return results.some(({ verdict }) => verdict === 'different') ? 2 : 0;
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	},
);
