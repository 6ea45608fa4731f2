import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { examplesList } from './readme/examplesList';
import { nodesTable } from './readme/nodesTable';
import { operationsPage } from './readme/operationsPage';
import { sizesTable } from './readme/sizesTable';

const root = join(__dirname, '..');

/** The text with what stands between two marks replaced. @throws Error when the page lacks the marks */
function between(text: string, name: string, table: string): string {
	const [start, end] = [`<!-- ${name}: made by \`npm run readme\` -->`, `<!-- end of ${name} -->`];
	const before = text.indexOf(start);
	const after = text.indexOf(end);
	if (before < 0 || after < before) throw new Error(`The page lacks the marks "${start}" and "${end}"`);
	return `${text.slice(0, before + start.length)}\n\n${table}\n\n${text.slice(after)}`;
}

const change = (page: string, edit: (text: string) => string): void => {
	const file = join(root, page);
	writeFileSync(file, edit(readFileSync(file, 'utf8')));
};

/** `npm run readme` writes what the catalogue and the examples say into the documentation; a test holds them together. */
change('README.md', (text) => between(text, 'nodes', nodesTable()));
change('docs/examples.md', (text) => between(text, 'examples', examplesList()));
change('docs/architecture.md', (text) => between(text, 'sizes', sizesTable()));
writeFileSync(join(root, 'docs/operations.md'), operationsPage());
