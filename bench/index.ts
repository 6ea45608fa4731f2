import { parseArgs } from 'node:util';
import { measureJobs } from './agent/measure';
import { jobsTable, writeJobs } from './agent/table';
import { crowdTable } from './crowd';
import { measureOwnCost, ownCostTable } from './ownCost';
import { measurePeers, peersTable } from './peers';
import { drawPicture } from './picture';
import { writeIntoOperating, writeSection } from './report';
import { sharedTable } from './shared';
import { simulatedTable } from './simulated';
import { startTable } from './start';
import { WAYS } from './ways';

const HELP = `npm run bench [-- <part>…] [--quick] [--dry] [--only <words>]

Parts (all unless named):
  simulated  one process against every reading of the limits, in virtual time: half a minute
  start      what n8n's start takes longer for the package: two minutes
  cost       what the helper itself costs a call: two minutes
  peers      this package beside what one would otherwise use: half an hour
  crowd      many processes and one Redis, in virtual time: two minutes; needs redis-server
  redis      several processes and one Redis, and other engines beside them: 22 minutes; needs redis-server;
             installs the engines into your cache folder, once
  agent      ten jobs by n8n's AI Agent and an MCP client: three minutes; installs a full n8n into your cache folder, once

  --quick    less work: some minutes in all
  --dry      prints, and leaves bench/results.md and the picture as they are
  --only     of redis, the cases that have these words in their name; no other part, and nothing is written

Needs a build (npm run bench makes one).
`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const PARTS = ['simulated', 'start', 'cost', 'peers', 'crowd', 'redis', 'agent'] as const;
type Part = (typeof PARTS)[number];

async function main(): Promise<void> {
	const options = {
		quick: { type: 'boolean', default: false },
		dry: { type: 'boolean', default: false },
		only: { type: 'string' },
		help: { type: 'boolean', default: false },
	} as const;
	const { values, positionals } = parseArgs({ options, allowPositionals: true });
	const unknown = positionals.find((part) => !(PARTS as readonly string[]).includes(part));
	if (values.help || unknown !== undefined) {
		say(unknown === undefined ? HELP : `There is no part "${unknown}".\n\n${HELP}`);
		process.exitCode = unknown === undefined ? 0 : 1;
		return;
	}
	const { quick, only } = values;
	const dry = values.dry || only !== undefined;
	const wanted = (part: Part) => (only === undefined ? positionals.length === 0 || positionals.includes(part) : part === 'redis');
	const show = (part: Part, title: string, text: string) => {
		say(`\n${title}\n\n${text}\n`);
		if (!dry) writeSection(title, `npm run bench -- ${part}${quick ? ' --quick' : ''}`, text);
	};

	if (wanted('start')) {
		const text = await startTable(quick, say);
		say(`\n${text}\n`);
		if (!dry) writeIntoOperating(`npm run bench -- start${quick ? ' --quick' : ''}`, text);
	}
	if (wanted('cost')) show('cost', 'What the helper itself costs', ownCostTable(await measureOwnCost(quick)));
	if (wanted('agent')) {
		const text = jobsTable(await measureJobs(say));
		say(`\nTen jobs of an agent\n\n${text}\n`);
		if (!dry) writeJobs(text);
	}
	if (wanted('peers')) {
		const outcomes = await measurePeers(quick, say);
		show('peers', 'Beside what one would otherwise use', peersTable(outcomes));
		const line = (way: string, colour: string) => {
			const { times = [], finished = 0, work } = outcomes.find((outcome) => outcome.way === way && outcome.work.name === 'create') ?? {};
			return { name: `${WAYS[way]?.title}: ${(work?.size ?? 0) - finished} lost`, colour, times };
		};
		const lines = [line('ours', '#1a7f37'), line('bottleneck', '#8e44ad')];
		if (!dry)
			drawPicture(
				lines,
				`${lines[0]?.times.length} contacts created: calls let through, against the limits of 120 a minute and 5 a second`,
			);
	}
	// Both belong together: what depends on the product alone in virtual time, the rest in real time.
	if (wanted('crowd') || (wanted('redis') && only === undefined)) {
		show('crowd', 'Many processes and one Redis, in virtual time', await crowdTable(say));
	}
	if (wanted('redis')) show('redis', 'Several processes and one Redis', await sharedTable(quick, say, only));
	// Last: it puts another clock into this process.
	if (wanted('simulated')) show('simulated', 'One process, in virtual time', await simulatedTable());
}

void main().then(
	() => process.exit(),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
		process.exit(1);
	},
);
