import { GROUPS } from './assumptions';
import type { Assumption } from './types';

const INTRO = `# What is believed of Keap

No real account could be asked while this package was written. What it takes for true comes from Keap's description of its API, from answers that others have recorded, and from what Keap's staff say in public. Each thing that is not proven stands here: its source, what in the code rests on it, and what would happen if it were otherwise.

\`npm run check-keap\` asks a real account:

\`\`\`
KEAP_API_KEY=… npm run check-keap              # reads, and changes nothing
KEAP_API_KEY=… npm run check-keap -- --write   # makes marked records too, and removes them
\`\`\`

It goes through the package's own throttle, so that it stays inside the quota beside whatever else uses the key, and prints a table of *as believed*, *different* and *unknown* that holds neither the key nor anything of a record: paste it into an issue. The table is made from \`scripts/check-keap/assumptions/\`, and so is this page (\`npm run check-keap -- --docs\`).
`;

const entry = ({ id, question, believed, source, restsOn, otherwise, asked }: Assumption): string =>
	[
		`### ${id}`,
		'',
		question,
		'',
		`- **Believed**: ${believed}`,
		`- **Source**: ${source}`,
		`- **Rests on it**: ${restsOn.map((path) => `\`${path}\``).join(', ')}`,
		`- **If it were otherwise**: ${otherwise}`,
		`- **How it is asked**: ${asked}`,
		'',
	].join('\n');

/** The text of `docs/assumptions.md`. */
export const assumptionsPage = (): string =>
	[INTRO, ...GROUPS.map(({ title, assumptions }) => [`## ${title}`, '', ...assumptions.map(entry)].join('\n'))].join('\n');
